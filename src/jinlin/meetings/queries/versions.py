"""Reads of the versions of minutes: their whole text, and what changed from one to the next, line by line."""

from collections.abc import Mapping
from difflib import ndiff

from jinlin.meetings.models import Minutes

Line = tuple[str, str]
"""A line of a text with what became of it: `+` new, `-` gone, a space where it stayed."""


def text_of(minutes: Minutes, titles: Mapping[str, str]) -> str:
    """Return the whole text of a version: about the meeting, then about each item under its title (by its number)."""
    parts = [f"{titles.get(number, number)}\n{words}" for number, words in minutes.parts.items()]
    return "\n\n".join([minutes.words, *parts])


def changes(before: str, after: str) -> list[Line]:
    """Return the lines of two texts, each with what became of it."""
    lines = ndiff(before.splitlines(), after.splitlines())
    return [(line[0], line[2:]) for line in lines if line[0] in "+- "]

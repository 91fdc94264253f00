"""Reads of the forums that the work method has: their sides and their tables."""

from jinlin.meetings.models import Meeting
from jinlin.platform.errors import Invalid
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import Composition, Forum, Part
from jinlin.playbooks.wording import name_of, speaks_chinese

DEPARTMENTS = "department"
GUESTS = "guest"
OUTSIDE_SIDES = {DEPARTMENTS: ("有关部门", "Departments"), GUESTS: ("列席", "Without a vote")}
"""Where departments and guests sit: sides that every table can have, in Chinese and English as the playbook's names are."""


def forums_at(level: str = "") -> list[Forum]:
    """Return the forums of the work method, of one level if one is named."""
    return [row for row in current_playbook().forum if not level or row.level == level]


def forum_of(meeting: Meeting | str) -> Forum:
    """Return the forum of a meeting, or of that key. Raises: NotInPlaybook, which is Invalid."""
    return current_playbook().forum_named(meeting if isinstance(meeting, str) else meeting.forum)


def parts_of(forum: Forum) -> tuple[Part, ...]:
    """Return the sides of a forum's table; none for a roll. Raises: Invalid where its composition is gone."""
    return composition_of(forum).parts if forum.composition or forum.sides else ()


def composition_of(forum: Forum) -> Composition:
    """Return the table of a forum as a composition. Raises: Invalid."""
    if forum.sides:
        return Composition(key=forum.key, name=forum.name, name_en=forum.name_en, level=forum.level, parts=forum.sides)
    for row in current_playbook().composition:
        if row.key == forum.composition:
            return row
    raise Invalid(fields={"forum": forum.key})


def sides_of(forum: Forum) -> dict[str, str]:
    """Return the sides of a table by their keys, in their order, with those of departments and guests at the end."""
    outside = {key: names[0 if speaks_chinese() else 1] for key, names in OUTSIDE_SIDES.items()}
    return {part.key: name_of(part) for part in parts_of(forum)} | outside

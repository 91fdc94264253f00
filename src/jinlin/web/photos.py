"""Brings the different forms in which pages hand over photos into one."""

from collections.abc import Iterable
from typing import Any, NamedTuple


class Shown(NamedTuple):
    """A photo ready to show: its address, that of a smaller copy, and what it shows in words."""

    url: str
    thumbnail: str
    words: str


def shown(photos: Iterable[Any]) -> list[Shown]:
    """Return photos (addresses, or objects with `url`, `thumbnail` and `words`) ready to show."""
    return [_one(photo) for photo in photos]


def _one(photo: Any) -> Shown:
    if isinstance(photo, str):
        return Shown(photo, photo, "")
    return Shown(photo.url, getattr(photo, "thumbnail", "") or photo.url, getattr(photo, "words", ""))

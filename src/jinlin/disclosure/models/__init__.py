"""Rows of what is public: records of matters, and notices that are posted for a period."""

from jinlin.disclosure.models.notices import Edition, EditionPhoto, NoticeStep, Objection, Posting, PublicNotice
from jinlin.disclosure.models.records import DisclosedPhoto, Disclosure

__all__ = [
    "DisclosedPhoto",
    "Disclosure",
    "Edition",
    "EditionPhoto",
    "NoticeStep",
    "Objection",
    "Posting",
    "PublicNotice",
]

"""What may never become public, and who posts, proves, objects and answers."""

from jinlin.disclosure.rules.notices import (
    LOOKERS,
    POSTERS,
    WORKERS,
    at_desk,
    can_end,
    keeps,
    may,
    may_draft,
    shown_to_all,
    still_missing,
)
from jinlin.disclosure.rules.personal import (
    KIND_NAMES,
    counted_kinds,
    findings_in,
    marked,
    personal_kinds,
    proposed,
    redacted,
    refuse_personal,
    refuse_unconfirmed,
    to_confirm,
)

__all__ = [
    "KIND_NAMES",
    "LOOKERS",
    "POSTERS",
    "WORKERS",
    "at_desk",
    "can_end",
    "counted_kinds",
    "findings_in",
    "keeps",
    "marked",
    "may",
    "may_draft",
    "personal_kinds",
    "proposed",
    "redacted",
    "refuse_personal",
    "refuse_unconfirmed",
    "shown_to_all",
    "still_missing",
    "to_confirm",
]

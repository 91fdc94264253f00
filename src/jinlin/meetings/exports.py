"""Resolutions as a spreadsheet: who does what by when, and what came of it."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.meetings import queries
from jinlin.meetings.models import Resolution
from jinlin.platform.dates import local_day
from jinlin.platform.errors import Words
from jinlin.playbooks.wording import name_of

HEADS: Sequence[Words] = [
    pgettext_lazy("meeting", "Meeting"), pgettext_lazy("meeting", "Kind"), pgettext_lazy("meeting", "Held on"), _("Place code"),
    pgettext_lazy("resolution", "What is done"), pgettext_lazy("resolution", "Carried out by"),
    pgettext_lazy("resolution", "By"), _("State"), pgettext_lazy("resolution", "Result"),
]  # fmt: skip


def resolutions(rows: QuerySet[Resolution]) -> Iterator[list[Any]]:
    """Yield one row per resolution in the order of `HEADS`, those of the latest meetings first."""
    names = {row.key: name_of(row) for row in queries.forums_at()}
    found = rows.select_related("meeting", "body").order_by("-meeting__starts_at", "meeting_id", "number")
    for row in found.iterator(chunk_size=500):
        meeting = row.meeting
        yield [
            meeting.title, names.get(meeting.forum, meeting.forum), local_day(meeting.starts_at), meeting.place_code,
            row.words, row.body.name, row.due_on, row.get_state_display(), row.result,
        ]  # fmt: skip

"""Procedures as a spreadsheet."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.platform.errors import Words
from jinlin.playbooks.wording import name_of
from jinlin.procedures.models import Procedure

HEADS: Sequence[Words] = [
    pgettext_lazy("procedure", "Kind"), _("What it is about"), _("Estate"), pgettext_lazy("procedure", "State"),
    pgettext_lazy("procedure", "Open step"), pgettext_lazy("procedure", "Last day"), pgettext_lazy("procedure", "Begun"),
    pgettext_lazy("procedure", "Ended"),
]  # fmt: skip


def procedures(rows: QuerySet[Procedure]) -> Iterator[list[Any]]:
    """Yield one row per procedure in the order of `HEADS`, the newest first."""
    for row in rows.prefetch_related("visits").order_by("-begun_at", "-pk").iterator(chunk_size=500):
        rules = row.definition.rules
        due = next((visit.due_on for visit in row.visits.all() if visit.state == "open"), None)
        yield [
            name_of(rules), row.title, row.zone.name if row.zone else "", row.get_state_display(),
            name_of(rules.step(row.at_key)) if row.at_key else "", due, row.begun_at, row.ended_at,
        ]  # fmt: skip

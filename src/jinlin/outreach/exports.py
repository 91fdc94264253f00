"""Rounds as a spreadsheet: how many homes, how far visited, what was heard; nothing about any home."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.outreach import queries
from jinlin.outreach.models import Round
from jinlin.platform.errors import Words

HEADS: Sequence[Words] = [
    pgettext_lazy("round", "Kind"), pgettext_lazy("round", "Title"), _("Team"), _("Place code"),
    _("Estate, courtyard or grid"), _("Where the session is held"), _("Day"), pgettext_lazy("round", "State"),
    _("Homes left out"), _("Homes willing"), _("Homes visited"), pgettext_lazy("round", "Wishes"),
    pgettext_lazy("round", "Issues"),
]  # fmt: skip


def rounds(rows: QuerySet[Round]) -> Iterator[list[Any]]:
    """Yield one row per round in the order of `HEADS`, the newest first."""
    for row in queries.with_counts(rows).order_by("-planned_at", "-pk").iterator(chunk_size=500):
        yield [
            row.get_kind_display(), row.title, row.body.name, row.place_code, row.zone.name if row.zone else "",
            row.spot, row.on, row.get_state_display(), row.left_out, row.willing, row.visited, row.wishes, row.issues,
        ]  # fmt: skip

"""Rounds as a spreadsheet: how many homes, how far visited, what was heard; nothing about any home."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.outreach import queries, rules
from jinlin.outreach.models import Round
from jinlin.platform.access import Actor
from jinlin.platform.errors import Words

HEADS: Sequence[Words] = [
    pgettext_lazy("round", "Kind"), pgettext_lazy("round", "Title"), _("Team"), _("Place code"),
    _("Estate, courtyard or grid"), _("Where the session is held"), _("Day"), pgettext_lazy("round", "State"),
    _("Homes left out"), _("Homes willing"), _("Homes visited"), pgettext_lazy("round", "Wishes"),
    pgettext_lazy("round", "Issues"),
]  # fmt: skip


TOO_FEW = "<5"


def rounds(rows: QuerySet[Round], actor: Actor) -> Iterator[list[Any]]:
    """Yield one row per round in the order of `HEADS`, the newest first; small numbers only to its community and team."""
    for row in queries.with_counts(rows).order_by("-planned_at", "-pk").iterator(chunk_size=500):
        near = rules.stands_near(actor, row.place_code, row.body_id)
        few = not near and queries.few_homes(row.visited, row.willing - row.visited)
        left_out = TOO_FEW if not near and queries.few_homes(row.left_out) else row.left_out
        willing = TOO_FEW if not near and queries.few_homes(row.willing) else row.willing
        yield [
            row.get_kind_display(), row.title, row.body.name, row.place_code, row.zone.name if row.zone else "",
            row.spot, row.on, row.get_state_display(), left_out, willing, "" if few else row.visited, row.wishes, row.issues,
        ]  # fmt: skip

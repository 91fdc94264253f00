"""The list of wishes as a spreadsheet, under nicknames; no name of a person in it."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.algorithms.chinese_text import mask_personal
from jinlin.platform.errors import Words
from jinlin.wishes.models import Wish

HEADS: Sequence[Words] = [
    _("Number"), _("Nickname"), _("What is wished"), _("More about it"), _("Cost in yuan"), _("Community"),
    pgettext_lazy("wish", "State"), _("Received"), _("Checked by"), _("What was done"),
]  # fmt: skip


def wishes(rows: QuerySet[Wish]) -> Iterator[list[Any]]:
    """Yield one row per wish in the order of `HEADS`, the newest first."""
    for row in rows.order_by("-made_at", "-pk").iterator(chunk_size=500):
        yield [
            row.number,
            row.nickname,
            mask_personal(row.title)[0],
            mask_personal(row.text)[0],
            row.cost_fen / 100,
            row.place_code,
            row.get_state_display(),
            row.made_at,
            row.check_by,
            mask_personal(row.result)[0],
        ]

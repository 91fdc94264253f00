"""Lists and their items as spreadsheets; an import knows the columns of items again."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.lists import queries
from jinlin.lists.imports import COLUMNS
from jinlin.lists.models import ItemList
from jinlin.platform.errors import Words

SOURCES = {"resident": "居民", "government": "政府"}
ITEM_HEADS: Sequence[Words] = [
    *(column.label for column in COLUMNS), pgettext_lazy("item", "Id"), pgettext_lazy("item", "State"),
    pgettext_lazy("item", "Taken on by"), pgettext_lazy("item", "Due"), _("What was done"),
]  # fmt: skip
LIST_HEADS: Sequence[Words] = [
    pgettext_lazy("list", "Kind"), pgettext_lazy("list", "Title"), _("Place code"), _("Estate"),
    pgettext_lazy("list", "Led by"), pgettext_lazy("list", "Opened"), pgettext_lazy("list", "Closed"),
    pgettext_lazy("list", "Items"), pgettext_lazy("list", "Finished"),
]  # fmt: skip


def items(item_list: ItemList) -> Iterator[list[Any]]:
    """Yield one row per item in the order of `ITEM_HEADS`."""
    for row in queries.linked_items(item_list).iterator(chunk_size=500):
        answers = "，".join(str(link.answered_id) for link in row.answers.all())
        yield [
            row.title, row.words, SOURCES[row.source], answers, str(row.pk), row.get_state_display(),
            row.claimer.name if row.claimer else "", row.due_on, row.result,
        ]  # fmt: skip


def lists(rows: QuerySet[ItemList]) -> Iterator[list[Any]]:
    """Yield one row per list in the order of `LIST_HEADS`, the newest first."""
    names = {key: kind.name for key, kind in queries.kinds().items()}
    for row in queries.with_progress(rows).order_by("-opened_at", "-pk").iterator(chunk_size=500):
        yield [
            names.get(row.kind, row.kind), row.title, row.place_code, row.zone.name if row.zone else "", row.body.name,
            row.opened_on, row.closed_at, row.total, row.finished,
        ]  # fmt: skip

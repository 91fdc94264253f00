"""Notices as rows of a spreadsheet."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.disclosure.models import PublicNotice
from jinlin.disclosure.queries.notices import kinds

HEADS = (
    _("Number"),
    pgettext_lazy("public notice", "Kind"),
    _("Title"),
    pgettext_lazy("public notice", "Posted by"),
    pgettext_lazy("public notice", "State"),
    pgettext_lazy("public notice", "Version"),
    _("Posted"),
    _("Last day"),
    _("Objections"),
    _("Without an answer"),
)


def notices(rows: QuerySet[PublicNotice]) -> Iterator[Iterable[Any]]:
    """Yield the notices with how many objections they got and how many wait for an answer."""
    waiting = Q(objections__answered_at__isnull=True, objections__taken_back_at__isnull=True, objections__isnull=False)
    counted = rows.annotate(came=Count("objections"), waiting=Count("objections", filter=waiting))
    names = {key: kind.name for key, kind in kinds().items()}
    for row in counted.order_by("made_at", "pk"):
        yield (
            row.number,
            names.get(row.kind, row.kind),
            row.title,
            row.body.name,
            row.get_state_display(),
            row.edition,
            row.posted_at,
            row.last_day,
            row.came,
            row.waiting,
        )

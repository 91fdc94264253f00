"""Proposals as a spreadsheet for the desk, without persons."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.deliberation.models import Proposal
from jinlin.deliberation.queries import forum_names, proposer_name
from jinlin.platform.dates import local_day

HEADS = (
    _("Number"),
    _("What is proposed"),
    _("Proposed by"),
    pgettext_lazy("proposal", "State"),
    _("Raised"),
    _("Forums"),
    _("Supports"),
    _("Answer"),
)


def rows_of(proposals: QuerySet[Proposal]) -> Iterator[list[Any]]:
    """Yield the proposals, the newest first."""
    names = forum_names()
    for row in proposals.prefetch_related("routes").order_by("-raised_at", "-pk"):
        forums = "、".join(names.get(route.forum, route.forum) for route in row.routes.all())
        yield [
            row.number, row.title, proposer_name(row.proposer), row.get_state_display(), local_day(row.raised_at), forums,
            row.supports, row.answer,
        ]  # fmt: skip

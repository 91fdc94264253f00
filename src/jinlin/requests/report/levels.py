"""At which level requests are settled (M055): closed there, closed there or below, and what came through."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from jinlin.platform.errors import Words
from jinlin.playbooks.here import current_playbook
from jinlin.requests.models import Passage, Request
from jinlin.requests.queries.ladder import LEVELS, level_of
from jinlin.requests.states import State

Narrow = Callable[[QuerySet[Request], datetime], QuerySet[Request]]


def _closed_at(level: str) -> Narrow:
    def narrow(requests: QuerySet[Request], now: datetime) -> QuerySet[Request]:
        playbook, closed = current_playbook(), requests.filter(state=State.CLOSED)
        kinds = {row.kind: level_of(playbook, row.kind) for row in playbook.body}
        if level == level_of(playbook, ""):
            return closed.exclude(body__kind__in=[kind for kind, other in kinds.items() if other != level])
        return closed.filter(body__kind__in=[kind for kind, own in kinds.items() if own == level])

    return narrow


def _through(level: str) -> Narrow:
    passages = Passage.objects.filter(request=OuterRef("pk"), level=level)
    return lambda requests, now: requests.filter(Exists(passages))


LEVEL_SETS: dict[str, tuple[Words, Narrow]] = {
    "closed_estate": (_("closed at the estate"), _closed_at("estate")),
    "closed_community": (_("closed at the community"), _closed_at("community")),
    "closed_subdistrict": (_("closed at the subdistrict"), _closed_at("subdistrict")),
    "closed_district": (_("closed at the district"), _closed_at("district")),
    "through_estate": (_("came up the ladder through the estate"), _through("estate")),
    "through_community": (_("came up the ladder through the community"), _through("community")),
    "through_subdistrict": (_("came up the ladder through the subdistrict"), _through("subdistrict")),
    "through_district": (_("came up the ladder to the district"), _through("district")),
}
"""{name: (words of the filter, how it narrows a list)} for each level of `LEVELS`, as `closed_by_level` counts them.

A kind of body that the playbook does not have answers at the community.
"""


def closed_by_level(requests: QuerySet[Request]) -> dict[str, Any]:
    """Return for each level what was closed there, the share closed there or below, and what came through it, once each."""
    playbook = current_playbook()
    rows = requests.filter(state=State.CLOSED).order_by().values_list("body__kind").annotate(rows=Count("pk"))
    closed: Counter[str] = Counter()
    for kind, count in rows:
        closed[level_of(playbook, kind)] += count
    passed = Passage.objects.filter(request__in=requests).order_by().values_list("level")
    came = dict(passed.annotate(rows=Count("request", distinct=True)))
    total, within, told = sum(closed.values()), 0, {}
    for level in LEVELS:
        within += closed[level]
        share = round(within / total, 4) if total else None
        told[level] = {"closed": closed[level], "within": share, "came_through": came.get(level, 0)}
    return told

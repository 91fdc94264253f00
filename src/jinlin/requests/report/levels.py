"""At which level requests are settled (M055): closed there, closed there or below, and what came through."""

from collections import Counter
from typing import Any

from django.db.models import Count, QuerySet

from jinlin.playbooks.here import current_playbook
from jinlin.requests.models import Passage, Request
from jinlin.requests.queries.ladder import LEVELS, level_of
from jinlin.requests.states import State


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

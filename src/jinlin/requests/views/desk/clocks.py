"""The clocks of a request as they were, beside what they would have been under another work method."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jinlin.platform.access import Actor
from jinlin.platform.dates import now
from jinlin.playbooks.loader import load_playbook, playbook_names
from jinlin.playbooks.wording import name_of
from jinlin.requests.models import Clock
from jinlin.requests.queries.clocks import Replayed, replayed, rule_named
from jinlin.requests.views.desk.door import desk_page, request_of


@never_cache
@require_safe
@desk_page
def clocks(request: HttpRequest, actor: Actor, request_id: int) -> HttpResponse:
    """Show the promises of a request under its own rule and, with `?rule=`, under another one."""
    found = request_of(actor, request_id)
    rule = request.GET.get("rule", "")
    rule = rule if rule in playbook_names() else ""
    own, other = replayed(found, rule_named("")), replayed(found, rule_named(rule)) if rule else []
    context = {
        "found": found,
        "rows": [_line(promise, _same(promise, other)) for promise in own],
        "rule": rule,
        "rules": [(name, name_of(load_playbook(name))) for name in playbook_names()],
    }
    return render(request, "requests/desk/clocks.html", context)


def _same(promise: Replayed, others: list[Replayed]) -> Replayed | None:
    key = (promise.milestone, promise.started_at)
    return next((one for one in others if (one.milestone, one.started_at) == key), None)


def _line(promise: Replayed, other: Replayed | None) -> dict[str, object]:
    return {
        "milestone": Clock.Milestone(promise.milestone).label,
        "own": promise,
        "due": promise.due.at if promise.due else None,
        "kept": promise.was_kept(now()),
        "other_due": other.due.at if other and other.due else None,
        "other_kept": other.was_kept(now()) if other else None,
    }

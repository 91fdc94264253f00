"""Overdue promises go up the ladder, each once."""

from django.utils.translation import gettext as _

from jinlin.organisations.queries import holders_of
from jinlin.platform.access import SYSTEM, Role
from jinlin.platform.dates import now, today
from jinlin.platform.messages import notify
from jinlin.platform.sends import sent_once
from jinlin.platform.tasks import Tally, one_by_one
from jinlin.platform.wording import labelled
from jinlin.playbooks.here import current_playbook
from jinlin.requests import rules
from jinlin.requests.actions.steps import Change, advance, locked
from jinlin.requests.models import Clock, Request
from jinlin.requests.queries.ladder import first_standing, rung_index
from jinlin.requests.states import Verb

AT_ONCE = 500


def escalate_overdue() -> Tally:
    """Write an escalation for every promise that has passed unmet, once each, and tell the lowest rung that is not empty."""
    overdue = Clock.objects.filter(ended_at__isnull=True, escalated_at__isnull=True, due_at__lt=now())
    return one_by_one(_escalate, list(overdue.order_by("due_at")[:AT_ONCE]))


def _escalate(clock: Clock) -> bool:
    words = _("%(milestone)s was due and is still owed.") % {"milestone": clock.get_milestone_display()}
    with sent_once("clock", f"{clock.pk}", ["escalate"]) as send:
        request = locked(SYSTEM, clock.request_id, None)
        claimed = Clock.objects.filter(pk=clock.pk, escalated_at__isnull=True, ended_at__isnull=True)
        if not claimed.update(escalated_at=now()):
            return False
        if rules.may(SYSTEM, Verb.ESCALATE, request) and Verb.ESCALATE in rules.open_verbs(request):
            advance(SYSTEM, request, Verb.ESCALATE, Change(internal_note=words), send)
        notify(
            _first_rung(request),
            labelled(f"{request.number} {request.title}", words),
            link=f"/desk/requests/{request.pk}",
        )
    return True


def _first_rung(request: Request) -> list[int]:
    """Return who stands on the lowest rung that is not empty, from the one that it has climbed to.

    Where nobody stands on any of them, the administrators are told, who fill the posts: nothing falls between two rungs.
    """
    reached = max(rung_index(request), 0) if request.rung else 0
    standing = first_standing(current_playbook().ladder[reached:], request)
    if standing is not None:
        return standing.people
    return holders_of([Role.ADMINISTRATOR], place_code=request.place_code, on=today())

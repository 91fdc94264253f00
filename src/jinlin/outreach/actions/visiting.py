"""Visits: declined by those who live there, logged with the steps that were done, and homes that want none at all."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jinlin.outreach import rules
from jinlin.outreach.models import NoVisits, Visit
from jinlin.outreach.states import VISITS, RoundState, VisitState, VisitVerb
from jinlin.people.models import Household
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid, NotFound, WrongState


def set_no_visits(*, actor: Actor, home_code: str, wanted: bool) -> bool:
    """Write down that a household wants no visits, or wants them again; visits that are planned are then declined.

    Raises:
        NotFound; NotAllowed for those who do not live there.
    """
    with transaction.atomic():
        household = Household.objects.select_for_update().filter(home_code=home_code, valid_to__isnull=True).first()
        if household is None:
            raise NotFound
        rules.may_decline(actor, household).enforce()
        if wanted:
            NoVisits.objects.get_or_create(household=household, defaults={"since": now(), "person_id": actor.person_id})
            waiting = Visit.objects.filter(household=household, round__state=RoundState.PLANNED)
            waiting = waiting.filter(state__in=list(VISITS.sources(VisitVerb.DECLINE)))
            waiting.update(state=VisitState.DECLINED, at=now(), actor_id=actor.account_id)
        else:
            NoVisits.objects.filter(household=household).delete()
        record_change(actor, "outreach.set_no_visits", household, place_code=home_code, wanted=wanted)
    return wanted


def decline_visit(*, actor: Actor, visit_id: int) -> Visit:
    """Say for one's home that a team is not welcome this time. Raises: NotFound, NotAllowed, WrongState."""
    with transaction.atomic():
        visit = _locked(visit_id)
        rules.may_decline(actor, visit.household).enforce()
        _write(actor, visit, VisitVerb.DECLINE, {})
    return visit


def log_visit(*, actor: Actor, visit_id: int, marks: Sequence[str]) -> Visit:
    """Log a visit with the steps that were done; nothing else about the home or those who live there is kept.

    Raises:
        NotFound, NotAllowed; Invalid without a step or for an unknown one.
        WrongState: for a home that declined, a round to come, or one that is over.
    """
    if not marks or not set(marks) <= set(Visit.Mark.values):
        raise Invalid(fields={"marks": _("Tick the steps that were done.")})
    return _take(actor, visit_id, VisitVerb.LOG, {"marks": [mark for mark in Visit.Mark.values if mark in marks]})


def miss_visit(*, actor: Actor, visit_id: int) -> Visit:
    """Write down that nobody was at home. Raises as `log_visit`."""
    return _take(actor, visit_id, VisitVerb.MISS, {})


def _take(actor: Actor, visit_id: int, verb: VisitVerb, columns: dict[str, Any]) -> Visit:
    with transaction.atomic():
        visit = _locked(visit_id)
        rules.may_visit(actor, visit).enforce()
        if visit.round.on > today():
            raise WrongState(_("It has not been yet; a round to come has no results."))
        if visit.state == VisitState.DECLINED:
            raise WrongState(_("This home does not want a visit."))
        _write(actor, visit, verb, columns)
    return visit


def _locked(visit_id: int) -> Visit:
    rows = Visit.objects.select_for_update(of=("self",)).select_related("round", "household")
    visit = rows.filter(pk=visit_id).first()
    if visit is None:
        raise NotFound
    if visit.round.state != RoundState.PLANNED:
        raise WrongState(_("This round is over."))
    return visit


def _write(actor: Actor, visit: Visit, verb: VisitVerb, columns: dict[str, Any]) -> None:
    changed = {"state": VISITS.after(verb, visit.state), "at": now(), "actor_id": actor.account_id, **columns}
    for name, value in changed.items():
        setattr(visit, name, value)
    visit.save(update_fields=list(changed))
    record_change(actor, f"outreach.{verb}", visit, place_code=visit.home_code, state=visit.state)

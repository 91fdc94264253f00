"""Visits: declined by those who live there, logged with the steps that were done, and homes that want none at all."""

from collections.abc import Mapping, Sequence
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
from jinlin.platform.rulings import Ruling
from jinlin.platform.stepping import Steps, locked_row, nothing


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
    return STEPS.take(actor, visit_id, VisitVerb.DECLINE)


def log_visit(*, actor: Actor, visit_id: int, marks: Sequence[str]) -> Visit:
    """Log a visit with the steps that were done; nothing else about the home or those who live there is kept.

    Raises:
        NotFound, NotAllowed; Invalid without a step or for an unknown one.
        WrongState: for a home that declined, a round to come, or one that is over.
    """
    if not marks or not set(marks) <= set(Visit.Mark.values):
        raise Invalid(fields={"marks": _("Tick the steps that were done.")})
    in_order = [mark for mark in Visit.Mark.values if mark in marks]
    return STEPS.take(actor, visit_id, VisitVerb.LOG, columns={"marks": in_order})


def miss_visit(*, actor: Actor, visit_id: int) -> Visit:
    """Write down that nobody was at home. Raises as `log_visit`."""
    return STEPS.take(actor, visit_id, VisitVerb.MISS)


def _locked(_actor: Actor, visit_id: int) -> Visit:
    return locked_row(Visit, visit_id, "round", "household")


def _may(actor: Actor, verb: VisitVerb, visit: Visit) -> Ruling:
    declining = verb == VisitVerb.DECLINE
    return rules.may_decline(actor, visit.household) if declining else rules.may_visit(actor, visit)


def _check_round(_actor: Actor, visit: Visit, verb: VisitVerb) -> None:
    """Raises: WrongState for a round that is over, or that has not been yet; for a home that declined."""
    if visit.round.state != RoundState.PLANNED:
        raise WrongState(_("This round is over."))
    if verb == VisitVerb.DECLINE:
        return
    if visit.round.on > today():
        raise WrongState(_("It has not been yet; a round to come has no results."))
    if visit.state == VisitState.DECLINED:
        raise WrongState(_("This home does not want a visit."))


def _stamp(actor: Actor, _visit: Visit, _verb: VisitVerb) -> Mapping[str, Any]:
    return {"at": now(), "actor_id": actor.account_id}


def _about(visit: Visit) -> Mapping[str, Any]:
    return {"place_code": visit.home_code}


STEPS = Steps(
    audited="outreach.{verb}",
    table=VISITS,
    lock=_locked,
    check=_check_round,
    may=_may,
    effects=_stamp,
    about=_about,
    write=nothing,
)

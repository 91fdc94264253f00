"""Plans rounds and sessions and announces them, closes them, calls them off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.algorithms.chinese_text import find_personal
from jinlin.algorithms.place_codes import Level
from jinlin.organisations.models import Body
from jinlin.outreach import rules
from jinlin.outreach.models import NoVisits, Round, Visit
from jinlin.outreach.states import ROUNDS, RoundVerb, VisitState
from jinlin.people.models import Household, Residence
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid, Words, WrongState
from jinlin.platform.messages.notices import notify
from jinlin.platform.rulings import Ruling
from jinlin.platform.sends import sent_once
from jinlin.platform.stepping import Steps, Taken, locked_row, nothing
from jinlin.territory.models import Zone
from jinlin.territory.queries import existing_place, homes_in

BATCH = 2_000
LONGEST = 80


@dataclass(frozen=True)
class NewRound:
    """A round to announce: the team, the zone of its homes or the spot of the session, the day and the time."""

    kind: str
    title: str
    body: Body
    place_code: str
    on: date
    zone: Zone | None = None
    spot: str = ""
    starts: time | None = None


def plan_round(*, actor: Actor, new: NewRound, key: str = "") -> Round:
    """Plan a round and announce it to the homes that are willing; those that want no visits are left out.

    Raises:
        NotAllowed, RepeatedSend, KeyReused.
        Invalid: without a title, for a day that is over, a session without a place, or a round without homes.
    """
    rules.may_plan(actor, new.place_code, new.body.pk).enforce()
    _check(new)
    contents = [new.kind, new.title, new.body.pk, new.on, new.zone and new.zone.pk, new.spot]
    with sent_once(f"account:{actor.account_id}", key, contents) as send:
        made = Round.objects.create(
            kind=new.kind, title=new.title.strip(), body=new.body, place_code=new.place_code, zone=new.zone,
            spot=new.spot.strip(), on=new.on, starts=new.starts, planned_at=now(), planned_by_id=actor.account_id,
        )  # fmt: skip
        if new.kind == Round.Kind.HOMES:
            _invite(made)
        record_change(actor, "outreach.plan", made, place_code=made.place_code, left_out=made.left_out)
        send.keep(made)
    return made


def _check(new: NewRound) -> None:
    elsewhere = new.zone is not None and new.zone.community_code != new.place_code[: Level.COMMUNITY]
    found: dict[str, Words] = {
        "kind": "" if new.kind in Round.Kind.values else _("Choose one from the list."),
        "title": _words_fault(new.title) if new.title.strip() else _("Say in a few words what it is."),
        "spot": _words_fault(new.spot),
        "on": _("This day is over already.") if new.on < today() else "",
        "place": _("There is no such place here.") if elsewhere or existing_place(new.place_code) is None else "",
    }
    if new.kind == Round.Kind.COURTYARD and not new.spot.strip():
        found["spot"] = _("Say where the session is held.")
    if new.kind == Round.Kind.HOMES and new.zone is None:
        found["zone"] = _("Say whose homes the team goes to.")
    if wrong := {name: why for name, why in found.items() if why}:
        raise Invalid(fields=wrong)


def _words_fault(words: str) -> Words:
    if len(words.strip()) > LONGEST or find_personal(words):
        return _("At most 80 characters, without names and telephone numbers.")
    return ""


def _invite(made: Round) -> None:
    """Write the visits of the willing homes, and tell those who live there how to say no."""
    codes = homes_in(zones=[made.zone] if made.zone else []).values("code")
    there = Household.objects.filter(home_code__in=codes, valid_to__isnull=True)
    willing = list(there.filter(no_visits__isnull=True).order_by("home_code"))
    if not willing:
        raise Invalid(fields={"zone": _("There is no home that could be visited.")})
    made.left_out = NoVisits.objects.filter(household__in=there).count()
    made.save(update_fields=["left_out"])
    rows = (Visit(round=made, household=household, home_code=household.home_code) for household in willing)
    Visit.objects.bulk_create(rows, batch_size=BATCH)
    words = gettext_lazy("On %(day)s a team of %(body)s will come to your home; reply if it is not welcome.")
    values = {"day": f"{made.on:%Y-%m-%d}", "body": made.body.name}
    notify(_who_live_in(willing), words, values, link="/outreach/")


def _who_live_in(households: Sequence[Household]) -> list[int]:
    living = Residence.objects.filter(household__in=households, valid_to__isnull=True)
    return list(living.exclude(role=Residence.Role.LANDLORD).values_list("person_id", flat=True))


def close_round(*, actor: Actor, round_id: int) -> Round:
    """Close a round that has been, and thank the homes that were visited.

    Raises:
        NotFound, NotAllowed; WrongState before its day, and for one that is over.
    """
    return STEPS.take(actor, round_id, RoundVerb.CLOSE)


def cancel_round(*, actor: Actor, round_id: int) -> Round:
    """Call a round off, and tell the homes that expected it. Raises: NotFound, NotAllowed, WrongState."""
    return STEPS.take(actor, round_id, RoundVerb.CANCEL)


def locked_round(actor: Actor, round_id: int) -> Round:
    """Lock a round that the actor works with. Raises: NotFound."""
    return locked_row(Round, round_id, visible=rules.rounds_at_work(actor))


def _check_day(_actor: Actor, found: Round, verb: RoundVerb) -> None:
    if verb == RoundVerb.CLOSE and found.on > today():
        raise WrongState(_("It has not been yet; a round to come has no results."))


def _may(actor: Actor, _verb: RoundVerb, found: Round) -> Ruling:
    return rules.may_plan(actor, found.place_code, found.body_id)


def _stamp(_actor: Actor, _found: Round, _verb: RoundVerb) -> Mapping[str, Any]:
    return {"closed_at": now()}


def _about(found: Round) -> Mapping[str, Any]:
    return {"place_code": found.place_code}


def _tell_homes(taken: Taken[Round]) -> None:
    """Thank the homes that were visited, or tell those that expected a visit that none comes."""
    found = taken.row
    if taken.verb == RoundVerb.CLOSE:
        state, words = (
            VisitState.MADE,
            gettext_lazy("%(body)s thanks you for the visit. What you said is being followed up."),
        )
    else:
        state, words = VisitState.PLANNED, gettext_lazy("The visit on %(day)s is called off.")
    homes = Household.objects.filter(visits__round=found, visits__state=state)
    values = {"body": found.body.name, "day": f"{found.on:%Y-%m-%d}"}
    notify(_who_live_in(list(homes)), words, values, link="/outreach/")


STEPS = Steps(
    audited="outreach.{verb}",
    table=ROUNDS,
    lock=locked_round,
    check=_check_day,
    may=_may,
    effects=_stamp,
    about=_about,
    write=nothing,
    follow=_tell_homes,
)

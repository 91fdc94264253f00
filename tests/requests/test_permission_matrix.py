"""Who may do what in which state: every actor, every step, every state, against a table written by hand.

The table below repeats nothing of the product's own rules: it was written from what each person's work is. A request of
the resident lies at home 1 of building 1; after dispatch the property firm of that estate has it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction

from jinlin.platform.access import NOBODY, SYSTEM, Actor
from jinlin.platform.errors import NotAllowed, NotFound, WrongState
from jinlin.requests import actions, rules
from jinlin.requests.actions import Contact, Door, Report, Where
from jinlin.requests.actions.steps import Change, take_step
from jinlin.requests.models import Request
from jinlin.requests.states import STEPS_OF_PARTS, State, Verb
from tests.requests.desk_cases import RunningClock, at, running_clock
from tests.support.community import Community, make_community

pytestmark = pytest.mark.django_db
__all__ = ["running_clock"]

WORKER = ("community_worker",)
RECEPTION = ("community_worker", "community_secretary", "subdistrict_officer", "district_officer")
SECRETARY = ("community_secretary",)
FIRM = ("property_manager",)
RESIDENT = ("resident",)
PLATFORM = ("platform",)
STRANGERS = ("neighbour", "nobody", "neighbour_head", "grid_member", "department_officer", "auditor", "administrator")

CORRECT = "classify relocate add"
SUPERVISE = "ask"
"""What those who receive requests may ask for: supervision by the level above."""
MATRIX: dict[str, dict[tuple[str, ...], str]] = {
    "received": {
        RECEPTION: f"accept decline merge {SUPERVISE} {CORRECT}",
        RESIDENT: "add withdraw",
        PLATFORM: "escalate",
    },
    "accepted": {
        SECRETARY: "lead",
        RECEPTION: f"dispatch decline merge climb {SUPERVISE} {CORRECT}",
        WORKER: "handle",
        RESIDENT: "add withdraw",
        PLATFORM: "escalate",
    },
    "dispatched": {
        SECRETARY: "lead",
        RECEPTION: f"transfer split merge climb {SUPERVISE} {CORRECT}",
        FIRM: "sign transfer send_back climb ask add split",
        RESIDENT: "add withdraw",
        PLATFORM: "escalate split",
    },
    "transferred": {
        SECRETARY: "lead",
        RECEPTION: f"transfer split merge climb {SUPERVISE} {CORRECT}",
        FIRM: "sign transfer send_back climb ask add split",
        RESIDENT: "add withdraw",
        PLATFORM: "escalate split",
    },
    "signed": {
        SECRETARY: "lead",
        RECEPTION: f"transfer split merge climb {SUPERVISE} {CORRECT}",
        FIRM: "start transfer send_back climb ask add split",
        RESIDENT: "add withdraw",
        PLATFORM: "escalate split",
    },
    "in_progress": {
        SECRETARY: "lead",
        RECEPTION: f"transfer split merge climb {SUPERVISE} {CORRECT}",
        FIRM: "report handle transfer climb ask add split",
        RESIDENT: "add withdraw",
        PLATFORM: "escalate split",
    },
    "reworked": {
        SECRETARY: "lead",
        RECEPTION: f"transfer split merge climb {SUPERVISE} {CORRECT}",
        FIRM: "start transfer climb ask add split",
        RESIDENT: "add withdraw",
        PLATFORM: "escalate split",
    },
    "handled": {RECEPTION: f"call_back {CORRECT}", FIRM: "add", RESIDENT: "close rework add", PLATFORM: "close"},
    "call_back": {RECEPTION: f"close rework {CORRECT}", FIRM: "add", RESIDENT: "close rework add", PLATFORM: "close"},
    "declined": {RECEPTION: "resubmit", RESIDENT: "resubmit"},
    "closed": {RECEPTION: "ask reopen judge", FIRM: "ask", RESIDENT: "reopen"},
    "withdrawn": {},
    "merged": {RECEPTION: "unmerge add", FIRM: "add", RESIDENT: "add", PLATFORM: "unmerge"},
}
SEES = (*RECEPTION, *RESIDENT, *PLATFORM, "auditor")
"""Who sees it in every state; the firm sees it once it has it."""
WITH_FIRM = {
    "merged",
    "dispatched",
    "transferred",
    "signed",
    "in_progress",
    "reworked",
    "handled",
    "call_back",
    "closed",
}

TOLD_TO_A_NEIGHBOUR_HEAD: dict[str, dict[tuple[str, ...], str]] = {
    "received": {
        ("neighbour_head",): "coordinate add",
        RECEPTION: f"accept decline merge ask {CORRECT}",
        PLATFORM: "escalate",
    },
    "in_progress": {
        SECRETARY: "lead",
        ("neighbour_head",): "report handle add",
        RECEPTION: f"transfer split merge climb ask {CORRECT}",
        WORKER: "report handle",
        PLATFORM: "escalate split",
    },
    "handled": {("neighbour_head",): "settle add", RECEPTION: f"call_back {CORRECT}", PLATFORM: "close"},
    "closed": {RECEPTION: "ask reopen judge"},
}
"""A service matter that the neighbour head has entered and brings about (M057); it lies at the community's station."""


@pytest.fixture
def place(running_clock: RunningClock) -> Community:
    return make_community()


def actor_called(place: Community, name: str) -> Actor:
    return {"nobody": NOBODY, "platform": SYSTEM}.get(name) or place.actor(name)


STEPS = set(Verb) - {Verb.RECEIVE, Verb.IMPORT} - STEPS_OF_PARTS
DECISIONS = {Verb.GRANT, Verb.REFUSE, Verb.TAKE_BACK, Verb.RESUME, Verb.CONVENE, Verb.MEET}
"""Steps that something has to wait for; `test_approvals` has them."""
EVERYBODY = (*RECEPTION, *FIRM, *RESIDENT, *PLATFORM, *STRANGERS)


def expected(rows: dict[tuple[str, ...], str], name: str) -> set[str]:
    return {verb for names, verbs in rows.items() if name in names for verb in verbs.split()}


def test_the_table_speaks_of_every_state_and_step() -> None:
    assert set(MATRIX) == set(State)
    rows = [rows for table in (MATRIX, TOLD_TO_A_NEIGHBOUR_HEAD) for rows in table.values()]
    named = {verb for row in rows for verbs in row.values() for verb in verbs.split()}
    assert named == STEPS - DECISIONS


@contextmanager
def tried() -> Iterator[None]:
    """Take back whatever is done within."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def outcome(actor: Actor, request: Request, verb: Verb) -> str:
    """Take the step for real and say what came of it, then take it back."""
    with tried():
        try:
            take_step(actor=actor, request_id=request.pk, verb=verb, change=Change(note="因为"), door=Door())
        except (NotFound, NotAllowed, WrongState) as error:
            return type(error).__name__
        return "done"


def forbidden_sample(may: set[str], index: int) -> set[str]:
    """Return three of the steps that somebody may not take, others for each, to be tried for real."""
    forbidden = sorted(STEPS - may)
    return {forbidden[(index * 5 + offset) % len(forbidden)] for offset in (0, 7, 11)}


@pytest.mark.parametrize("state", list(State))
def test_every_actor_and_step(place: Community, state: State) -> None:
    request = at(place, state)
    for index, name in enumerate(EVERYBODY):
        actor = actor_called(place, name)
        may = expected(MATRIX[state], name)
        request.refresh_from_db()
        assert set(rules.possible_verbs(actor, request)) == may, f"{name} when {state}"
        by_post = set() if name in {*RESIDENT, *PLATFORM} else may
        assert rules.verbs_by_post(actor, request) == by_post, f"{name} when {state}"
        visible = name in SEES or (name in FIRM and state in WITH_FIRM)
        assert rules.visible_to(actor).filter(pk=request.pk).exists() == visible, f"{name} when {state}"
        for verb in may | forbidden_sample(may, index):
            said = outcome(actor, request, verb)
            allowed = {"done"} if verb in may else {"NotAllowed", "WrongState"} if visible else {"NotFound"}
            assert said in allowed, f"{name} {verb} when {state}: {said}"


@pytest.mark.parametrize("state", list(TOLD_TO_A_NEIGHBOUR_HEAD))
def test_every_actor_and_step_of_a_service_matter(place: Community, state: str) -> None:
    head = place.actor("neighbour_head")
    report = Report(
        text="想找人修水龙头", function="matter", channel="visit", where=Where(place_code=place.buildings[0].code)
    )
    if state == State.RECEIVED:
        request = actions.enter_request(actor=head, report=report, contact=Contact()).request
    else:
        request = actions.enter_matter(actor=head, report=report, contact=Contact()).request
    if state in {State.HANDLED, State.CLOSED}:
        actions.handle_request(actor=head, request_id=request.pk, answer="请李师傅修好了")
    if state == State.CLOSED:
        actions.settle_matter(actor=head, request_id=request.pk, reason="老人说好了")
    request.refresh_from_db()
    assert request.state == state
    for name in (*RECEPTION, *FIRM, *PLATFORM, *STRANGERS, *RESIDENT):
        actor = actor_called(place, name)
        may = expected(TOLD_TO_A_NEIGHBOUR_HEAD[state], name)
        assert set(rules.possible_verbs(actor, request)) == may, name
        assert rules.verbs_by_post(actor, request) == (set() if name in PLATFORM else may), name


@pytest.mark.parametrize("state", [State.HANDLED, State.CALL_BACK])
def test_an_officer_closes_only_after_a_call_back(place: Community, state: State) -> None:
    request, officer = at(place, state), place.actor("community_worker")
    judgement = actions.Judgement(responded=True, solved="yes", satisfied="yes")

    def close() -> Any:
        return actions.record_call_back(actor=officer, request_id=request.pk, judgement=judgement)

    if state == State.HANDLED:
        with pytest.raises(NotAllowed):
            close()
    else:
        assert close().state == State.CLOSED


def test_what_is_sent_back_lies_with_its_dispatcher_again(place: Community) -> None:
    request = at(place, State.SIGNED)
    actions.send_back_request(actor=place.actor("property_manager"), request_id=request.pk, reason="不归我们")
    request.refresh_from_db()
    assert (request.state, request.body.kind) == (State.ACCEPTED, "service_station")
    assert not rules.visible_to(place.actor("property_manager")).exists()

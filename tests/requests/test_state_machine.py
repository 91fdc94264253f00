"""Requests under any order of steps by anybody: the history only grows, and the row is what its last line says."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid, NotAllowed, NotFound, WrongState
from jinlin.platform.models import AuditEntry
from jinlin.playbooks.here import current_playbook
from jinlin.requests import actions, rules
from jinlin.requests.actions import AskedPart, Judgement, Report, Where
from jinlin.requests.actions.deadlines import promises_of
from jinlin.requests.asked import Asked
from jinlin.requests.merged import root_of
from jinlin.requests.models import Approval, Clock, Pause, Request, RequestPart, Step
from jinlin.requests.queries.clocks import replayed, rule_of
from jinlin.requests.states import FINAL, OPEN, OWED, State, Verb
from tests.support.clocks import START
from tests.support.community import Community, make_community

pytestmark = pytest.mark.django_db

ACTORS = ["resident", "neighbour", "community_worker", "community_secretary", "property_manager", "auditor"]
REFUSED = (NotAllowed, NotFound, WrongState, Invalid)
HELPERS = [*ACTORS, "department_officer"]
DECIDERS = [*ACTORS, "subdistrict_officer", "district_officer"]
BODIES = ["property_firm", "residents_committee", "city_management_department"]
COLUMNS = (
    "verb",
    "state",
    "category",
    "urgency",
    "place_code",
    "body_id",
    "due_at",
    "note",
    "internal_note",
    "at",
    "actor_id",
)


ATTEMPTS: dict[str, Any] = {
    "accept_request": lambda a, pk, b, p: actions.accept_request(
        actor=a, request_id=pk, category="C10102", urgency="urgent"
    ),
    "decline_request": lambda a, pk, b, p: actions.decline_request(actor=a, request_id=pk, reason="不在辖区"),
    "classify_request": lambda a, pk, b, p: actions.classify_request(
        actor=a, request_id=pk, category="L102", urgency="ordinary"
    ),
    "relocate_request": lambda a, pk, b, p: actions.relocate_request(
        actor=a, request_id=pk, place_code=p.buildings[3].code
    ),
    "dispatch_request": lambda a, pk, b, p: actions.dispatch_request(actor=a, request_id=pk, body_id=b, basis="职责表"),
    "transfer_request": lambda a, pk, b, p: actions.transfer_request(actor=a, request_id=pk, body_id=b, basis="改派"),
    "send_back_request": lambda a, pk, b, p: actions.send_back_request(actor=a, request_id=pk, reason="不归我们"),
    "sign_for_request": lambda a, pk, b, p: actions.sign_for_request(actor=a, request_id=pk),
    "start_request": lambda a, pk, b, p: actions.start_request(actor=a, request_id=pk),
    "report_progress": lambda a, pk, b, p: actions.report_progress(actor=a, request_id=pk, note="在办"),
    "handle_request": lambda a, pk, b, p: actions.handle_request(actor=a, request_id=pk, answer="好了"),
    "begin_call_back": lambda a, pk, b, p: actions.begin_call_back(actor=a, request_id=pk),
    "record_call_back": lambda a, pk, b, p: actions.record_call_back(
        actor=a, request_id=pk, judgement=Judgement(True, "no", "no")
    ),
    "record_failed_call_back": lambda a, pk, b, p: actions.record_failed_call_back(
        actor=a, request_id=pk, reason="没人接"
    ),
    "rate_request": lambda a, pk, b, p: actions.rate_request(
        actor=a, request_id=pk, judgement=Judgement(True, "yes", "mostly")
    ),
    "add_to_request": lambda a, pk, b, p: actions.add_to_request(actor=a, request_id=pk, note="还有一处"),
    "climb_request": lambda a, pk, b, p: actions.climb_request(actor=a, request_id=pk, reason="这里办不了"),
    "note_internally": lambda a, pk, b, p: actions.note_internally(actor=a, request_id=pk, note="记一笔"),
    "merge_request": lambda a, pk, b, p: actions.merge_request(
        actor=a, request_id=pk, into=Request.objects.order_by("pk").first().number, reason="同一件事"
    ),
    "unmerge_request": lambda a, pk, b, p: actions.unmerge_request(actor=a, request_id=pk, reason="不是一件事"),
    "reopen_request": lambda a, pk, b, p: actions.reopen_request(actor=a, request_id=pk, reason="又坏了"),
    "resubmit_request": lambda a, pk, b, p: actions.resubmit_request(
        actor=a, request_id=pk, category="L102", reason="换个类别"
    ),
    "record_late_call_back": lambda a, pk, b, p: actions.record_late_call_back(
        actor=a, request_id=pk, judgement=Judgement(True, "no", "no")
    ),
    "ask_parts": lambda a, pk, b, p: actions.ask_parts(
        actor=a, request_id=pk, parts=[AskedPart(p.bodies["city_management_department"].pk, "清理")]
    ),
    "withdraw_request": lambda a, pk, b, p: actions.withdraw_request(actor=a, request_id=pk),
}


AFTER_THE_END = {"reopen_request", "resubmit_request", "record_late_call_back"}
"""What may be done with what has ended."""
WITH_WORDS = {"words": "说明"}
PART_STEPS: list[tuple[Any, dict[str, str]]] = [
    (actions.sign_part, {}),
    (actions.return_part, WITH_WORDS),
    (actions.finish_part, WITH_WORDS),
    (actions.call_off_part, WITH_WORDS),
]
USUAL = [
    ("accept_request", "community_worker"),
    ("dispatch_request", "community_worker"),
    ("sign_for_request", "property_manager"),
    ("start_request", "property_manager"),
    ("handle_request", "property_manager"),
    ("rate_request", "resident"),
]


def lines_of(request_id: int) -> list[tuple[Any, ...]]:
    return list(Step.objects.filter(request_id=request_id).order_by("number").values_list("number", *COLUMNS))


class RequestLife(RuleBasedStateMachine):
    """Anybody tries anything at any time."""

    place: Community
    traveller: time_machine.Traveller
    requests = Bundle("requests")

    def __init__(self) -> None:
        super().__init__()
        self.histories: dict[int, list[tuple[Any, ...]]] = {}

    @rule(target=requests, home=st.integers(0, 7), steps=st.sampled_from([0, 2, 4, 4, 6]))
    def raise_one(self, home: int, steps: int) -> int:
        """Raise one and go some steps of the usual way, so that what can be asked for on it is asked for often enough."""
        report = Report(text="路灯坏了", where=Where(place_code=self.place.homes[home].code))
        request = actions.raise_request(actor=self.place.actor("resident"), report=report).request
        self.histories[request.pk] = []
        firm = self.place.bodies["property_firm"].pk
        for step, who in USUAL[:steps]:
            ATTEMPTS[step](self.place.actor(who), request.pk, firm, self.place)
        return request.pk

    @rule(minutes=st.integers(1, 60 * 40))
    def time_passes(self, minutes: int) -> None:
        self.traveller.shift(timedelta(minutes=minutes))
        actions.escalate_overdue()
        actions.end_suspensions()

    @rule(
        pk=requests, who=st.sampled_from(ACTORS), body=st.sampled_from(BODIES), step=st.sampled_from(sorted(ATTEMPTS))
    )
    def somebody_tries(self, pk: int, who: str, body: str, step: str) -> None:
        before = Request.objects.get(pk=pk)
        try:
            ATTEMPTS[step](self.place.actor(who), pk, self.place.bodies[body].pk, self.place)
        except REFUSED:
            assert Request.objects.get(pk=pk).version == before.version
        else:
            assert before.state not in FINAL or step in AFTER_THE_END

    @rule(pk=requests, amount=st.integers(1, 5), days=st.integers(1, 30), data=st.data())
    def somebody_asks(self, pk: int, amount: int, days: int, data: st.DataObject) -> None:
        request = Request.objects.select_related("body").get(pk=pk)
        open_to = [(who, kind) for who in ACTORS for kind in rules.kinds_by_post(self.place.actor(who), request)]
        anything = st.tuples(st.sampled_from(ACTORS), st.sampled_from(Approval.Kind))
        who, kind = data.draw(st.sampled_from(sorted(open_to)) | anything if open_to else anything)
        asked = Asked(amount=amount, until=today() + timedelta(days=days), body_id=self.place.bodies[BODIES[1]].pk)
        with suppress(*REFUSED):
            actions.ask_approval(actor=self.place.actor(who), request_id=pk, kind=kind, reason="需要", asked=asked)

    @rule(pk=requests, who=st.sampled_from(DECIDERS), grants=st.booleans(), data=st.data())
    def somebody_decides(self, pk: int, who: str, grants: bool, data: st.DataObject) -> None:
        waiting = list(Approval.objects.filter(request_id=pk).order_by("pk"))
        if not waiting:
            return
        approval = data.draw(st.sampled_from(waiting))
        act = actions.grant_approval if grants else actions.refuse_approval
        actor = self.place.actor(who)
        try:
            act(actor=actor, request_id=pk, approval_id=approval.pk, words="已阅")
        except REFUSED:
            return
        assert approval.state == "asked" and approval.asked_by_id != actor.account_id

    @rule(pk=requests, who=st.sampled_from(HELPERS), step=st.sampled_from(PART_STEPS), data=st.data())
    def somebody_moves_a_part(self, pk: int, who: str, step: tuple[Any, dict[str, str]], data: st.DataObject) -> None:
        parts = list(RequestPart.objects.filter(request_id=pk).order_by("pk"))
        if not parts:
            return
        part, (act, words) = data.draw(st.sampled_from(parts)), step
        try:
            act(actor=self.place.actor(who), request_id=pk, part_id=part.pk, **words)
        except REFUSED:
            assert RequestPart.objects.get(pk=part.pk).state == part.state
        else:
            assert part.state in OWED

    @invariant()
    def what_ends_owes_no_part_and_the_counts_are_those_of_the_rows(self) -> None:
        for request in Request.objects.filter(pk__in=self.histories):
            owed = request.parts.filter(state__in=OWED).count()
            assert request.parts_owed == owed and request.parts_given == request.parts.count()
            assert request.state not in FINAL or owed == 0
            assert request.state != State.CLOSED or request.parts_owed == 0
            assert request.reopened == request.steps.filter(verb=Verb.REOPEN).count()

    @rule(pk=requests, who=st.sampled_from(ACTORS))
    def somebody_takes_back_or_resumes(self, pk: int, who: str) -> None:
        actor = self.place.actor(who)
        for approval in Approval.objects.filter(request_id=pk, state="asked"):
            with suppress(*REFUSED):
                actions.take_back_approval(actor=actor, request_id=pk, approval_id=approval.pk)
        with suppress(*REFUSED):
            actions.resume_request(actor=actor, request_id=pk, reason="条件具备")

    @invariant()
    def clocks_stand_exactly_while_something_holds_them(self) -> None:
        for request in Request.objects.filter(pk__in=self.histories):
            held = Pause.objects.filter(request=request, ended_at__isnull=True)
            assert (request.stopped_at is not None) == held.exists()
            if request.stopped_at is not None:
                assert not Clock.objects.filter(request=request, ended_at__isnull=True).exists()
            waiting = Approval.objects.filter(request=request, state="asked").count()
            assert request.asked == waiting
            assert request.state in OPEN or (request.stopped_at, request.suspended_until) == (None, None)

    @invariant()
    def the_history_tells_every_deadline_again(self) -> None:
        """Paused time counts nowhere, and an extension is what was granted: a replay comes to what the rows say."""
        for request in Request.objects.filter(pk__in=self.histories):
            kept = promises_of(request.clocks.all())
            told = replayed(request, rule_of(current_playbook()))
            assert len(kept) == len(told)
            for promise in kept:
                [same] = [
                    one
                    for one in told
                    if (one.milestone, one.started_at) == (promise.newest.milestone, promise.origin.started_at)
                ]
                stands = promise.newest.ended_at is not None and promise.newest.met is None
                assert same.met == promise.newest.met
                if not stands and same.met is not False:
                    assert same.due is not None and same.due.at == promise.newest.due_at

    @invariant()
    def history_only_grows(self) -> None:
        for pk, known in self.histories.items():
            lines = lines_of(pk)
            assert lines[: len(known)] == known
            self.histories[pk] = lines

    @invariant()
    def the_row_is_its_last_line(self) -> None:
        for request in Request.objects.filter(pk__in=self.histories):
            last = Step.objects.filter(request=request).order_by("-number").first()
            assert last is not None
            assert request.version == last.number == Step.objects.filter(request=request).count()
            for column in ("state", "category", "urgency", "place_code", "body_id", "due_at"):
                assert getattr(request, column) == getattr(last, column), column
            assert (
                AuditEntry.objects.filter(subject_kind="requests.request", subject_id=str(request.pk)).count()
                == last.number
            )

    @invariant()
    def what_is_owed_is_the_earliest_promise(self) -> None:
        for request in Request.objects.filter(pk__in=self.histories):
            running = Clock.objects.filter(request=request, ended_at__isnull=True)
            due = sorted(running.values_list("due_at", flat=True))
            assert request.due_at == (due[0] if due else None)
            leads = root_of(request)
            assert (request.closed_at is not None) == (leads.state in FINAL)
            assert (request.state == State.MERGED) == (request.lead_id is not None)
            assert request.members == Request.objects.filter(lead=request).count()
            assert bool(due) <= (request.state in OPEN)
            promised = {clock.milestone: clock.due_at.isoformat() for clock in running}
            assert request.promises == promised

    @invariant()
    def each_promise_is_escalated_once_at_most(self) -> None:
        assert not Clock.objects.filter(escalated_at__gt=now()).exists()
        for pk in self.histories:
            escalations = Step.objects.filter(request_id=pk, verb=Verb.ESCALATE).count()
            assert escalations <= Clock.objects.filter(request_id=pk, escalated_at__isnull=False).count()


def test_any_order_of_steps_by_anybody() -> None:
    with time_machine.travel(START, tick=True) as traveller:
        RequestLife.place, RequestLife.traveller = make_community(), traveller
        run_state_machine_as_test(
            RequestLife,
            settings=settings(
                max_examples=10, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )

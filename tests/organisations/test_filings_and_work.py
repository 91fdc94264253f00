"""Filings and work: who may do what in which state, what is refused, and that no order of steps leads astray."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from jinlin.organisations.actions import (
    NewFiling,
    NewTask,
    answer_filing,
    confirm_task,
    do_task,
    drop_task,
    file_matter,
    give_task,
    hand_over_task,
    pledge,
    reopen_task,
    withdraw_filing,
)
from jinlin.organisations.models import Body, Filing, FilingAnswer, Task
from jinlin.organisations.queries.filings import accepted_filing
from jinlin.organisations.queries.work import board_of
from jinlin.organisations.rules import filings_visible_to, may_read_verdicts
from jinlin.organisations.states import FILINGS, TASKS, FilingState, TaskState, TaskVerb, Verdict
from jinlin.platform.access import SYSTEM, Actor
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid, JinlinError, NotAllowed, WrongState
from jinlin.platform.models import AuditEntry, Notice
from tests.support.bodies import found, seat
from tests.support.community import SUBDISTRICT, Community, make_community

pytestmark = pytest.mark.django_db
DUE = timedelta(days=10)
HEADINGS = {"public_spirit": "常年义务清扫", "warmth": "邻里都找她", "ability": "会调解", "standing": "大家信得过"}


@pytest.fixture
def place(clock: Any, method: Callable) -> Community:
    """A place by Ningde's method: the committee files, the subdistrict answers, a unit pledges, the branch confirms."""
    clock.move_to("2026-05-08 09:00")
    place = make_community()
    method("ningde")
    branch = found("estate_branch", "幸福里党支部", zone=place.estates[0])
    unit = found("member_unit", "电力公司")
    answering = Body.objects.get(kind="subdistrict_committee")
    seat(place, "subdistrict_officer", answering, "member")
    seat(place, "resident", unit, "member")
    seat(place, "neighbour", branch, "estate_secretary")
    return place


def body(kind: str) -> Body:
    return Body.objects.filter(kind=kind).order_by("pk").first()


def filed(place: Community, **more: Any) -> Filing:
    given = {"kind": "branch_founding", "title": "成立幸福里党支部", "by": body("community_committee"), **more}
    return file_matter(actor=place.actor("community_secretary"), new=NewFiling(**given))


def pledged(place: Community) -> Task:
    branch = body("estate_branch")
    new = NewTask("backing_pledge", "修路灯", body("member_unit"), today() + DUE, host=branch, zone=branch.zone)
    return pledge(actor=place.actor("resident"), new=new)


ACTORS = ["community_secretary", "community_worker", "subdistrict_officer", "resident", "neighbour", "administrator"]
ANSWERER = {"subdistrict_officer"}
"""An administrator speaks for no body, not even for one that does not sign in."""
FILER = {"community_secretary"}
FILING_STEPS: dict[str, tuple[set[str], Callable[[Actor, Filing], object]]] = {
    "accept": (ANSWERER, lambda actor, row: answer(actor, row, Verdict.PASS)),
    "return": (ANSWERER, lambda actor, row: answer(actor, row, Verdict.NOT_PASS, "材料不全")),
    "withdraw": (FILER, lambda actor, row: withdraw_filing(actor=actor, filing_id=row.pk)),
}


def answer(actor: Actor, filing: Filing, verdict: str, ground: str = "") -> Filing:
    asked = body("subdistrict_committee").pk
    return answer_filing(actor=actor, filing_id=filing.pk, body_id=asked, verdict=verdict, ground=ground)


def test_every_actor_in_every_state_of_a_filing(place: Community) -> None:
    filing = filed(place)
    for state in FilingState:
        for verb, (allowed, act) in FILING_STEPS.items():
            for name in ACTORS:
                Filing.objects.filter(pk=filing.pk).update(state=state, receipt="", decided_at=None)
                FilingAnswer.objects.filter(filing=filing).update(verdict="", ground="")
                error = refused(act, place.actor(name), filing)
                if name not in allowed:
                    assert error is NotAllowed, (state, verb, name, error)
                elif state in FILINGS.moves[verb]:
                    assert error is None, (state, verb, name, error)
                else:
                    assert error in {WrongState, NotAllowed}, (state, verb, name, error)


def refused(act: Callable[..., object], *arguments: Any) -> type | None:
    try:
        act(*arguments)
    except JinlinError as error:
        return type(error)
    return None


DOER, HOST = {"resident"}, {"neighbour"}
OTHER = "subdistrict_office"
TASK_STEPS: dict[str, tuple[set[str], Callable[[Actor, Task], object]]] = {
    TaskVerb.DO: (DOER, lambda actor, row: do_task(actor=actor, task_id=row.pk, outcome="三盏路灯已修好")),
    TaskVerb.CONFIRM: (HOST, lambda actor, row: confirm_task(actor=actor, task_id=row.pk)),
    TaskVerb.REOPEN: (HOST, lambda actor, row: reopen_task(actor=actor, task_id=row.pk, why="还有一盏不亮")),
    TaskVerb.HAND_OVER: (
        DOER,
        lambda actor, row: hand_over_task(actor=actor, task_id=row.pk, body_id=body(OTHER).pk, why="请街道办理"),
    ),
    TaskVerb.DROP: (DOER, lambda actor, row: drop_task(actor=actor, task_id=row.pk, why="设备停产")),
}


def test_every_actor_in_every_state_of_a_task(place: Community) -> None:
    task = pledged(place)
    for state in TaskState:
        for verb, (allowed, act) in TASK_STEPS.items():
            for name in ACTORS:
                Task.objects.filter(pk=task.pk).update(state=state, body=body("member_unit"))
                error = refused(act, place.actor(name), task)
                if name not in allowed:
                    assert error is NotAllowed, (state, verb, name, error)
                else:
                    assert error is (None if state in TASKS.moves[verb] else WrongState), (state, verb, name, error)


def test_every_heading_needs_a_reason_in_words(place: Community) -> None:
    about = {"person": place.persons["neighbour"], "subject": body("estate_branch"), "post": "estate_secretary"}
    new = {"kind": "secretary", **about}
    for heading in HEADINGS:
        for wrong in ("", "  ", "95", "9.5分", "８分", "10/10", "九十分", "95%"):
            with pytest.raises(Invalid) as error:
                filed(place, **new, words={**HEADINGS, heading: wrong})
            assert set(error.value.fields) == {heading}, wrong
    with pytest.raises(Invalid):
        filed(place, **new, words={**HEADINGS, "beauty": "很好"})
    assert not Filing.objects.exists()
    filing = filed(place, **new, words=HEADINGS)
    who, where = place.persons["neighbour"].pk, body("estate_branch").pk
    assert accepted_filing(kind="secretary", person_id=who, body_id=where) is None
    answer(place.actor("subdistrict_officer"), filing, Verdict.PASS)
    assert accepted_filing(kind="secretary", person_id=who, body_id=where) == filing
    assert accepted_filing(kind="secretary", person_id=who, body_id=where + 99) is None
    filing.refresh_from_db()
    assert filing.receipt == "BA202600001"
    second = answer(place.actor("subdistrict_officer"), filed(place), Verdict.NO_RECORD)
    assert second.receipt == "BA202600002"


def test_a_file_about_a_person_is_read_by_those_it_concerns(place: Community) -> None:
    about = {"person": place.persons["resident"], "subject": body("estate_branch"), "post": "estate_secretary"}
    filing = filed(place, kind="secretary", words=HEADINGS, **about)
    about_nobody = filed(place)
    readers = {"community_secretary", "subdistrict_officer", "resident"}
    for name in place.persons:
        seen = set(filings_visible_to(place.actor(name)).values_list("pk", flat=True))
        assert (filing.pk in seen) == (name in readers), name
        asked = set(filing.answers.values_list("body_id", flat=True))
        reads = bool(may_read_verdicts(place.actor(name), filing, asked))
        assert reads == (name in {"subdistrict_officer", "resident"}), name
    assert about_nobody.pk in set(filings_visible_to(place.actor("community_worker")).values_list("pk", flat=True))
    assert Notice.objects.filter(person_id=place.persons["subdistrict_officer"].pk).count() == 2


def test_a_matter_about_a_post_needs_its_person_post_and_a_body_of_the_own_area(place: Community) -> None:
    good = {"person": place.persons["resident"], "subject": body("estate_branch"), "post": "estate_secretary"}
    elsewhere = Body.objects.create(kind="estate_branch", name="外区党支部", place_code=f"{SUBDISTRICT}002")
    other_post, ended = body("property_firm"), found("estate_branch", "旧党支部", zone=place.estates[1])
    Body.objects.filter(pk=ended.pk).update(ended_on=date(2025, 1, 1), active=False)
    ended.refresh_from_db()
    wrong: list[tuple[str, Any]] = [
        ("person", None),
        ("post", ""),
        ("post", "building_head"),
        *(("subject", row) for row in (None, elsewhere, other_post, ended)),
    ]
    for field, value in wrong:
        with pytest.raises(Invalid) as error:
            filed(place, kind="secretary", words=HEADINGS, **{**good, field: value})
        assert set(error.value.fields) == {field}, (field, value)
    for about in ({"person": good["person"]}, {"post": "estate_secretary"}):
        with pytest.raises(Invalid) as error:
            filed(place, **about)
        assert set(error.value.fields) == {"person"}
    with pytest.raises(Invalid) as error:
        filed(place, subject=elsewhere)
    assert set(error.value.fields) == {"subject"}
    assert not Filing.objects.exists()


def test_several_departments_are_waited_for(clock: Any, method: Callable) -> None:
    clock.move_to("2026-05-08 09:00")
    place = make_community()
    method("hongshan")
    new = NewFiling(
        "qualification",
        "候选人联审",
        body("community_committee"),
        subject=body("residents_committee"),
        person=place.persons["resident"],
        post="committee_member",
    )
    filing = file_matter(actor=place.actor("community_secretary"), new=new)
    asked = list(filing.answers.select_related("body"))
    assert len(asked) > 1
    for row in asked[:-1]:
        answer_filing(actor=SYSTEM, filing_id=filing.pk, body_id=row.body_id, verdict=Verdict.NO_RECORD)
        filing.refresh_from_db()
        assert filing.state == FilingState.PENDING
    with pytest.raises(Invalid):
        answer_filing(actor=SYSTEM, filing_id=filing.pk, body_id=asked[-1].body_id, verdict=Verdict.NOT_PASS)
    answer_filing(
        actor=SYSTEM, filing_id=filing.pk, body_id=asked[-1].body_id, verdict=Verdict.NOT_PASS, ground="任职资格不符"
    )
    filing.refresh_from_db()
    assert filing.state == FilingState.RETURNED and not filing.receipt


def test_work_that_cannot_be_given(place: Community) -> None:
    secretary, committee, branch = (
        place.actor("community_secretary"),
        body("community_committee"),
        body("estate_branch"),
    )
    good = {"kind": "joint_task", "title": "清理楼道", "body": branch, "due_on": today() + DUE, "given_by": committee}
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"body": None}, "body"),
        ({"title": " "}, "title"),
        ({"title": "长" * 121}, "title"),
        ({"due_on": date(2020, 1, 1)}, "due_on"),
        ({"kind": "moon"}, "kind"),
        ({"given_by": None}, "given_by"),
    ]
    for change, field in wrong:
        with pytest.raises(Invalid) as error:
            give_task(actor=secretary, new=NewTask(**{**good, **change}))
        assert field in error.value.fields
    with pytest.raises(NotAllowed):
        give_task(actor=secretary, new=NewTask(**{**good, "kind": "backing_pledge"}))
    with pytest.raises(NotAllowed):
        pledge(actor=secretary, new=NewTask(**{**good, "given_by": None}))
    Body.objects.filter(pk=branch.pk).update(active=False)
    branch.refresh_from_db()
    with pytest.raises(NotAllowed):
        give_task(actor=secretary, new=NewTask(**good))
    assert AuditEntry.objects.filter(verb="organisations.refuse_task").count() == 1
    assert not Task.objects.exists()


class Life(RuleBasedStateMachine):
    """A pledge under any order of steps by anybody."""

    place: Community

    def __init__(self) -> None:
        super().__init__()
        self.task = pledged(self.place)
        self.lines = self.written()

    def written(self) -> int:
        return AuditEntry.objects.filter(subject_id=str(self.task.pk), verb__endswith="_task").count()

    @rule(verb=st.sampled_from(sorted(TASK_STEPS)), name=st.sampled_from(ACTORS))
    def attempt(self, verb: str, name: str) -> None:
        """Try a step: it does all that it should, or nothing."""
        before = Task.objects.values().get(pk=self.task.pk)
        error = refused(TASK_STEPS[verb][1], self.place.actor(name), self.task)
        after = Task.objects.values().get(pk=self.task.pk)
        if error is None:
            assert after["state"] == TASKS.moves[verb][before["state"]]
            self.lines += 1
        else:
            assert after == before

    @invariant()
    def history_grows_with_each_step(self) -> None:
        """Every step that was taken has its line, and no other has."""
        assert self.written() == self.lines

    @invariant()
    def what_counts_was_confirmed_by_another(self) -> None:
        """A pledge counts as done only once it is confirmed."""
        playbook_board = board_of(Task.objects.filter(pk=self.task.pk).select_related("body"), self.playbook, today())
        self.task.refresh_from_db()
        assert playbook_board.done == (self.task.state == TaskState.CONFIRMED)
        assert (self.task.confirmed_on is not None) == (self.task.state == TaskState.CONFIRMED)


def test_no_order_of_steps_leads_astray(place: Community, method: Callable) -> None:
    Life.place, Life.playbook = place, method("ningde")  # type: ignore[attr-defined]
    quick = settings(max_examples=12, stateful_step_count=12, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Life, settings=quick)

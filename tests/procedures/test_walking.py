"""A procedure goes through its steps in order, and refuses the rest with the reason; what has begun keeps its version."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from jinlin.organisations.models import Body
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid, NotAllowed, Stale, WrongState
from jinlin.platform.models import Notice
from jinlin.platform.sends import Door, RepeatedSend
from jinlin.platform.works import Outcome, Purpose, matter_of, works_for
from jinlin.procedures import actions, queries, rules
from jinlin.procedures.actions import Evidence
from jinlin.procedures.models import Definition, Line, Procedure, Proof
from jinlin.procedures.queries import open_step
from tests.procedures.conftest import Begun
from tests.support.community import Community
from tests.support.photos import photo
from tests.support.works import WorksOfTests

pytestmark = pytest.mark.django_db
MINUTES = Evidence("minutes", "到会9人，同意改造。")


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def dots(procedure: Procedure) -> list[str]:
    return [dot.state for dot in queries.dots(procedure, queries.visits_of(procedure))]


def opinion(place: Community, procedure: Procedure, by: str = "neighbour_head", **more: Any) -> Procedure:
    given = {"words": "同意，先看方案。", "evidence": [MINUTES], **more}
    return actions.conclude(actor=place.actor(by), procedure_id=procedure.pk, key=procedure.at_key, **given)


def test_six_dots_from_begin_to_complete(ningde: Community, begun: Begun, works_of_tests: WorksOfTests, clock: Any):
    procedure = begun("two_two_two")
    assert dots(procedure) == ["open", *["to_come"] * 5]
    procedure = opinion(ningde, procedure)
    assert dots(procedure) == ["done", "open", *["to_come"] * 4]
    assert works_of_tests.conclude(procedure).at_key == "decision_disclosed"
    clock.forward(days=7)
    assert works_of_tests.conclude(procedure, Outcome.DONE).at_key == "committee_evaluated"
    picture = Evidence("photo", file=photo())
    actions.prove(
        actor=ningde.actor("neighbour_head"), procedure_id=procedure.pk, key="committee_evaluated", evidence=picture
    )
    assert works_of_tests.conclude(procedure, Outcome.DONE).at_key == "property_evaluated"
    assert works_of_tests.conclude(procedure, Outcome.DONE).at_key == "result_disclosed"
    clock.forward(days=7)
    assert works_of_tests.conclude(procedure, Outcome.DONE).state == "complete"
    assert dots(procedure) == ["done"] * 6
    assert procedure.ended_at == now() and procedure.at_key == ""


def test_a_later_step_is_refused_with_the_one_that_is_open(ningde: Community, begun: Begun):
    procedure = begun("two_two_two")
    for act in (actions.conclude, actions.skip):
        with pytest.raises(
            WrongState, match="“Property firm evaluated” cannot be taken: “Opinion of the branch” is open"
        ):
            act(actor=ningde.actor("neighbour_head"), procedure_id=procedure.pk, key="property_evaluated", words="好")
    assert dots(procedure) == ["open", *["to_come"] * 5]


def test_only_those_named_take_a_step(ningde: Community, begun: Begun):
    procedure = begun("two_two_two")
    for other in ("grid_member", "community_worker", "resident"):
        with pytest.raises(NotAllowed):
            opinion(ningde, procedure, other)


def test_what_needs_proof_is_not_concluded_without(ningde: Community, begun: Begun):
    procedure = begun("two_two_two")
    with pytest.raises(Invalid) as refused:
        opinion(ningde, procedure, evidence=[])
    assert "minutes" in str(refused.value.fields["proof"])
    with pytest.raises(Invalid) as refused:
        opinion(ningde, procedure, words=" ")
    assert "words" in refused.value.fields
    assert not Proof.objects.exists()


def test_a_step_that_is_for_a_meeting_is_not_concluded_by_hand(ningde: Community, begun: Begun):
    procedure = opinion(ningde, begun("two_two_two"))
    with pytest.raises(WrongState, match="not by hand"):
        opinion(ningde, procedure, "grid_member")


@pytest.mark.parametrize(
    ("work", "fault"),
    [
        ({"outcome": None}, "still under way"),
        ({"begun_at": "early"}, "begun before this step was open"),
        ({}, "It lasted 0 of at least 7 days."),
    ],
)
def test_a_work_that_does_not_count_says_why(
    ningde: Community, begun: Begun, works_of_tests: WorksOfTests, work: dict, fault: str
):
    procedure = works_of_tests.conclude(opinion(ningde, begun("two_two_two")))
    step = open_step(procedure)
    if work.get("begun_at"):
        work["begun_at"] = step.opened_at - timedelta(days=9)
    works_of_tests.add(step, **work)
    assert [fault in " ".join(found.faults) for found in rules.candidates(step)] == [True]
    assert not actions.catch_up(actor=SYSTEM, procedure_id=procedure.pk)
    assert dots(procedure)[2] == "open"


def test_works_of_another_kind_or_to_come_are_no_candidates(
    ningde: Community, begun: Begun, works_of_tests: WorksOfTests
):
    procedure = opinion(ningde, begun("two_two_two"))
    works_of_tests.add(open_step(procedure), purpose="evaluate")
    assert rules.candidates(open_step(procedure)) == []


def test_a_missing_side_is_named(ningde: Community, begun: Begun, works_of_tests: WorksOfTests):
    procedure = begun("joint_meeting")
    step = open_step(procedure)
    works_of_tests.add(step, sides=["property", "owners_committee", "supervisory"])
    (found,) = rules.candidates(step)
    assert found.faults == ("Not there: Estate branch.",)
    works_of_tests.done.clear()
    works_of_tests.add(step, sides=["branch", "owners"])
    (found,) = rules.candidates(step)
    assert found.faults == ("Not there: Owners' supervisory committee, Property firm.",)
    works_of_tests.done.clear()
    assert works_of_tests.conclude(procedure, sides=["branch", "owners", "property"]).at_key == "done"


def test_a_failed_vote_goes_back_as_often_as_it_may_and_then_stops(
    ningde: Community, begun: Begun, works_of_tests: WorksOfTests
):
    procedure = opinion(ningde, begun("two_two_two"))
    for _round in range(2):
        assert works_of_tests.conclude(procedure, Outcome.FAILED).at_key == "branch_discusses"
        procedure = opinion(ningde, procedure)
    assert works_of_tests.conclude(procedure, Outcome.FAILED).state == "stopped"
    assert Line.objects.filter(procedure=procedure, verb="go_back").count() == 2


def test_an_upheld_objection_goes_back(ningde: Community, begun: Begun, works_of_tests: WorksOfTests):
    procedure = works_of_tests.conclude(opinion(ningde, begun("two_two_two")))
    assert works_of_tests.conclude(procedure, Outcome.UPHELD).at_key == "committee_discusses"
    assert dots(procedure) == ["done", "open", *["to_come"] * 4]
    states = list(procedure.visits.order_by("number").values_list("key", "state", "returned"))
    assert states[2:] == [("decision_disclosed", "upheld", False), ("committee_discusses", "open", True)]


def test_a_poor_evaluation_comes_again_only_with_something_new(
    ningde: Community, begun: Begun, works_of_tests: WorksOfTests, clock: Any
):
    procedure = works_of_tests.conclude(opinion(ningde, begun("two_two_two")))
    clock.forward(days=7)
    procedure = works_of_tests.conclude(procedure, Outcome.DONE)
    step = open_step(procedure)
    picture = Evidence("photo", file=photo())
    branch = ningde.actor("neighbour_head")
    actions.prove(actor=branch, procedure_id=procedure.pk, key=step.key, evidence=picture)
    assert works_of_tests.conclude(procedure, Outcome.FAILED).at_key == "committee_evaluated"
    procedure = works_of_tests.conclude(procedure, Outcome.DONE)
    (found,) = rules.candidates(open_step(procedure))
    assert "Still to be handed in: photo" in found.faults[0]
    actions.prove(actor=branch, procedure_id=procedure.pk, key=procedure.at_key, evidence=picture)
    procedure.refresh_from_db()
    assert procedure.at_key == "property_evaluated"


def test_what_follows_is_chosen_with_a_reason(place: Community, begun: Begun, works_of_tests: WorksOfTests):
    procedure = begun("five_proposers_forums", "resident", zone=None)
    worker = place.actor("community_secretary")
    for choice in ("", "task"):
        with pytest.raises(Invalid) as refused:
            actions.conclude(actor=worker, procedure_id=procedure.pk, key="screening", words="重要", choice=choice)
        assert "choice" in refused.value.fields
    actions.conclude(
        actor=worker, procedure_id=procedure.pk, key="screening", words="涉及全体居民", choice="deliberation_meeting"
    )
    procedure = works_of_tests.conclude(procedure, sides=["community", "residents"])
    assert procedure.at_key == "deliberation_meeting"  # it waits for somebody to say what follows
    done = actions.conclude(
        actor=worker, procedure_id=procedure.pk, key="deliberation_meeting", words="已有共识", choice="conclusion"
    )
    assert done.at_key == "conclusion"
    visit = done.visits.get(key="deliberation_meeting")
    assert (visit.work_title, visit.sides) == ("议事协商会的会", ["community", "residents"])


def test_time_that_runs_out_goes_on_or_only_warns(ningde: Community, begun: Begun, clock: Any):
    first, second = begun("branch_first", matter="repair_fund"), begun("two_two_two", title="另一件事")
    clock.forward(days=10)
    Notice.objects.all().delete()
    assert str(actions.catch_up_all()) == "0 done, 0 failed"
    assert Notice.objects.filter(text__contains="已经超过").count() == 1
    clock.forward(days=1)
    assert str(actions.catch_up_all()) == "1 done, 0 failed"
    assert str(actions.catch_up_all()) == "0 done, 0 failed"
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.at_key, second.at_key) == ("committee_meets", "branch_discusses")
    assert dots(first)[0] == "lapsed"
    assert Notice.objects.filter(text__contains="已经超过").count() == 1


def test_a_step_is_left_out_only_by_those_named_and_with_a_reason(place: Community, begun: Begun, monkeypatch: Any):
    from tests.support.methods import work_by

    playbook = place_playbook(skip=("community_secretary",))
    work_by(monkeypatch, playbook)
    procedure = begun("five_proposers_forums", "resident", zone=None)
    given = {"procedure_id": procedure.pk, "key": "screening", "choice": "deliberation_meeting"}
    with pytest.raises(NotAllowed):
        actions.skip(actor=place.actor("community_worker"), words="已经筛选过", **given)
    with pytest.raises(Invalid):
        actions.skip(actor=place.actor("community_secretary"), words="", **given)
    done = actions.skip(actor=place.actor("community_secretary"), words="已经筛选过", **given)
    assert dots(done)[:2] == ["skipped", "open"]
    with pytest.raises(NotAllowed, match="may not be left out"):
        actions.skip(
            actor=place.actor("community_secretary"), procedure_id=done.pk, key="deliberation_meeting", words="x"
        )


def place_playbook(**first: Any):
    from jinlin.playbooks.loader import load_playbook

    playbook = load_playbook("hongshan")
    row = playbook.procedure_named("five_proposers_forums")
    steps = (row.steps[0].model_copy(update=first), *row.steps[1:])
    others = tuple(one for one in playbook.procedure if one.key != row.key)
    return playbook.model_copy(update={"procedure": (*others, row.model_copy(update={"steps": steps}))})


def test_what_has_begun_keeps_its_version(place: Community, begun: Begun, monkeypatch: Any):
    from tests.support.methods import work_by

    old = begun("five_proposers_forums", "resident", zone=None)
    again = begun("five_proposers_forums", "resident", zone=None, title="又一件")
    work_by(monkeypatch, place_playbook(most_days=2))
    new = begun("five_proposers_forums", "resident", zone=None, title="第三件")
    assert (old.definition_id, again.definition.version, new.definition.version) == (again.definition_id, 1, 2)
    assert [open_step(row).rules.most_days for row in (old, new)] == [5, 2]
    assert Definition.objects.count() == 2


def test_one_matter_runs_through_a_kind_once_at_a_time(ningde: Community, begun: Begun):
    matter = begun("two_two_two").subject_name
    with pytest.raises(Invalid) as refused:
        begun("two_two_two", subject=matter)
    assert "subject" in refused.value.fields


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "题" * 81}, "title"),
        ({"text": "请找13800138000"}, "text"),
        ({"place_code": "5301990010019999"}, "place"),
        ({"zone": None}, "place"),
        ({"matter": "repair_fund"}, "matter"),
    ],
)
def test_what_cannot_begin_says_at_which_field(ningde: Community, begun: Begun, given: dict, field: str):
    with pytest.raises(Invalid) as refused:
        begun("two_two_two", **given)
    assert field in refused.value.fields


def test_a_kind_that_the_place_does_not_have_is_refused(ningde: Community, begun: Begun):
    with pytest.raises(Invalid):
        begun("four_self")


def test_a_send_twice_and_a_stale_page_change_nothing_twice(ningde: Community, begun: Begun):
    procedure = begun("two_two_two")
    door = Door(seen=str(procedure.version), key="abc")
    opinion(ningde, procedure, door=door)
    with pytest.raises(RepeatedSend):
        actions.conclude(
            actor=ningde.actor("neighbour_head"), procedure_id=procedure.pk, key="branch_discusses",
            words="同意，先看方案。", evidence=[MINUTES], door=door,
        )  # fmt: skip
    with pytest.raises(Stale):
        actions.withdraw(
            actor=ningde.actor("community_worker"), procedure_id=procedure.pk, words="不办了", door=Door(seen="1")
        )


def test_a_withdrawn_procedure_is_over(ningde: Community, begun: Begun):
    procedure = begun("two_two_two")
    with pytest.raises(NotAllowed):
        actions.withdraw(actor=ningde.actor("resident"), procedure_id=procedure.pk, words="不办了")
    done = actions.withdraw(actor=ningde.actor("community_worker"), procedure_id=procedure.pk, words="已另行解决")
    assert (done.state, dots(done)) == ("withdrawn", ["withdrawn"])
    with pytest.raises(WrongState, match="The procedure is over"):
        opinion(ningde, Procedure(pk=done.pk, at_key="branch_discusses"))
    assert Line.objects.get(procedure=done, verb="withdraw").words == "已另行解决"


def test_others_learn_of_a_step_and_of_a_procedure(ningde: Community, begun: Begun):
    procedure = begun("two_two_two")
    step = open_step(procedure)
    matter = matter_of(ningde.actor("neighbour_head"), step.subject)
    assert (matter.title, matter.may_work) == ("改造3号楼门厅", True)
    assert not matter_of(ningde.actor("resident"), step.subject).may_work
    opinion(ningde, procedure)
    assert not matter_of(SYSTEM, step.subject).may_work
    other = begun("branch_first", matter="repair_fund", title="为此先议")
    Procedure.objects.filter(pk=other.pk).update(subject=procedure.subject_name)
    (work,) = works_for(procedure.subject_name)
    assert (work.purpose, work.outcome, work.url) == (Purpose.DISCLOSE, None, f"/procedures/{other.pk}/")


def test_those_who_take_a_step_hear_of_it(ningde: Community, begun: Begun):
    Notice.objects.all().delete()
    procedure = begun("two_two_two")
    told = Notice.objects.get()
    assert told.person_id == ningde.persons["neighbour_head"].pk and "支部先议" in told.text
    opinion(ningde, procedure)
    assert Notice.objects.filter(person_id=ningde.persons["grid_member"].pk).count() == 1


def test_a_body_that_has_ended_takes_no_step(ningde: Community, begun: Begun):
    procedure = begun("two_two_two")
    Body.objects.filter(kind="estate_branch").update(active=False)
    with pytest.raises(NotAllowed):
        opinion(ningde, procedure)

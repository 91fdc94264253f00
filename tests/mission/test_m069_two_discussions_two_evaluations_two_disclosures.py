"""M069 “两议两评两公开”: six steps in a fixed order with proof of each; none is left out, and with all six it is complete."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from jinlin.disclosure.models import PublicNotice
from jinlin.disclosure.recurring import end_notices
from jinlin.organisations.models import Body
from jinlin.platform.dates import now, today
from jinlin.platform.works import Outcome
from jinlin.procedures.models import Procedure
from jinlin.procedures.queries import open_step
from jinlin.procedures.recurring import catch_up
from jinlin.voting import actions as voting
from jinlin.voting.actions import NewBallot, NewQuestion
from tests.support.community import COMMUNITY, Community, make_community
from tests.support.meetings import arrive, finish, invitations, opened, vote
from tests.support.pages import send, signed_in, text_of, upload
from tests.support.procedures import as_ningde, begin, take
from tests.support.works import WorksOfTests, works_of_tests

__all__ = ["works_of_tests"]
pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M069")]
STEPS = ["支部先议", "业委会议事", "决议公开", "评业委会", "评物业", "结果公开"]


@pytest.fixture
def place(clock: Any, district: Any, method: Callable) -> Community:
    return as_ningde(make_community(), method)


def dots(procedure_id: int) -> list[tuple[str, str]]:
    found = Client().get(f"/procedures/{procedure_id}/").context["dots"]
    return [(dot["word"], dot["state"]) for dot in found]


def test_m069_six_steps_in_order_and_complete_with_all_six(
    place: Community, works_of_tests: WorksOfTests, clock: Any
) -> None:
    branch, worker = signed_in(place, "neighbour_head"), signed_in(place, "community_worker")
    procedure = begin(worker, place, "two_two_two")
    assert dots(procedure.pk) == list(zip(STEPS, ["now"] + ["to_come"] * 5, strict=True))
    assert take(branch, procedure, "branch_discusses", words="同意", proof_minutes="到会9人").status_code == 302
    works_of_tests.conclude(procedure, Outcome.DONE)
    clock.forward(days=6)
    works_of_tests.conclude(procedure, Outcome.DONE)
    assert dots(procedure.pk)[2] == ("决议公开", "now")  # six days are less than the seven that are set
    assert "只进行了6天，至少要7天" in text_of(worker.get(f"/desk/procedures/{procedure.pk}/"))
    works_of_tests.done.pop()
    clock.forward(days=1)
    works_of_tests.conclude(procedure, Outcome.DONE)
    assert [state for _word, state in dots(procedure.pk)] == ["done"] * 3 + ["now"] + ["to_come"] * 2

    refused = take(branch, procedure, "property_evaluated", words="满意")
    assert refused.status_code == 409
    assert "不能办“评物业”：“评业委会”还没有完成，要先办。" in text_of(refused)
    skipped = take(branch, procedure, "committee_evaluated", "skip", words="不用评")
    assert skipped.status_code == 403 and "这一步不能跳过" in text_of(skipped)

    take(branch, procedure, "committee_evaluated", "prove", kind="photo", words="门厅改造后", photo=upload())
    for _step in ("committee_evaluated", "property_evaluated"):
        works_of_tests.conclude(procedure, Outcome.DONE)
    clock.forward(days=7)
    assert works_of_tests.conclude(procedure, Outcome.DONE).state == "complete"
    assert [state for _word, state in dots(procedure.pk)] == ["done"] * 6
    assert "完成" in text_of(Client().get(f"/procedures/{procedure.pk}/"))


def at(procedure: Procedure) -> str:
    catch_up()
    procedure.refresh_from_db()
    return procedure.at_key or procedure.state


def subject(procedure: Procedure) -> str:
    step = open_step(procedure)
    assert step is not None
    return step.subject


def meet(place: Community, procedure: Procedure, *choices: str) -> None:
    """Let the owners' committee meet about the open step and vote."""
    committee = Body.objects.get(kind="owners_committee", zone=place.estates[0])
    meeting = opened("owners_committee_meeting", committee, subject=subject(procedure))
    arrive(meeting, [seat for seat in invitations(meeting) if seat.votes])
    vote(meeting, "同意改造门厅", choices)
    finish(meeting)


def post(place: Community, procedure: Procedure, days: int, clock: Any) -> None:
    """Post a notice for the open step, and let its days pass."""
    desk = signed_in(place, "community_worker")
    words = {"title": "门厅改造公示", "text": "业委会决定改造3号楼门厅。"}
    where = {"place": COMMUNITY, "zone": place.estates[0].pk, "body": place.bodies["residents_committee"].pk}
    path = f"/desk/notices/new/?for={subject(procedure)}"
    short = send(desk, path, kind="decision", days=5, **words, **where)
    assert (short.status_code, set(short.context["form"].errors)) == (422, {"days"}), "five days are not seven"
    answer = send(desk, path, kind="decision", days=days, **words, **where)
    assert answer.status_code == 302, text_of(answer)
    notice = PublicNotice.objects.latest("pk")
    assert send(desk, f"/desk/notices/{notice.pk}/post/", **words, read="on").status_code == 302
    proof = {"place": place.buildings[0].code, "spot": "单元门口", "on": f"{today():%Y-%m-%d}", "photo": upload()}
    assert send(desk, f"/desk/notices/{notice.pk}/prove/", **proof).status_code == 302
    clock.forward(days=days + 1)
    end_notices()


def appraise(place: Community, procedure: Procedure, clock: Any, **counts: int) -> None:
    """Ask five households how it went, and count."""
    worker = place.actor("community_worker")
    new = NewBallot(
        "appraisal", "门厅改造得怎么样", "门厅改造完了，请评价。", place.bodies["residents_committee"], COMMUNITY,
        tuple(building.code for building in place.buildings[:2]), "幸福里", now(), now() + timedelta(days=5),
        (NewQuestion("改造得怎么样"),), subject(procedure),
    )  # fmt: skip
    ballot = voting.prepare_ballot(actor=worker, new=new)
    voting.announce_ballot(actor=worker, ballot_id=ballot.pk)
    entries, question = iter(ballot.roll.order_by("pk")), ballot.questions.get()
    for key, count in counts.items():
        for _number in range(count):
            voting.enter_paper(actor=worker, ballot_id=ballot.pk, entry_id=next(entries).pk, marks={question.pk: [key]})
    clock.forward(days=6)
    voting.count_due()


def test_m069_through_meetings_notices_and_appraisals(place: Community, clock: Any) -> None:
    procedure = begin(signed_in(place, "community_worker"), place, "two_two_two")
    branch = signed_in(place, "neighbour_head")
    take(branch, procedure, "branch_discusses", words="同意", proof_minutes="到会9人")
    meet(place, procedure, "no")
    assert at(procedure) == "branch_discusses"  # the committee voted it down
    take(branch, procedure, "branch_discusses", words="改了方案再议", proof_minutes="到会9人")
    meet(place, procedure, "yes")
    assert at(procedure) == "decision_disclosed"
    post(place, procedure, 7, clock)
    assert at(procedure) == "committee_evaluated"
    branch = signed_in(place, "neighbour_head")
    take(branch, procedure, "committee_evaluated", "prove", kind="photo", words="门厅改造后", photo=upload())
    appraise(place, procedure, clock, solved=5)
    assert at(procedure) == "property_evaluated"
    appraise(place, procedure, clock, solved=3, unsolved=2)
    assert at(procedure) == "property_evaluated"  # two of five find it not solved: it comes again, with something new
    take(signed_in(place, "neighbour_head"), procedure, "property_evaluated", "prove", kind="result", words="已整改")
    appraise(place, procedure, clock, solved=5)
    assert at(procedure) == "result_disclosed"
    post(place, procedure, 7, clock)
    assert at(procedure) == "complete"
    assert [state for _word, state in dots(procedure.pk)] == ["done"] * 6
    page = Client().get(f"/procedures/{procedure.pk}/").content.decode()
    for address in ("/meetings/", "/public/notices/", "/ballots/"):
        assert address in page

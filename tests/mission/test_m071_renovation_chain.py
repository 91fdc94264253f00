"""M071 改不改、改什么、怎么改: 30 of 60 are not more than half, so the chain stops; with 31 the second question opens."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from jinlin.platform.dates import today
from jinlin.procedures.models import Procedure
from jinlin.procedures.queries import open_step
from jinlin.procedures.recurring import catch_up
from jinlin.voting import actions
from jinlin.voting.models import Ballot
from tests.support.community import COMMUNITY, Community
from tests.support.pages import send, signed_in, text_of
from tests.support.procedures import begin, take
from tests.voting.conftest import hand_in, place, prepared, sixty

__all__ = ["hand_in", "place", "prepared", "sixty"]
pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M071")]


def asked(client: Client, place: Community, procedure: Procedure, **more: Any) -> Ballot:
    """Hold the ballot that the open step asks for, begun from the page of the procedure."""
    procedure.refresh_from_db()
    step = open_step(procedure)
    page = client.get(f"/desk/procedures/{procedure.pk}/").content.decode()
    assert f"/desk/ballots/new/?for={step.subject}" in page
    given = {
        "kind": "household_vote", "title": "要不要改造", "text": "3号楼要不要改造", "questions": "要不要改造", "options": "",
        "most": 1, "seats": 1, "body": place.bodies["residents_committee"].pk, "place": COMMUNITY,
        "scope": [place.buildings[0].code], "opens_on": f"{today():%Y-%m-%d}",
        "closes_on": f"{today() + timedelta(days=7):%Y-%m-%d}",
    } | more  # fmt: skip
    assert send(client, f"/desk/ballots/new/?for={step.subject}", **given).status_code == 302
    ballot = Ballot.objects.latest("pk")
    assert send(client, f"/desk/ballots/{ballot.pk}/announce/").status_code == 302
    return ballot


def counted(clock: Any) -> None:
    clock.forward(days=9)
    actions.count_due()
    catch_up()


@pytest.mark.parametrize(("yes", "state", "at"), [(30, "stopped", ""), (31, "running", "what")])
def test_m071_the_chain_stops_at_thirty_and_goes_on_with_thirty_one(
    sixty: Community, hand_in: Any, clock: Any, yes: int, state: str, at: str
) -> None:
    desk = signed_in(sixty, "community_worker")
    procedure = begin(signed_in(sixty, "resident"), sixty, "renovation_questions", matter="one_building")
    ballot = asked(desk, sixty, procedure)
    assert ballot.roll.count() == 60
    hand_in(ballot, yes=yes, no=45 - yes)
    second = take(desk, procedure, "what", words="先定改什么")
    assert second.status_code == 409 and "“改不改”还没有完成" in text_of(second)
    counted(clock)
    procedure.refresh_from_db()
    assert (procedure.state, procedure.at_key) == (state, at)
    page = text_of(Client().get(f"/procedures/{procedure.pk}/"))
    assert "一栋楼" in page
    assert ("未通过，停止" in page) == (yes == 30)


def test_m071_all_three_questions_and_the_plan(sixty: Community, hand_in: Any, clock: Any) -> None:
    desk = signed_in(sixty, "community_worker")
    procedure = begin(signed_in(sixty, "resident"), sixty, "renovation_questions", matter="one_building")
    hand_in(asked(desk, sixty, procedure), yes=40, no=5)
    counted(clock)
    hand_in(asked(desk, sixty, procedure, kind="household_choice", options="电梯\n屋顶"), o1=30, o2=15)
    counted(clock)
    desk = signed_in(sixty, "community_worker")  # weeks have passed
    how = take(signed_in(sixty, "resident"), procedure, "how", words="先屋顶后电梯", proof_minutes="32户参加")
    assert how.status_code == 302
    hand_in(asked(desk, sixty, procedure, title="表决方案"), yes=35, no=10)
    counted(clock)
    procedure.refresh_from_db()
    assert procedure.state == "complete"


@pytest.mark.parametrize("target", ["one_building", "one_courtyard", "one_road", "one_plot"])
def test_m071_four_kinds_of_target(sixty: Community, target: str) -> None:
    begin(signed_in(sixty, "resident"), sixty, "renovation_questions", matter=target)
    missing = send(signed_in(sixty, "resident"), "/procedures/new/renovation_questions/", title="x", place=COMMUNITY)
    assert missing.status_code == 422 and "matter" in missing.context["form"].errors

"""The pages of ballots: prepared and announced at the desk, voted on the phone, read by everybody, and closed to others."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from jinlin.people.models import Account
from jinlin.platform import works
from jinlin.platform.dates import now, today
from jinlin.platform.models import AuditEntry
from jinlin.platform.works import Concluded, Matter, Outcome, Purpose
from jinlin.voting import actions, queries
from jinlin.voting.models import Ballot
from tests.support.community import COMMUNITY, Community
from tests.support.pages import send, signed_in, text_of

pytestmark = pytest.mark.django_db


def prepare(client: Client, place: Community, path: str = "/desk/ballots/new/", **more: Any) -> Any:
    given = {
        "kind": "household_vote", "title": "要不要改造", "text": "1号楼要不要改造", "questions": "要不要改造", "options": "",
        "most": 1, "seats": 1, "body": place.bodies["residents_committee"].pk, "place": COMMUNITY,
        "scope": [place.buildings[0].code], "opens_on": f"{today():%Y-%m-%d}",
        "closes_on": f"{today() + timedelta(days=7):%Y-%m-%d}",
    } | more  # fmt: skip
    return send(client, path, **given)


def announced(client: Client, place: Community, **more: Any) -> Ballot:
    answer = prepare(client, place, **more)
    assert answer.status_code == 302, text_of(answer)
    ballot = Ballot.objects.latest("pk")
    assert send(client, f"/desk/ballots/{ballot.pk}/announce/").status_code == 302
    ballot.refresh_from_db()
    return ballot


def test_a_vote_goes_from_the_desk_to_the_phone_and_into_the_result(sixty, hand_in, clock):
    desk, phone = signed_in(sixty, "community_worker"), signed_in(sixty, "resident")
    ballot = announced(desk, sixty)
    page = text_of(phone.get("/ballots/"))
    assert "请您投票" in page
    assert "要不要改造" in page
    question = ballot.questions.get()
    address = f"/ballots/{ballot.pk}/paper/"
    form = phone.get(address).context["form"]
    given = {"key": form["key"].value(), f"q{question.pk}": "yes"}
    check = phone.post(address, given)
    assert "检查选票" in text_of(check)
    assert not ballot.papers.exists(), "looking at it once more casts nothing"
    assert phone.post(address, {**given, "cast": "on"}).status_code == 302
    assert phone.post(address, {**given, "cast": "on"}).status_code == 302, "sent twice, cast once"
    assert ballot.papers.filter(counted=True).count() == 1
    hand_in(ballot, yes=30, no=14)
    mine = text_of(phone.get(f"/ballots/{ballot.pk}/"))
    assert "应投60票，已投45票" in mine
    assert "赞成" in mine
    assert "未通过" not in mine
    clock.forward(days=9)
    actions.count_due()
    result = text_of(Client().get(f"/ballots/{ballot.pk}/"))
    assert "31 / 60" in result
    assert "31 / 60 · 51.6% 达到" in result
    assert "31 / 60" in text_of(desk.get(f"/desk/ballots/{ballot.pk}/sheet/"))


def test_thirty_of_sixty_are_not_more_than_half(sixty, prepared, hand_in, clock):
    ballot = prepared("household_vote")
    hand_in(ballot, yes=30, no=15)
    clock.forward(days=8)
    actions.count_due()
    page = text_of(Client().get(f"/ballots/{ballot.pk}/"))
    assert "30 / 60 · 50.0%" in page
    assert "差1" in page
    assert "未通过" in page


def test_only_the_turnout_is_told_before_the_end(sixty, prepared, hand_in):
    ballot = prepared("household_vote")
    hand_in(ballot, yes=9, no=1)
    for client in (Client(), signed_in(sixty, "community_worker"), signed_in(sixty, "auditor")):
        for path in (f"/ballots/{ballot.pk}/", f"/desk/ballots/{ballot.pk}/"):
            answer = client.get(path)
            if answer.status_code == 200:
                assert "10" in text_of(answer)
                assert "90.0%" not in text_of(answer)
    assert queries.results(ballot) == []


def test_a_paper_without_a_choice_goes_back_with_its_field(place, prepared):
    ballot = prepared("household_vote")
    answer = signed_in(place, "resident").post(f"/ballots/{ballot.pk}/paper/", {"key": "k"})
    assert answer.status_code == 422
    assert "请选择一项" in text_of(answer)


def test_four_of_ten_not_solved_send_the_matter_back(sixty, hand_in, clock, monkeypatch):
    monkeypatch.setattr(works, "_describers", {"task": lambda actor, pk: Matter(
        f"task:{pk}", "修路灯", "路灯已修", COMMUNITY, "/tasks/3/", may_work=True)})  # fmt: skip
    told: list[Concluded] = []
    monkeypatch.setattr("jinlin.voting.actions.counting.announce", told.append)
    desk = signed_in(sixty, "community_worker")
    answer = prepare(desk, sixty, "/desk/ballots/new/?for=task:3", kind="appraisal")
    assert answer.status_code == 302, text_of(answer)
    ballot = Ballot.objects.get(subject="task:3")
    send(desk, f"/desk/ballots/{ballot.pk}/announce/")
    hand_in(Ballot.objects.get(pk=ballot.pk), solved=5, partly=1, unsolved=4)
    running = works.works_for("task:3")
    assert [(work.purpose, work.outcome) for work in running] == [(Purpose.EVALUATE, None)]
    clock.forward(days=9)
    actions.count_due()
    assert told == [Concluded("task:3", f"ballot:{ballot.pk}", Outcome.FAILED)]
    assert "重新办理" in text_of(Client().get(f"/ballots/{ballot.pk}/"))


def test_four_answers_are_not_broken_down(sixty, prepared, hand_in, clock):
    ballot = prepared("appraisal")
    hand_in(ballot, solved=2, unsolved=2)
    clock.forward(days=9)
    actions.count_due()
    page = text_of(Client().get(f"/ballots/{ballot.pk}/"))
    assert "不分项公布" in page
    assert "50.0%" not in page
    ballot.refresh_from_db()
    assert ballot.passed is None


def test_a_matter_that_others_work_on_is_not_put_to_the_vote(place, monkeypatch):
    monkeypatch.setattr(works, "_describers", {"task": lambda actor, pk: Matter(
        f"task:{pk}", "修路灯", "路灯已修", COMMUNITY, "/tasks/3/", may_work=False)})  # fmt: skip
    answer = prepare(signed_in(place, "community_worker"), place, "/desk/ballots/new/?for=task:3")
    assert answer.status_code == 422
    assert signed_in(place, "community_worker").get("/desk/ballots/new/?for=tree:3").status_code == 404


@pytest.mark.parametrize("name", ["resident", "grid_member", "property_manager"])
def test_the_desk_is_for_those_who_call_votes(place, prepared, name):
    ballot = prepared("household_vote")
    client = signed_in(place, name)
    for page in ("", "new/", f"{ballot.pk}/", f"{ballot.pk}/roll/", f"{ballot.pk}/enter/"):
        assert client.get(f"/desk/ballots/{page}").status_code in {403, 404}


def test_the_roll_is_for_staff_and_every_look_is_written_down(place, prepared):
    ballot = prepared("household_vote")
    assert signed_in(place, "auditor").get(f"/desk/ballots/{ballot.pk}/roll/").status_code == 403
    page = signed_in(place, "community_worker").get(f"/desk/ballots/{ballot.pk}/roll/")
    assert place.homes[0].address in text_of(page)
    line = AuditEntry.objects.filter(verb="voting.roll").get()
    assert line.actor_id == Account.objects.get(person=place.persons["community_worker"]).pk


def test_a_vote_that_is_called_off_says_why_and_takes_no_paper(place, prepared):
    ballot = prepared("household_vote")
    desk = signed_in(place, "community_worker")
    assert send(desk, f"/desk/ballots/{ballot.pk}/cancel/", reason="").status_code == 422
    assert send(desk, f"/desk/ballots/{ballot.pk}/cancel/", reason="方案要改").status_code == 302
    assert "方案要改" in text_of(desk.get(f"/desk/ballots/{ballot.pk}/"))
    resident = signed_in(place, "resident")
    page = text_of(resident.get(f"/ballots/{ballot.pk}/"))
    assert "本次表决已取消" in page
    assert "方案要改" in page
    assert resident.get(f"/ballots/{ballot.pk}/paper/").status_code == 302


def test_two_officers_on_one_ballot(place, prepared):
    draft = prepared("household_vote", announce=False)
    desk = signed_in(place, "community_worker")
    form = desk.get(f"/desk/ballots/{draft.pk}/cancel/").context["form"]
    actions.announce_ballot(actor=place.actor("community_secretary"), ballot_id=draft.pk)
    late = desk.post(
        f"/desk/ballots/{draft.pk}/cancel/", {"key": form["key"].value(), "seen": "draft", "reason": "不办了"}
    )
    assert late.status_code == 409
    draft.refresh_from_db()
    assert draft.state == "announced"


def test_the_period_is_that_of_the_kind(place):
    answer = prepare(signed_in(place, "community_worker"), place, closes_on=f"{now():%Y-%m-%d}")
    assert answer.status_code == 422
    assert "投票期不得少于3天" in text_of(answer)

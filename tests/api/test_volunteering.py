"""Volunteering through the API: posts for everybody, one's own claims and their steps, each send done once."""

import pytest

from jinlin.volunteering.actions import NewPosting, confirm, post
from jinlin.volunteering.models import Pairing, Posting
from tests.api.programs import refusal
from tests.support.community import COMMUNITY, Community


@pytest.fixture
def put_up(community: Community):
    def make(title: str = "楼道保洁", places: int = 1, kind: Posting.Kind = Posting.Kind.POST) -> Posting:
        body = community.bodies["residents_committee"]
        new = NewPosting(kind, "people", title, places, COMMUNITY, body, windows=[(5, 9, 12)])
        return post(actor=community.actor("community_worker"), new=new)

    return make


def test_posts_are_public_and_needs_are_not(nobody, put_up) -> None:
    shown, need = put_up(), put_up("周六搬运", kind=Posting.Kind.NEED)
    (row,) = nobody.get("/volunteering/posts").json()["rows"]
    assert (row["id"], row["free"], row["windows"]) == (
        str(shown.pk), 1, [{"weekday": 5, "first_hour": 9, "end_hour": 12}]
    )  # fmt: skip
    assert nobody.get(f"/volunteering/posts/{shown.pk}").json() == row
    assert nobody.get("/volunteering/posts", place="530199001002").json()["rows"] == []
    refusal(nobody.get(f"/volunteering/posts/{need.pk}"), 404, "not_found")
    refusal(nobody.get("/volunteering/pairings"), 401, "not_signed_in")
    refusal(nobody.post(f"/volunteering/posts/{shown.pk}/claim"), 401, "not_signed_in")


def test_a_claim_is_sent_twice_and_made_once_and_the_next_waits(program, put_up) -> None:
    shown = put_up()
    resident, neighbour = program("resident"), program("neighbour")
    answers = [resident.post(f"/volunteering/posts/{shown.pk}/claim", key="k1") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json() and Pairing.objects.count() == 1
    refusal(resident.post(f"/volunteering/posts/{shown.pk}/claim"), 409, "wrong_state")
    refusal(resident.post(f"/volunteering/posts/{put_up('别的').pk}/claim", key="k1"), 409, "key_reused")
    assert neighbour.post(f"/volunteering/posts/{shown.pk}/claim", key="k1").json()["state"] == "waiting"
    assert [row["state"] for row in resident.get("/volunteering/pairings").json()["rows"]] == ["accepted"]
    assert resident.get("/volunteering/pairings", state="waiting").json()["rows"] == []


def test_serve_then_the_host_confirms_and_others_see_nothing(program, community, put_up) -> None:
    resident, neighbour = program("resident"), program("neighbour")
    made = resident.post(f"/volunteering/posts/{put_up().pk}/claim").json()
    steps = f"/volunteering/pairings/{made['id']}"
    refusal(neighbour.post(f"{steps}/withdraw"), 404, "not_found")
    refusal(resident.post(f"{steps}/serve", {"seen": "waiting"}), 409, "stale")
    refusal(resident.post(f"{steps}/serve", {"solved": "找张三13812345678"}), 422, "invalid")
    served = {"seen": "accepted", "minutes": 45, "solved": "三楼堆物"}
    answers = [resident.post(f"{steps}/serve", served, "k2") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert answers[2].json()["state"] == "served"
    refusal(resident.post(f"{steps}/withdraw", {}, "k2"), 409, "key_reused")
    confirm(actor=community.actor("community_worker"), pairing_id=int(made["id"]))
    (row,) = resident.get("/volunteering/pairings").json()["rows"]
    assert (row["state"], row["minutes"]) == ("confirmed", 45)


def test_withdraw_with_a_key_and_agree_or_decline_what_is_not_proposed(program, put_up) -> None:
    resident = program("resident")
    made = resident.post(f"/volunteering/posts/{put_up().pk}/claim").json()
    steps = f"/volunteering/pairings/{made['id']}"
    for path in ("agree", "decline"):
        refusal(resident.post(f"{steps}/{path}"), 409, "wrong_state")
    answers = [resident.post(f"{steps}/withdraw", {"note": "有事"}, "k3") for _ in range(2)]
    assert [answer.json()["state"] for answer in answers] == ["withdrawn", "withdrawn"]

"""The wish wall through the API: the wall is public, a wish is made once, steps are those of the caller."""

from jinlin.wishes.models import Wish
from tests.api.programs import refusal
from tests.support.community import COMMUNITY

WISH = {"title": "想要一个收音机", "nickname": "戏迷", "place": COMMUNITY}


def test_a_wish_goes_from_making_to_confirmation(nobody, program) -> None:
    resident, desk, neighbour = program("resident"), program("community_worker"), program("neighbour")
    refusal(nobody.post("/wishes", WISH), 401, "not_signed_in")
    made, again = (resident.post("/wishes", WISH, key="once") for _ in range(2))
    assert (made.status_code, again.json()["id"]) == (201, made.json()["id"])
    one = f"/wishes/{made.json()['id']}"
    refusal(nobody.get(one), 404, "not_found")
    assert [row["state"] for row in resident.get("/wishes/mine").json()["rows"]] == ["draft"]
    assert desk.post(f"{one}/put-up").json()["state"] == "open"
    assert [row["nickname"] for row in nobody.get("/wishes").json()["rows"]] == ["戏迷"]
    assert nobody.get("/wishes", place="530199001002").json()["rows"] == []
    assert neighbour.post(f"{one}/claim").json()["steps_open"] == ["fulfil", "give_up"]
    refusal(program("grid_member").post(f"{one}/claim"), 409, "wrong_state")
    done = [neighbour.post(f"{one}/fulfil", {"words": "送到家了"}, "k") for _ in range(2)]
    assert [answer.json()["state"] for answer in done] == ["fulfilled"] * 2
    refusal(neighbour.post(f"{one}/confirm"), 403, "not_allowed")
    refusal(resident.post(f"{one}/confirm", {"seen": "open"}), 409, "stale")
    assert resident.post(f"{one}/confirm", {"seen": "fulfilled"}).json()["state"] == "confirmed"
    assert nobody.get("/wishes", come_true="true").json()["rows"][0]["result"] == "送到家了"


def test_what_cannot_be_wished_says_why_at_its_field(program) -> None:
    answer = program("resident").post("/wishes", WISH | {"title": "借我500元现金"})
    refusal(answer, 422, "invalid")
    assert "title" in answer.content.decode()
    assert not Wish.objects.exists()


def test_a_request_of_the_entrance_small_wish_is_sent_on_to_the_wall(program) -> None:
    refusal(program("resident").post("/requests", {"text": "想要一个收音机", "function": "wish"}), 422, "invalid")

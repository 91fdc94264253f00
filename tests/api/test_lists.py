"""Lists through the API: open to read, orders once, steps by those whose they are."""

from jinlin.lists.actions import NewItem, NewList, open_lists
from jinlin.lists.models import Item
from tests.api.programs import refusal
from tests.support.community import COMMUNITY


def test_an_order_is_placed_once_supported_taken_on_and_closed(nobody, program, community) -> None:
    body, firm = community.bodies["residents_committee"], community.bodies["property_firm"]
    lists = [
        NewList("order", "群众下单", COMMUNITY, body),
        NewList("problem", "问题", COMMUNITY, body, items=[NewItem("灯")]),
    ]
    orders, _problems = open_lists(actor=community.actor("community_worker"), lists=lists)
    assert [row["kind"] for row in nobody.get("/lists", kind="order").json()["rows"]] == ["order"]
    path = f"/lists/{orders.pk}/orders"
    refusal(nobody.post(path, {"title": "修路灯"}), 401, "not_signed_in")
    resident, desk = program("resident"), program("community_worker")
    made, again = (resident.post(path, {"title": "修路灯", "choice": "repair"}, "k") for _ in range(2))
    assert (made.status_code, made.json()) == (201, again.json())
    one = f"/lists/items/{made.json()['id']}"
    assert program("neighbour").post(f"{one}/support").json()["supports"] == 2
    refusal(resident.post(f"{one}/support"), 409, "wrong_state")
    claim = {"body_id": str(firm.pk), "due_on": "2026-12-31", "seen": made.json()["version"]}
    refusal(resident.post(f"{one}/claim", claim), 403, "not_allowed")
    assert [desk.post(f"{one}/claim", claim, "c").json()["state"] for _ in range(2)] == ["claimed"] * 2
    refusal(desk.post(f"{one}/settle", {"words": "", "seen": 2}), 422, "invalid")
    assert program("property_manager").post(f"{one}/settle", {"words": "换了灯泡"}).json()["result"] == "换了灯泡"
    refusal(program("property_manager").post(f"{one}/check"), 403, "not_allowed")
    assert resident.post(f"{one}/check").json()["state"] == "closed"
    (row,) = nobody.get(f"/lists/{orders.pk}/items").json()["rows"]
    assert (row["state"], row["supports"], row["claimer"]) == ("closed", 2, firm.name)
    refusal(nobody.get("/lists/999999/items"), 404, "not_found")
    assert Item.objects.count() == 2

"""Requests through the API: from raising to rating, each step by whom it belongs to."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jinlin.requests.models import Request, Step
from tests.api.programs import Program, refusal
from tests.support.photos import picture


@pytest.fixture
def place(community):
    """The code of the first building."""
    return community.buildings[0].code


def dispatched(program, community, place):
    """Raise, accept and dispatch a request to the property firm; return its id."""
    request_id = program("resident").raise_request(where={"place": place})["id"]
    worker = program("community_worker")
    assert worker.post(f"/requests/{request_id}/accept", {"category": "E101", "urgency": "ordinary"}).status_code == 200
    firm = str(community.bodies["property_firm"].pk)
    contents = {"body_id": firm, "basis": "物业服务合同", "version": 2}
    assert worker.post(f"/requests/{request_id}/dispatch", contents).status_code == 200
    return request_id


def test_the_receipt_says_everything_that_is_needed(program, place):
    receipt = program("resident").raise_request(where={"place": place})
    assert receipt["state"] == "received" and receipt["due_at"]
    assert receipt["number"] in receipt["follow_path"] and receipt["follow_code"] in receipt["follow_path"]
    assert not receipt["danger"]


def test_words_of_danger_are_told_at_once(nobody):
    assert nobody.raise_request(text="三楼着火了，有人被困，快来人！")["danger"]


def test_nobody_may_raise_and_follow_without_an_account(nobody):
    receipt = nobody.raise_request()
    followed = nobody.get(f"/follow/{receipt['number']}/{receipt['follow_code']}").json()
    assert followed["id"] == receipt["id"]
    assert followed["possible"] == ["withdraw", "add"]
    assert Request.objects.get().reporter_id is None


def test_a_follower_takes_the_steps_of_a_reporter(nobody):
    receipt = nobody.raise_request()
    base = f"/follow/{receipt['number']}/{receipt['follow_code']}"
    assert nobody.post(f"{base}/add", {"note": "今天更暗了", "version": 1}).json()["version"] == 2
    assert nobody.post(f"{base}/withdraw", {"reason": "已经修好"}).json()["state"] == "withdrawn"


def test_a_request_goes_all_its_way(program, community, place):
    request_id = dispatched(program, community, place)
    manager, resident = program("property_manager"), program("resident")
    for step, contents, state in [
        ("sign", {"version": 3}, "signed"),
        ("start", {}, "in_progress"),
        ("report", {"note": "已经订了灯具。"}, "in_progress"),
        ("handle", {"answer": "灯已换好。"}, "handled"),
    ]:
        answer = manager.post(f"/requests/{request_id}/{step}", contents)
        assert answer.status_code == 200, answer.content.decode()
        assert answer.json()["state"] == state
    judgement = {"responded": True, "solved": "yes", "satisfied": "yes"}
    assert resident.post(f"/requests/{request_id}/rate", judgement).json()["state"] == "closed"
    whole = resident.get(f"/requests/{request_id}").json()
    assert [step["verb"] for step in whole["steps"]] == [
        "receive", "accept", "dispatch", "sign", "start", "report", "handle", "close",
    ]  # fmt: skip
    assert whole["possible"] == ["reopen"]


def test_words_among_officers_stay_among_them(program, community, place):
    request_id = dispatched(program, community, place)
    worker, resident = program("community_worker"), program("resident")
    contents = {"category": "E102", "urgency": "urgent", "reason": "写错了"}
    assert worker.post(f"/requests/{request_id}/classify", contents).status_code == 200
    seen = resident.get(f"/requests/{request_id}").json()["steps"]
    assert all(step["internal_note"] == "" for step in seen)
    assert "classify" not in [step["verb"] for step in seen]
    told = worker.get(f"/requests/{request_id}").json()["steps"]
    assert {"物业服务合同", "写错了"} <= {step["internal_note"] for step in told}


def test_entering_for_somebody_else_takes_a_post(program, place):
    contents = {"where": {"place": place}, "contact": {"name": "王某", "phone": "13900000001"}, "channel": "phone"}
    receipt = program("community_worker").raise_request(**contents)
    made = Request.objects.get(pk=receipt["id"])
    assert made.reporter is not None and made.channel == "phone"
    refusal(program("resident").post("/requests", {"text": "路灯坏了"} | contents), 403, "not_allowed")


def test_photos_are_sent_ahead_and_read_by_those_concerned(program, nobody, place):
    resident = program("resident")
    answer = resident.client.post("/api/v1/requests/photos", {"photo": _file()}, headers=resident.headers())
    assert answer.status_code == 201
    receipt = resident.raise_request(photos=[answer.json()["ticket"]], where={"place": place})
    (photo,) = resident.get(f"/requests/{receipt['id']}").json()["photos"]
    path = photo["url"].removeprefix("/api/v1")
    followed = f"/follow/{receipt['number']}/{receipt['follow_code']}/photos/{photo['id']}"
    for shown in (resident.get(path), nobody.get(followed)):
        assert shown["Content-Type"] == "image/jpeg"
        assert shown.getvalue().startswith(b"\xff\xd8")
    refusal(program("neighbour").get(path), 404, "not_found")


def _file():
    return SimpleUploadedFile("photo.jpg", picture(), "image/jpeg")


def test_the_list_goes_on_by_key_without_gap_or_repeat(program):
    resident = program("resident")
    numbers = [resident.raise_request(text=f"第{number}件事")["number"] for number in range(53)]
    first = resident.get("/requests").json()
    second = resident.get("/requests", older=first["older"]).json()
    assert len(first["rows"]) == 50 and second["older"] == ""
    assert [row["number"] for row in first["rows"] + second["rows"]] == numbers[::-1]


def test_everybody_lists_what_they_play_a_part_in(program, community, place):
    request_id = dispatched(program, community, place)
    for name, sees in {
        "resident": 1,
        "neighbour": 0,
        "property_manager": 1,
        "community_worker": 1,
        "auditor": 1,
    }.items():
        rows = program(name).get("/requests").json()["rows"]
        assert [row["id"] for row in rows] == [request_id] * sees, name
    refusal(program("neighbour").get(f"/requests/{request_id}"), 404, "not_found")


def test_the_list_is_narrowed(program, community, place):
    request_id = dispatched(program, community, place)
    program("resident").raise_request()
    worker = program("community_worker")
    assert [row["id"] for row in worker.get("/requests", state="dispatched").json()["rows"]] == [request_id]
    assert [row["id"] for row in worker.get("/requests", category="E1").json()["rows"]] == [request_id]
    refusal(worker.get("/requests", state="lost"), 422, "invalid")
    refusal(worker.get("/requests", older="yesterday"), 422, "invalid")


def test_categories_are_listed_for_everybody(nobody):
    rows = nobody.get("/categories").json()["rows"]
    assert {"code": "E101", "name": "市容环境"} in rows


def test_the_report_is_for_staff(program, community, place):
    dispatched(program, community, place)
    figures = program("community_secretary").get("/report").json()
    assert figures["requests"] == 1 and figures["by_state"] == {"dispatched": 1}
    assert program("community_secretary").get("/report", **{"from": "2030-01-01"}).json()["requests"] == 0
    refusal(program("resident").get("/report"), 403, "not_allowed")


def test_a_step_writes_history_and_trail(program, community, place):
    request_id = dispatched(program, community, place)
    assert program("property_manager").post(f"/requests/{request_id}/sign", {}, key="k").status_code == 200
    step = Step.objects.get(request_id=request_id, verb="sign")
    assert step.actor_id == community.account("property_manager").pk


@pytest.mark.parametrize("call", ["create", "list", "accept", "sign"])
def test_the_calls_cost_few_statements(program, community, place, query_budget, call):
    """The budget that the issue of speed sets: create 12, list 6, change of a state 10."""
    resident, worker, manager = (program(name) for name in ("resident", "community_worker", "property_manager"))
    ids = [dispatched(program, community, place) for _ in range(2)]
    waiting = [resident.raise_request(where={"place": place})["id"] for _ in range(2)]
    calls = {
        "create": lambda turn: resident.raise_request(f"k{turn}", where={"place": place}),
        "list": lambda turn: worker.get("/requests"),
        "accept": lambda turn: worker.post(
            f"/requests/{waiting[turn]}/accept", {"category": "E101", "urgency": "ordinary"}, f"k{turn}"
        ),
        "sign": lambda turn: manager.post(f"/requests/{ids[turn]}/sign", {"version": 3}, f"k{turn}"),
    }
    calls[call](0)
    with query_budget(f"api/{call}"):
        calls[call](1)


def test_the_description_lies_where_the_errors_say(nobody):
    described = nobody.get("/openapi.json").json()
    assert "/api/v1/requests" in described["paths"]
    refusal(Program().get("/nothing"), 404, "not_found")

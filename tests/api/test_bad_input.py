"""Everything wrong that can come in through the API meets a clear error in the one shape, and nothing is lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jinlin.requests.models import Request
from tests.api.programs import WORDS, refusal

INSIDE = {"longitude": 102.72, "latitude": 25.05}


@pytest.mark.parametrize("text", ["", "   \n", "\u200b\u0007"], ids=["empty", "spaces", "unseen"])
def test_no_words(nobody, text):
    answer = nobody.post("/requests", {"text": text})
    if text == "\u200b\u0007":
        assert answer.status_code in {201, 422}
        return
    assert "text" in refusal(answer, 422, "invalid")["fields"]


def test_far_too_many_words_are_told_with_their_number(nobody):
    error = refusal(nobody.post("/requests", {"text": "灯" * 100_000}), 422, "invalid")
    assert "100000" in error["fields"]["text"]
    assert not Request.objects.exists()


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "😀🏮灯坏了", "يوجد ضوء مكسور", "Ünïcödé " + "e\u0301" * 20, "=HYPERLINK(1)"],
    ids=["script", "emoji", "arabic", "combining", "formula"],
)
def test_any_script_is_welcome_and_kept_as_text(program, text):
    resident = program("resident")
    receipt = resident.raise_request(text=text)
    kept = resident.get(f"/requests/{receipt['id']}").json()["text"]
    assert kept.casefold().startswith(text[:8].casefold())


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"",
        b"\xff\xfe{}",
        b'{"text": "\xff\xfe"}',
        b'{"text": "\\ud800"}',
        b'{"text": NaN}',
        b'{"text": "a\\u0000b"}',
    ],
    ids=["cut off", "empty", "utf-16", "bad utf-8", "lone surrogate", "NaN", "NUL"],
)
def test_what_is_no_json_in_utf8(nobody, body):
    answer = nobody.send("/requests", body)
    assert answer.status_code in {400, 422}
    refusal(answer, answer.status_code, "unreadable" if answer.status_code == 400 else "invalid")
    assert not Request.objects.exists()


@pytest.mark.parametrize("body", [b"[]", b'"text"', b"17", b"null", b'{"text": 5}', b'{"text": ["a"]}', b"{}"])
def test_json_of_another_shape(nobody, body):
    refusal(nobody.send("/requests", body), 422, "invalid")


def test_nesting_without_end(nobody):
    answer = nobody.send("/requests", b'{"text": ' + b"[" * 50_000 + b"]" * 50_000 + b"}")
    assert answer.status_code in {400, 422}


def test_a_huge_body(nobody):
    answer = nobody.send("/requests", b'{"text": "' + b"a" * 3_000_000 + b'"}')
    refusal(answer, 413, "too_large")


def test_a_point_outside_the_district(nobody):
    error = refusal(
        nobody.post("/requests", {"text": WORDS, "where": {"longitude": 116.4, "latitude": 39.9}}), 422, "invalid"
    )
    assert "place_code" in error["fields"]


@pytest.mark.parametrize("point", [{"longitude": 200.0, "latitude": 25.0}, {"longitude": 102.7, "latitude": -91.0}])
def test_a_point_that_is_none(nobody, point):
    refusal(nobody.post("/requests", {"text": WORDS, "where": point}), 422, "invalid")


def test_a_point_of_a_chinese_map_is_turned_into_wgs84(nobody):
    receipt = nobody.raise_request(where=INSIDE | {"system": "gcj02"})
    made = Request.objects.get(pk=receipt["id"])
    assert 0.0005 < abs(made.longitude - INSIDE["longitude"]) < 0.01
    refusal(nobody.post("/requests", {"text": WORDS, "where": INSIDE | {"system": "mars"}}), 422, "invalid")


def test_swapped_coordinates_are_outside(nobody):
    point = {"longitude": INSIDE["latitude"], "latitude": INSIDE["longitude"] - 20}
    refusal(nobody.post("/requests", {"text": WORDS, "where": point}), 422, "invalid")


@pytest.mark.parametrize("code", ["530199001001999", "1", "9" * 22, "0" * 16, "5301990010019999"])
def test_a_place_that_is_none(nobody, code):
    refusal(nobody.post("/requests", {"text": WORDS, "where": {"place": code}}), 422, "invalid")


def test_a_place_that_is_gone(nobody, community):
    building = community.buildings[0]
    building.valid_to = building.valid_from
    building.save(update_fields=["valid_to"])
    refusal(nobody.post("/requests", {"text": WORDS, "where": {"place": building.code}}), 422, "invalid")


def test_ten_photos(nobody):
    refusal(nobody.post("/requests", {"text": WORDS, "photos": ["x"] * 10}), 422, "invalid")


def test_a_ticket_that_is_none(nobody):
    assert "photos" in refusal(nobody.post("/requests", {"text": WORDS, "photos": ["x"]}), 422, "invalid")["fields"]


@pytest.mark.parametrize(
    "contents", [b"MZ\x90\x00" + b"\0" * 200, b"", b"\x00\x00\x00\x18ftypheic" + b"\0" * 64, b"<svg/>"]
)
def test_a_photo_that_is_none(nobody, contents):
    file = SimpleUploadedFile("photo.jpg", contents, "image/jpeg")
    refusal(nobody.client.post("/api/v1/requests/photos", {"photo": file}), 422, "invalid")


def test_a_form_without_a_photo(nobody):
    refusal(nobody.client.post("/api/v1/requests/photos", {}), 422, "invalid")


def test_a_form_that_cannot_be_read(nobody):
    answer = nobody.send("/requests/photos", b"--x\r\nrubbish", "multipart/form-data; boundary=x")
    assert answer.status_code in {400, 422}
    assert answer.json()["error"]


@pytest.fixture
def raised(program):
    """The id of a request of the resident."""
    return program("resident").raise_request()["id"]


def test_a_stale_row(program, raised):
    worker = program("community_worker")
    assert worker.post(f"/requests/{raised}/accept", {"version": 1}).status_code == 200
    refusal(worker.post(f"/requests/{raised}/decline", {"version": 1, "reason": "不属于"}), 409, "stale")


def test_a_step_that_the_table_forbids(program, raised):
    worker = program("community_worker")
    refusal(worker.post(f"/requests/{raised}/call-back", {}), 409, "wrong_state")


def test_a_body_that_is_none(program, raised):
    worker = program("community_worker")
    worker.post(f"/requests/{raised}/accept", {})
    for body in ("0", "999999", "x", "9" * 30):
        refusal(worker.post(f"/requests/{raised}/dispatch", {"body_id": body, "basis": "x"}), 422, "invalid")


def test_a_step_that_belongs_to_somebody_else(program, raised):
    refusal(program("resident").post(f"/requests/{raised}/accept", {}), 403, "not_allowed")
    refusal(program("neighbour").post(f"/requests/{raised}/withdraw", {"reason": ""}), 404, "not_found")


def test_a_refused_step_leaves_everything_as_it_was(program, raised):
    before = program("resident").get(f"/requests/{raised}").json()
    refusal(program("community_worker").post(f"/requests/{raised}/decline", {"reason": ""}), 422, "invalid")
    after = program("resident").get(f"/requests/{raised}").json()
    assert after == before


@pytest.mark.parametrize("request_id", ["0", "-1", "99999999999999999999", "x", str(2**63)])
def test_an_id_that_is_none(program, request_id):
    answer = program("resident").get(f"/requests/{request_id}")
    assert answer.status_code in {404, 422}
    assert answer.json()["error"]


@pytest.mark.parametrize("category", ["X9", "E1010199", "'; drop"])
def test_a_category_that_is_none(program, raised, category):
    refusal(program("community_worker").post(f"/requests/{raised}/accept", {"category": category}), 422, "invalid")


@pytest.mark.parametrize("code", ["wrongwrongwr", "x", "%00", "灯"])
def test_a_wrong_or_foreign_code(nobody, code):
    own, foreign = nobody.raise_request(), nobody.raise_request(text="另一件")
    refusal(nobody.get(f"/follow/{own['number']}/{code}"), 404, "not_found")
    refusal(nobody.get(f"/follow/{own['number']}/{foreign['follow_code']}"), 404, "not_found")
    refusal(nobody.post(f"/follow/{own['number']}/{foreign['follow_code']}/withdraw", {"reason": ""}), 404, "not_found")


def test_trying_codes_ends(nobody):
    number = nobody.raise_request()["number"]
    answers = [nobody.get(f"/follow/{number}/{'2' * 12}").status_code for _ in range(61)]
    assert answers[0] == 404 and answers[-1] == 429


def test_a_flood_without_an_account_ends(nobody):
    for turn in range(10):
        nobody.raise_request(text=f"第{turn}件")
    refusal(nobody.post("/requests", {"text": "第十一件"}), 429, "too_many")


def test_a_method_that_is_none(program):
    assert program("resident").client.delete("/api/v1/requests").status_code == 405


def test_what_breaks_here_says_so_in_the_same_shape(program, monkeypatch):
    def broken(*arguments, **more):
        raise RuntimeError("broken")

    monkeypatch.setattr("jinlin.requests.queries.api.page", broken)
    error = refusal(program("resident").get("/requests"), 500, "server_error")
    assert "broken" not in str(error)

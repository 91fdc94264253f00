"""M026 小区书记激励保障: open calls that secretaries answer, and awards and entries by year, each with its document and once."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jinlin.organisations.actions import NewAppointment, appoint_all
from jinlin.organisations.models import Appointment, Body, Filing, SheetEntry
from jinlin.platform.access import SYSTEM
from jinlin.territory.models import Zone
from tests.people.conftest import text_of
from tests.support.bodies import at_desk, found, seat
from tests.support.community import BEGINNING, Community, make_community
from tests.support.filings import answer_at_desk, file_at_desk, officer_of
from tests.support.methods import work_by
from tests.support.posts import file_choices, new_bodies, new_persons, new_zones

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M026")]

DAY, PROOF = date(2021, 7, 1), "市组发〔2021〕21号"


@pytest.fixture
def place(clock: Any, monkeypatch: pytest.MonkeyPatch) -> Community:
    place = make_community()
    work_by(monkeypatch, "ningde")
    return place


@pytest.fixture
def held(place: Community) -> list[Appointment]:
    """Eighty secretaries, each with the receipt of their filing."""
    branches = new_bodies("estate_branch", new_zones(Zone.Kind.ESTATE, 80))
    persons = new_persons(80)
    file_choices("secretary", "estate_secretary", persons, branches)
    pairs = zip(persons, branches, strict=True)
    return appoint_all(
        actor=SYSTEM, roster=[NewAppointment(person, branch, "estate_secretary", BEGINNING) for person, branch in pairs]
    )


def send(desk: Client, sheet: str, rows: dict[int, str], evidence: str = PROOF) -> int:
    """Fill in the spreadsheet of a sheet as it comes out: the value for each post; return the status of taking it in."""
    book = openpyxl.load_workbook(io.BytesIO(desk.get(f"/desk/sheets/{sheet}/export.xlsx").content))
    for row in book.active.iter_rows(min_row=2):
        if int(row[0].value) in rows:
            row[2].value, row[3].value, row[4].value = rows[int(row[0].value)], DAY.isoformat(), evidence
    filled = io.BytesIO()
    book.save(filled)
    file = SimpleUploadedFile("sheet.xlsx", filled.getvalue())
    return desk.post(f"/desk/sheets/{sheet}/import/", {"file": file}).status_code


def test_ten_awards_and_seventy_entrants_in_2021(place: Community, held: list[Appointment]) -> None:
    desk = at_desk(place, "administrator")
    assert send(desk, "secretary_awards", {one.pk: "优秀党务工作者" for one in held[:10]}) == 302
    assert send(desk, "secretary_entrants", {one.pk: "是" for one in held[:70]}) == 302
    page = desk.get("/desk/posts/results/?year=2021")
    assert [len(row.entries) for row in page.context["results"]] == [10, 70]
    assert PROOF in text_of(page)
    assert [len(row.entries) for row in desk.get("/desk/posts/results/?year=2022").context["results"]] == [0, 0]


def test_a_result_without_a_document_and_the_same_twice_are_refused(place: Community, held: list[Appointment]) -> None:
    desk, path = at_desk(place, "administrator"), f"/desk/sheets/secretary_awards/{held[0].pk}/award/"
    award = {"item": "award", "value": "优秀党务工作者", "holds_from": DAY.isoformat(), "evidence": PROOF}
    assert send(desk, "secretary_awards", {held[0].pk: "优秀党务工作者"}, evidence="") == 422
    refused = desk.post(path, {**award, "evidence": ""})
    assert refused.status_code == 422 and "evidence" in refused.context["form"].errors
    assert desk.post(path, award).status_code == 302
    assert desk.post(path, award).status_code == 422, "the same award twice"
    assert SheetEntry.objects.count() == 1


def test_an_open_call_is_answered_by_those_it_is_for(place: Community, clock: Any) -> None:
    office = Body.objects.get(kind="organisation_office")
    officer, branch = officer_of(place, office), found("estate_branch", "幸福里党支部", zone=place.estates[0])
    held = seat(place, "resident", branch, "estate_secretary")
    offer = {"title": "2026年后备干部培训", "words-offer": "培训名额十个", "words-terms": "任小区书记满一年"}
    worker = at_desk(place, "community_secretary")
    assert file_at_desk(worker, office, "incentive_call", **offer).status_code in {403, 404}
    assert file_at_desk(officer, office, "incentive_call", **{**offer, "words-offer": ""}).status_code == 422
    assert file_at_desk(officer, office, "incentive_call", **offer).status_code == 302
    call = Filing.objects.get()
    assert "2026年后备干部培训" in text_of(Client().get("/calls/"))
    assert "培训名额十个" in text_of(Client().get(f"/published/{call.pk}/"))

    own, path = at_desk(place, "resident"), f"/me/posts/{held.pk}/file/incentive/"
    assert f"{path}?call={call.pk}" in own.get("/me/posts/").content.decode()
    merits = {"words-merits": "三年调解四十件"}
    assert own.post(path, merits).status_code == 403, "without a call"
    assert at_desk(place, "neighbour").post(f"{path}?call={call.pk}", merits).status_code == 404
    assert own.post(f"{path}?call={call.pk}", {"words-merits": "98分"}).status_code == 422
    assert own.post(f"{path}?call={call.pk}", merits).status_code == 302
    assert own.post(f"{path}?call={call.pk}", merits).status_code == 422, "once for each call"
    application = Filing.objects.get(follows=call)
    assert at_desk(place, "community_worker").get(f"/desk/filings/{application.pk}/").status_code == 404
    assert answer_at_desk(officer, application, office, "pass").status_code == 302
    assert application.receipt in text_of(own.get("/me/posts/"))
    results = text_of(at_desk(place, "administrator").get("/desk/posts/results/?year=2026"))
    assert "2026年后备干部培训" in results and "报名：1" in results and "入选：1" in results

    clock.move_to("2026-07-01 09:00")
    late = at_desk(place, "resident")
    assert late.post(f"{path}?call={call.pk}", merits).status_code == 403, "the call is over"
    assert f"call={call.pk}" not in late.get("/me/posts/").content.decode()
    assert "测试0" not in text_of(Client().get("/calls/")) and "入选：1" in text_of(Client().get("/calls/"))

"""M019 新业态、新就业群体: a team is registered as a number of people with a contact, never as a roster."""

import io
from collections.abc import Callable

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jinlin.organisations.models import Appointment, Body
from jinlin.people.models import Person
from tests.people.conftest import text_of
from tests.support.bodies import at_desk
from tests.support.community import COMMUNITY, make_community

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M019")]


def workbook(*rows: list[object]) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return SimpleUploadedFile("骑手.xlsx", buffer.getvalue())


def test_a_team_of_twenty_is_a_number_and_a_contact(method: Callable) -> None:
    place = make_community()
    method("hongrun")
    worker, persons, posts = at_desk(place, "community_worker"), Person.objects.count(), Appointment.objects.count()
    url = "/desk/bodies/new/?kind=rider_team"
    given = {"name": "红润骑手队", "place": COMMUNITY, "head_count": "20", "founded_on": "2026-01-01"}
    assert worker.post(url, {**given, "phone": ""}).status_code == 422
    assert worker.post(url, {**given, "phone": "0731-2020"}).status_code == 302
    team = Body.objects.get(kind="rider_team")
    assert (team.head_count, team.phone) == (20, "0731-2020")
    assert (Person.objects.count(), Appointment.objects.count()) == (persons, posts)


@pytest.mark.parametrize("header", ["身份证号", "证件号码", "Identity number", "ID card"])
def test_an_upload_with_identity_numbers_is_refused(method: Callable, header: str) -> None:
    place = make_community()
    method("hongrun")
    file = workbook(
        ["组织类别", "组织名称", "地点", "人数", "电话", header],
        ["骑手队伍", "红润骑手队", COMMUNITY, 20, "0731-2020", "430103199001011234"],
    )
    answer = at_desk(place, "community_worker").post("/desk/bodies/import/", {"file": file})
    assert answer.status_code == 422 and header in text_of(answer)
    assert not Body.objects.filter(kind="rider_team").exists()

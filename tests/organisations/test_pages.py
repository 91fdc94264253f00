"""The pages about bodies: each opens, says what it should, costs what is on record, and closes to those it is not for."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jinlin.organisations.actions import (
    NewBody,
    NewLine,
    NewTask,
    NewTie,
    found_bodies,
    give_tasks,
    partner,
    pledge,
    write_sheet,
)
from jinlin.organisations.models import Appointment, Body, Coverage, SheetEntry, Task
from jinlin.organisations.views import bodies, sheets, tables, work
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import today
from tests.people.conftest import text_of
from tests.support.community import COMMUNITY, Community, make_community

DAY = date(2024, 3, 1)


@pytest.fixture
def place(db: None, method: Callable) -> Community:
    """A community that works by Hetang's method, with a branch, a team, a backing unit and work."""
    place = make_community()
    method("hetang")
    estate = place.estates[0]
    found_bodies(
        actor=SYSTEM,
        new=[
            NewBody("estate_branch", "幸福里党支部", COMMUNITY, zone=estate, office="1号楼架空层 9:00-17:00", founded_on=DAY),
            NewBody("work_team", "驻幸福里工作队", COMMUNITY, zone=estate, founded_on=DAY),
            NewBody("district_unit", "区财政局", COMMUNITY[:6], founded_on=DAY),
        ],
    )  # fmt: skip
    unit, branch = Body.objects.get(name="区财政局"), Body.objects.get(name="幸福里党支部")
    partner(actor=SYSTEM, new=NewTie("backing_unit", unit, DAY, zone=estate))
    due = today() + timedelta(days=5)
    pledge(actor=SYSTEM, new=NewTask("backing_pledge", "装健身器材", unit, due, host=branch, zone=estate))
    team = Body.objects.get(name="驻幸福里工作队")
    give_tasks(
        actor=SYSTEM,
        tasks=[NewTask("joint_task", "清理楼道", team, due, given_by=branch, zone=estate, plan="春季共治计划")],
    )
    for item in ("b_property_service", "b_person_in_charge", "b_lasting_solution"):
        write_sheet(actor=SYSTEM, sheet="three_without", line=NewLine(item, estate, False, DAY))
    return place


def signed_in(place: Community, name: str) -> Client:
    client = Client()
    client.force_login(place.account(name))
    return client


def paths(place: Community) -> list[str]:
    branch, task = Body.objects.get(name="幸福里党支部").pk, Task.objects.get(plan="春季共治计划").pk
    estate = place.estates[0]
    return [
        "/desk/bodies/",
        f"/desk/bodies/{branch}/",
        f"/desk/bodies/{branch}/edit/",
        f"/desk/bodies/{branch}/end/",
        f"/desk/bodies/{branch}/care/",
        f"/desk/bodies/{branch}/tasks/new/",
        "/desk/bodies/new/",
        "/desk/bodies/new/?kind=estate_branch",
        "/desk/bodies/import/",
        "/desk/bodies/ties/",
        "/desk/bodies/ties/new/",
        "/desk/filings/",
        "/desk/tasks/",
        "/desk/tasks/?plan=春季共治计划",
        f"/desk/tasks/{task}/",
        "/desk/bodies/tables/governance_1_6/",
        "/desk/bodies/coverage/estate_branch/",
        f"/desk/tasks/grids/{place.grids[0].label}/",
        "/desk/sheets/",
        "/desk/sheets/three_without/",
        f"/desk/sheets/three_without/{estate.pk}/",
        f"/desk/sheets/three_without/{estate.pk}/b_property_service/",
        "/desk/sheets/three_without/import/",
    ]


def test_every_page_opens_to_the_community_in_both_languages(place: Community) -> None:
    worker = signed_in(place, "community_worker")
    member_only = {path for path in paths(place) if path.endswith("/tasks/new/")}
    for path in paths(place):
        for language in ("zh-hans", "en"):
            answer = worker.get(path, headers={"accept-language": language})
            assert answer.status_code == (403 if path in member_only else 200), path
            assert path in member_only or "<h1" in answer.content.decode()


def test_pages_are_closed_to_those_without_a_post(place: Community) -> None:
    for path in paths(place):
        assert signed_in(place, "resident").get(path).status_code in {403, 404}, path
        assert Client().get(path).status_code in {302, 401}, path


def test_the_estate_page_says_who_serves_and_what_is_missing(place: Community, query_budget: Callable) -> None:
    label = place.estates[0].label
    text_of(Client().get(f"/estates/{label}/"))
    with query_budget("public/estate"):
        page = text_of(Client().get(f"/estates/{label}/"))
    # The property firm and the owners' committee were founded with the first playbook, so four of seven are there.
    for words in ("幸福里党支部", "1号楼架空层", "4/7", "邻长", "区财政局", "装健身器材", "清理楼道", "在册"):
        assert words in page, words
    assert "测试" not in page
    assert Client().get("/estates/nowhere/").status_code == 404
    assert label in text_of(Client().get("/estates/?q=幸福"))
    community = text_of(Client().get(f"/communities/{COMMUNITY}/"))
    assert "虹山社区党委" in community and "清理楼道" in community
    assert Client().get("/communities/530199001999/").status_code == 404


def test_the_tree_and_the_pages_of_estates_and_communities_lead_to_each_other(place: Community) -> None:
    label = place.estates[0].label
    for tree, page in (
        (f"/places/{COMMUNITY}/", f"/communities/{COMMUNITY}/"),
        (f"/places/{label}/", f"/estates/{label}/"),
    ):
        assert f'href="{page}"' in text_of(Client().get(tree))
        assert f'href="{tree}"' in text_of(Client().get(page))
    for other in (place.buildings[0].code, place.grids[0].label, COMMUNITY[:9]):
        own = f"/places/{other}/"
        assert f'href="/estates/{other}/"' not in text_of(Client().get(own))
        assert f'href="/communities/{other}/"' not in text_of(Client().get(own))


def test_pages_cost_what_is_on_record(place: Community, query_budget: Callable) -> None:
    worker = signed_in(place, "community_worker")
    branch = Body.objects.get(name="幸福里党支部").pk
    for name, path in [
        ("bodies", "/desk/bodies/"),
        ("body", f"/desk/bodies/{branch}/"),
        ("tables", "/desk/bodies/tables/governance_1_6/"),
        ("work", "/desk/tasks/"),
        ("sheet", "/desk/sheets/three_without/"),
        ("filings", "/desk/filings/"),
    ]:
        worker.get(path)
        with query_budget(f"organisations/{name}"):
            worker.get(path)


def test_a_body_is_founded_changed_and_ended_at_the_desk(place: Community) -> None:
    worker = signed_in(place, "community_worker")
    given = {"name": "安宁苑党支部", "place": place.estates[1].label, "founded_on": "2024-04-01"}
    answer = worker.post("/desk/bodies/new/?kind=estate_branch", given)
    made = Body.objects.get(name="安宁苑党支部")
    assert answer["Location"] == f"/desk/bodies/{made.pk}/"
    again = worker.post("/desk/bodies/new/?kind=estate_branch", {**given, "name": "第二党支部"})
    assert again.status_code == 422 and "安宁苑党支部" in text_of(again)
    worker.post(f"/desk/bodies/{made.pk}/edit/", {"name": "安宁苑党支部", "phone": "0731-2", "office": "门口"})
    made.refresh_from_db()
    assert made.phone == "0731-2"
    worker.post(f"/desk/bodies/{made.pk}/end/", {"last_day": today()})
    made.refresh_from_db()
    assert made.ended_on == today()
    assert "安宁苑党支部" not in text_of(worker.get("/desk/bodies/"))
    assert "安宁苑党支部" in text_of(worker.get("/desk/bodies/?state=ended"))


def workbook(rows: list[list[object]]) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return SimpleUploadedFile("组织.xlsx", buffer.getvalue())


def test_bodies_come_in_by_spreadsheet_all_or_none(place: Community) -> None:
    worker, before = signed_in(place, "community_worker"), Body.objects.count()
    head = ["组织类别", "组织名称", "地点", "成立日期"]
    good = ["小区党支部", "安宁苑党支部", "安宁苑", "2024-04-01"]
    answer = worker.post(
        "/desk/bodies/import/", {"file": workbook([head, good, ["小区党支部", "幽灵支部", "幽灵小区", ""]])}
    )
    assert answer.status_code == 422 and Body.objects.count() == before
    assert [(finding.row, finding.column) for finding in answer.context["findings"]] == [(3, "地点")]
    report = worker.get(answer.context["findings_url"])
    assert openpyxl.load_workbook(io.BytesIO(report.content)).active["A2"].value == 3
    answer = worker.post("/desk/bodies/import/", {"file": workbook([head, good])})
    assert answer.status_code == 302 and Coverage.objects.filter(zone=place.estates[1]).exists()
    exported = openpyxl.load_workbook(
        io.BytesIO(worker.get("/desk/bodies/export.xlsx?kind=estate_branch").content)
    ).active
    assert {row[1].value for row in exported.iter_rows(min_row=2)} == {"安宁苑党支部", "幸福里党支部"}


def test_a_sheet_goes_out_and_comes_back_with_its_changes(place: Community) -> None:
    worker = signed_in(place, "community_worker")
    book = openpyxl.load_workbook(io.BytesIO(worker.get("/desk/sheets/three_without/export.xlsx").content))
    page, before = book.active, SheetEntry.objects.count()
    headers = [cell.value for cell in page[1]]
    column = headers.index("小区有物业服务") + 1
    row = next(cell.row for cell in page["A"] if cell.value == place.estates[0].label)
    page.cell(row, column).value = "是"

    def sent() -> object:
        buffer = io.BytesIO()
        book.save(buffer)
        file = SimpleUploadedFile("台账.xlsx", buffer.getvalue())
        return worker.post("/desk/sheets/three_without/import/", {"file": file})

    refused = sent()
    assert refused.status_code == 422 and SheetEntry.objects.count() == before  # a change needs its proof
    page.cell(row, headers.index("依据") + 1).value = "荷物〔2026〕3号"
    assert sent().status_code == 302
    assert SheetEntry.objects.count() == before + 1
    assert "移出" in text_of(worker.get(f"/desk/sheets/three_without/{place.estates[0].pk}/"))


def test_a_member_without_rights_reaches_the_pages_of_their_body(place: Community) -> None:
    team = Body.objects.get(name="驻幸福里工作队")
    Appointment.objects.create(
        person=place.persons["resident"], body=team, key="work_team_member", post="队员", place_code=COMMUNITY,
        zone=team.zone, term_from=DAY, accepted_on=DAY,
    )  # fmt: skip
    member = signed_in(place, "resident")
    task = Task.objects.get(plan="春季共治计划")
    assert member.get(f"/desk/bodies/{team.pk}/").status_code == 200
    assert member.get("/desk/sheets/").status_code == 403
    assert member.post(f"/desk/tasks/{task.pk}/do/", {"words": "三个楼道已清理"}).status_code == 302
    task.refresh_from_db()
    assert task.state == "done" and task.outcome == "三个楼道已清理"


@pytest.mark.parametrize(
    ("module", "path", "found"),
    [
        (bodies, "/desk/bodies/", lambda page: [row[0].pk for row in page["rows"]]),
        (work, "/desk/tasks/", lambda page: [party.body.pk for party in page["board"].parties]),
        (tables, "/desk/bodies/tables/governance_1_6/", lambda page: [row[0].pk for row in page["rows"]]),
        (sheets, "/desk/sheets/three_without/", lambda page: [row[0].pk for row in page["rows"]]),
    ],
)
def test_long_tables_are_walked_by_key(
    place: Community, module: Any, path: str, found: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = signed_in(place, "community_worker")
    monkeypatch.setattr(module, "PAGE", 1000)
    whole = found(worker.get(path).context)
    monkeypatch.setattr(module, "PAGE", 1)
    page, walked = worker.get(path).context, []
    while True:
        walked += found(page)
        if not page["older_url"]:
            break
        assert "page=" not in page["older_url"]
        page = worker.get(path + page["older_url"]).context
    assert walked == whole and len(whole) > 1
    assert found(worker.get(path + page["newer_url"]).context) == whole[-2:-1]

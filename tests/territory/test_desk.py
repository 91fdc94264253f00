"""The desk's pages about places: the tree with its counts, and a register in four steps."""

import io

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from jinlin.platform.models import Notice
from jinlin.platform.spreadsheets import forget_staged
from jinlin.territory import register
from jinlin.territory.models import Place
from jinlin.territory.tasks import work_on_register
from tests.support.community import COMMUNITY, make_community

pytestmark = pytest.mark.django_db
IMPORT = "/desk/places/import/"
GOOD = f"社区代码,小区,楼栋,单元,房号\n{COMMUNITY},紫藤苑,5,1,501\n{COMMUNITY},紫藤苑,5,1,502\n"


@pytest.fixture
def community():
    return make_community()


@pytest.fixture
def worker(community, client):
    client.force_login(community.account("community_worker"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def upload(client, text=GOOD, name="名册.csv"):
    contents = text if isinstance(text, bytes) else text.encode()
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, contents)})


def page_of(client, answer) -> str:
    return client.get(answer["Location"]).content.decode()


def test_a_register_is_tried_and_taken_in(worker):
    answer = upload(worker)
    assert answer.status_code == 302
    places = Place.objects.count()
    html = page_of(worker, answer)
    assert "名册.csv" in html and "Take in 2 homes" in html
    worker.post(answer["Location"], {"action": "import"})
    assert Place.objects.count() == places + 4
    html = page_of(worker, answer)
    assert "The register was taken in" in html
    worker.post(answer["Location"], {"action": "import"})
    assert Place.objects.count() == places + 4


def test_findings_keep_everything_out_and_can_be_downloaded(worker):
    places = Place.objects.count()
    answer = upload(worker, GOOD + f"{COMMUNITY},紫藤苑,,1,503\n{COMMUNITY},紫藤苑,5,1,501\n")
    html = page_of(worker, answer)
    assert "2 of 4 rows cannot be taken in" in html and "Take in" not in html
    worker.post(answer["Location"], {"action": "import"})
    assert Place.objects.count() == places
    sheet = openpyxl.load_workbook(io.BytesIO(worker.get(answer["Location"] + "findings").content)).active
    assert [[cell.value for cell in row][:2] for row in sheet.iter_rows(min_row=2)] == [[4, "楼栋"], [5, "房号"]]


def test_columns_are_matched_by_hand(worker):
    answer = upload(worker, GOOD.replace("楼栋", "第几栋").replace("房号", "门"))
    html = page_of(worker, answer)
    assert "lacks" in html and "第几栋" in html and '<option value="小区" selected>' in html
    chosen = {"action": "match", "community_code": "社区代码", "estate": "小区", "building": "第几栋", "room": "门"}
    assert "chosen for another field" in worker.post(answer["Location"], chosen | {"floor": "门"}).content.decode()
    assert worker.post(answer["Location"], {"action": "match"}).status_code == 200
    worker.post(answer["Location"], chosen)
    assert "Take in 2 homes" in page_of(worker, answer)


@pytest.mark.parametrize(
    ("contents", "words"), [(b"", "empty"), (b"\x89PNG\0", "no spreadsheet"), ("姓名,电话\n张,1\n", "lacks")]
)
def test_what_is_no_register_is_said(worker, contents, words):
    answer = upload(worker, contents)
    html = answer.content.decode() if answer.status_code == 422 else page_of(worker, answer)
    assert words in html


def test_no_file_is_an_error_of_the_form(worker):
    answer = worker.post(IMPORT, {})
    assert answer.status_code == 422 and "Choose a file" in answer.content.decode()


def test_a_long_file_is_worked_on_in_the_background(worker, community, monkeypatch):
    monkeypatch.setattr(register, "SHORT_BYTES", 10)
    answer = upload(worker)
    task = {"token": answer["Location"].split("/")[-2], "account_id": community.account("community_worker").pk}
    assert "being tried" in page_of(worker, answer)
    for _round in (1, 2):
        work_on_register.func(**task)
    assert "Take in 2 homes" in page_of(worker, answer)
    worker.post(answer["Location"], {"action": "import"})
    assert "being taken in" in page_of(worker, answer)
    work_on_register.func(**task)
    assert "was taken in" in page_of(worker, answer)
    texts = list(
        Notice.objects.filter(person_id=community.persons["community_worker"].pk).values_list("text", flat=True)
    )
    assert any("新增2户" in text for text in texts)


def test_an_upload_is_for_its_own_account_and_for_a_day(worker, community, client, settings):
    answer = upload(worker)
    client.force_login(community.account("community_secretary"))
    assert client.get(answer["Location"]).status_code == 410
    client.force_login(community.account("community_worker"))
    assert client.get(answer["Location"]).status_code == 200
    assert client.get(f"{IMPORT}..%2f..%2fetc/").status_code in {404, 410}
    with time_machine.travel("2099-01-01"):
        assert forget_staged() == 1
    assert client.get(answer["Location"]).status_code == 410


@pytest.mark.parametrize(
    ("name", "list_status", "import_status"),
    [
        ("resident", 403, 403),
        ("grid_member", 200, 403),
        ("property_manager", 200, 403),
        ("auditor", 200, 403),
        ("community_worker", 200, 200),
        ("community_secretary", 200, 200),
        ("subdistrict_officer", 200, 200),
        ("administrator", 200, 200),
    ],
)
def test_who_may_look_and_who_may_import(community, client, name, list_status, import_status):
    client.force_login(community.account(name))
    assert client.get("/desk/places/").status_code == list_status
    assert client.get(IMPORT).status_code == import_status
    assert client.get(f"{IMPORT}template").status_code == import_status


def test_the_template_is_a_register_that_can_be_read(worker):
    book = openpyxl.load_workbook(io.BytesIO(worker.get(f"{IMPORT}template").content))
    book.worksheets[0].append([COMMUNITY, None, "紫藤苑", None, None, "5", "1", "501"])
    buffer = io.BytesIO()
    book.save(buffer)
    assert "Take in 1 home" in page_of(worker, upload(worker, buffer.getvalue(), "名册.xlsx"))


def test_the_tree_counts_and_leads_to_what_is_missing(worker, community):
    Place.objects.filter(code=community.buildings[0].code).update(longitude=None, grid=None)
    html = worker.get("/desk/places/").content.decode()
    assert "虹山社区" in html and "幸福里" in html and "lacks=point" in html
    html = worker.get(f"/desk/places/?of={COMMUNITY}&lacks=point").content.decode()
    assert "幸福里1号楼" in html and "幸福里2号楼" not in html
    html = worker.get(f"/desk/places/?of={COMMUNITY}000101").content.decode()
    assert "幸福里1号楼1单元101" in html
    assert "安宁苑3号楼" in worker.get("/desk/places/?q=3号楼").content.decode()
    html = worker.get(f"/desk/places/?zone={community.estates[0].label}").content.decode()
    assert "幸福里" in html and f"{COMMUNITY}0002" in html and f"{COMMUNITY}0003" not in html
    for query in ("of=999999", "zone=999999"):
        assert worker.get(f"/desk/places/?{query}").status_code == 404


def test_the_pages_cost_no_more_than_they_should(worker, query_budget):
    for name, path in (
        ("desk/places", f"/desk/places/?of={COMMUNITY}"),
        ("desk/places/search", "/desk/places/?q=幸福里2号楼"),
    ):
        worker.get(path)
        with query_budget(name):
            worker.get(path)


def test_the_pages_speak_chinese(worker):
    with translation.override("zh-hans"):
        html = worker.get("/desk/places/", headers={"accept-language": "zh-hans"}).content.decode()
    assert "地点" in html

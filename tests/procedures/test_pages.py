"""The pages of procedures: begun, read by everybody, taken step by step at the desk and by residents, counted in the cockpit."""

from typing import Any

import pytest
from django.test import Client

from jinlin.platform import works
from jinlin.platform.works import Purpose, Way
from jinlin.procedures.models import Participant, Procedure, Proof
from jinlin.procedures.queries import open_step
from tests.procedures.conftest import Begun
from tests.support.community import COMMUNITY, Community
from tests.support.pages import fetch, send, signed_in, text_of, upload
from tests.support.works import WorksOfTests

pytestmark = pytest.mark.django_db


def test_a_worker_begins_for_an_estate_and_everybody_reads_it(ningde: Community):
    desk = signed_in(ningde, "community_worker")
    assert "两议两评两公开" in text_of(desk.get("/procedures/new/"))
    estate = f"{COMMUNITY}/{ningde.estates[0].pk}"
    answer = send(desk, "/procedures/new/two_two_two/", title="改造门厅", place=estate)
    made = Procedure.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/procedures/{made.pk}/")
    page = text_of(Client().get(answer.url))
    assert "改造门厅" in page and "支部先议" in page and "幸福里党支部" in page
    assert "改造门厅" in text_of(Client().get("/procedures/?state=running"))
    assert "改造门厅" in text_of(desk.get("/desk/procedures/"))


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(ningde: Community):
    desk = signed_in(ningde, "community_worker")
    answer = send(desk, "/procedures/new/branch_first/", title="电话13800138000", place=COMMUNITY, matter="repair_fund")
    assert answer.status_code == 422
    assert {"title", "place"} & set(answer.context["form"].errors)
    assert "13800138000" in answer.content.decode()


def test_the_desk_shows_who_acts_by_when_and_what_can_be_begun(
    ningde: Community, begun: Begun, monkeypatch: Any, works_of_tests: WorksOfTests
):
    way = Way(Purpose.DISCUSS, "meeting", "召集会议", "/desk/meetings/new/")
    monkeypatch.setattr(works, "_ways", [way])
    procedure = begun("two_two_two")
    branch = signed_in(ningde, "neighbour_head")
    page = branch.get(f"/desk/procedures/{procedure.pk}/")
    assert "2026-05-15" in text_of(page) and "幸福里党支部" in text_of(page)
    assert f"/desk/meetings/new/?for=step:{open_step(procedure).pk}" in page.content.decode()
    works_of_tests.add(open_step(procedure), None)
    assert "还在进行" in text_of(branch.get(f"/desk/procedures/{procedure.pk}/"))
    assert signed_in(ningde, "resident").get(f"/desk/procedures/{procedure.pk}/").status_code == 403


def test_a_step_is_concluded_on_its_page_with_words_and_proof(ningde: Community, begun: Begun):
    procedure = begun("two_two_two")
    branch, path = signed_in(ningde, "neighbour_head"), f"/procedures/{procedure.pk}/steps/branch_discusses/conclude/"
    lacking = send(branch, path, words="同意。")
    assert (lacking.status_code, "纪要" in text_of(lacking)) == (422, True)
    assert send(branch, path, words="同意。", proof_minutes="到会9人，同意改造。").status_code == 302
    assert Proof.objects.get().words == "到会9人，同意改造。"
    late = send(branch, path, words="再议一次。")
    assert late.status_code == 409 and "业委会议事" in text_of(late)


def test_a_later_step_says_which_one_is_open_before_anything_is_entered(ningde: Community, begun: Begun):
    procedure = begun("two_two_two")
    page = signed_in(ningde, "neighbour_head").get(
        f"/procedures/{procedure.pk}/steps/property_evaluated/conclude/"
    )  # fmt: skip
    assert "不能办“评物业”：“支部先议”还没有完成" in text_of(page)


@pytest.mark.parametrize("path", ["steps/nothing/conclude/", "steps/branch_discusses/paint/"])
def test_what_is_no_step_is_not_found(ningde: Community, begun: Begun, path: str):
    procedure = begun("two_two_two")
    assert signed_in(ningde, "neighbour_head").get(f"/procedures/{procedure.pk}/{path}").status_code == 404


def test_a_picture_is_handed_in_and_seen_at_the_desk_only(ningde: Community, begun: Begun):
    procedure = begun("two_two_two")
    branch = signed_in(ningde, "neighbour_head")
    path = f"/procedures/{procedure.pk}/steps/branch_discusses/prove/"
    assert send(branch, path, kind="photo", words="", photo=upload()).status_code == 302
    picture = f"/desk/procedures/proofs/{Proof.objects.get().pk}/picture/"
    assert fetch(branch, picture)[0] == 200
    assert picture not in Client().get(f"/procedures/{procedure.pk}/").content.decode()
    assert Client().get(picture).status_code in {302, 401, 403}


def test_residents_go_through_their_own_four_steps(place: Community):
    resident, neighbour = signed_in(place, "resident"), signed_in(place, "neighbour")
    answer = send(resident, "/procedures/new/four_self/", title="一起清理楼道", place=COMMUNITY)
    path = answer.url
    step = f"{path}steps/%s/%s/"
    assert (
        send(resident, step % ("discussion", "conclude"), words="周六上午", proof_minutes="12户到场").status_code == 302
    )
    assert send(resident, step % ("action", "take-part"), words="我带工具").status_code == 302
    done = send(resident, step % ("action", "conclude"), words="清理干净", proof_photo=upload())
    assert done.status_code == 302
    assert send(resident, step % ("evaluation", "take-part"), mark="good", words="").status_code == 302
    alone = send(resident, step % ("evaluation", "conclude"), words="都说好")
    assert alone.status_code == 422 and "不能只由办事的人自己评" in text_of(alone)
    assert send(neighbour, step % ("evaluation", "take-part"), mark="good", words="").status_code == 302
    assert send(neighbour, step % ("evaluation", "conclude"), words="都说好").status_code == 302
    assert Procedure.objects.get().state == "complete"
    page = text_of(Client().get(path))
    assert "person" not in page and place.persons["resident"].name not in page


def test_a_procedure_is_withdrawn_with_a_reason(ningde: Community, begun: Begun):
    procedure = begun("two_two_two")
    worker = signed_in(ningde, "community_worker")
    assert send(worker, f"/procedures/{procedure.pk}/withdraw/", words="").status_code == 422
    assert send(worker, f"/procedures/{procedure.pk}/withdraw/", words="已另行解决").status_code == 302
    assert "已另行解决" in text_of(worker.get(f"/desk/procedures/{procedure.pk}/"))


def test_the_cockpit_counts_by_kind_and_each_number_leads_to_its_rows(ningde: Community, begun: Begun, clock: Any):
    for number in range(3):
        begun("two_two_two", title=f"第{number}件")
    clock.forward(days=8)
    cockpit = signed_in(ningde, "community_secretary")
    page = cockpit.get("/cockpit/procedures/")
    assert "两议两评两公开 3 3 0 3 0.0%" in text_of(page)
    late = cockpit.get("/desk/procedures/?kind=two_two_two&state=late")
    assert len(late.context["rows"]) == 3


def test_the_lists_cost_the_same_however_many_there_are(
    ningde: Community, begun: Begun, query_budget: Any, monkeypatch: Any
):
    monkeypatch.setattr(works, "_tellers", [])  # what others ask of the database is theirs to keep small
    for number in range(5):
        begun("two_two_two", title=f"第{number}件")
    desk = signed_in(ningde, "community_worker")
    for path, name in (
        ("/desk/procedures/", "desk/procedures"),
        ("/procedures/", "procedures"),
        (f"/procedures/{Procedure.objects.first().pk}/", "procedures/one"),
        (f"/desk/procedures/{Procedure.objects.first().pk}/", "desk/procedures/one"),
    ):
        desk.get(path)
        with query_budget(name):
            desk.get(path)


def test_the_export_has_the_rows_of_its_page(ningde: Community, begun: Begun):
    begun("two_two_two")
    answer = signed_in(ningde, "community_worker").get("/desk/procedures/export.xlsx?kind=two_two_two")
    assert answer.status_code == 200 and answer.content[:2] == b"PK"


def test_ones_own_data_hold_what_one_began_and_took_part_in(place: Community):
    resident = signed_in(place, "resident")
    send(resident, "/procedures/new/four_self/", title="一起清理楼道", place=COMMUNITY)
    send(resident, f"/procedures/{Procedure.objects.get().pk}/steps/discussion/take-part/", words="周六可以")
    assert Participant.objects.count() == 1
    from jinlin.procedures import own_data

    person = place.persons["resident"].pk
    assert [len(list(part(person))) for part in (own_data.begun_by, own_data.taken_part_by)] == [1, 1]

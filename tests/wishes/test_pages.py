"""The pages of the wish wall: words that come from the page for raising are kept, the desk's list leaves as a sheet."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client

from jinlin.requests.models import Request
from jinlin.wishes.models import Wish
from tests.support.community import COMMUNITY, Community
from tests.support.pages import fetch, send, signed_in, text_of

pytestmark = pytest.mark.django_db


def test_a_wish_that_is_sent_through_the_page_for_raising_keeps_its_words(place: Community) -> None:
    resident = signed_in(place, "resident")
    raised = {"text": "想要一个按键大的收音机", "function": "wish"}
    answer = send(resident, "/raise", **raised)
    assert (answer.status_code, answer["Location"]) == (307, "/wishes/new/")
    page = resident.post(answer["Location"], {"key": "k", **raised})
    assert page.status_code == 200
    assert "想要一个按键大的收音机" in page.content.decode()
    assert not Request.objects.exists()


def test_without_an_account_the_entrance_says_what_a_wish_needs(place: Community) -> None:
    answer = send(Client(), "/raise", text="想要一个收音机", function="wish")
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"function"}
    assert "想要一个收音机" in answer.content.decode()
    assert not Request.objects.exists()


def test_a_returned_wish_is_changed_and_sent_again(place: Community, wish_at: Callable[[str], Wish]) -> None:
    wish, resident = wish_at("returned"), signed_in(place, "resident")
    assert "请写具体一些" in text_of(resident.get(f"/wishes/{wish.pk}/"))
    changed = {"title": "想要一个旧收音机", "nickname": "戏迷", "place": COMMUNITY, "cost": "0"}
    assert send(resident, f"/wishes/{wish.pk}/change/", **changed).status_code == 302
    wish.refresh_from_db()
    assert (wish.state, wish.title) == ("draft", "想要一个旧收音机")


def test_the_claimer_sees_on_the_page_how_the_wisher_is_reached(
    place: Community, wish_at: Callable[[str], Wish]
) -> None:
    wish = wish_at("claimed")
    assert "测试0" in text_of(signed_in(place, "neighbour").post(f"/wishes/{wish.pk}/reach/"))
    assert signed_in(place, "grid_member").post(f"/wishes/{wish.pk}/reach/").status_code == 403
    assert "测试0" in text_of(signed_in(place, "community_worker").post(f"/desk/wishes/{wish.pk}/reach/"))


def test_the_desks_list_leaves_as_a_sheet_without_names(place: Community, wish_at: Callable[[str], Wish]) -> None:
    wish = wish_at("claimed")
    desk = signed_in(place, "community_worker")
    status, contents, _answer = fetch(desk, "/desk/wishes/export.xlsx")
    assert status == 200
    rows = list(openpyxl.load_workbook(io.BytesIO(contents)).active.values)
    assert wish.number in rows[1] and "戏迷" in rows[1]
    assert "测试0" not in str(rows) and "测试1" not in str(rows)
    status, contents, _answer = fetch(desk, "/desk/wishes/export.csv?state=draft")
    assert wish.number not in contents.decode()


@pytest.mark.parametrize(
    "path", ["/desk/wishes/", "/desk/wishes/new/", "/desk/wishes/pairs/", "/desk/wishes/export.csv"]
)
def test_the_desk_is_not_for_residents(place: Community, path: str) -> None:
    assert signed_in(place, "resident").get(path).status_code == 403


@pytest.mark.parametrize(
    ("name", "path"),
    [("community_worker", "/desk/wishes/?state="), ("resident", "/wishes/"), ("resident", "/wishes/mine/")],
)
def test_pages_keep_to_their_number_of_queries(
    place: Community, wish_at: Callable[[str], Wish], query_budget: Any, name: str, path: str
) -> None:
    for state in ("open", "claimed", "draft"):
        wish_at(state)
    client = signed_in(place, name)
    client.get(path)
    with query_budget(path.partition("?")[0].strip("/")):
        client.get(path)


def test_an_auditor_reads_and_changes_nothing(place: Community, wish_at: Callable[[str], Wish]) -> None:
    wish, auditor = wish_at("draft"), signed_in(place, "auditor")
    assert auditor.get(f"/desk/wishes/{wish.pk}/").status_code == 200
    assert auditor.post(f"/desk/wishes/{wish.pk}/put-up/", {"key": "k"}).status_code == 403


def test_unknown_steps_and_wishes_are_not_found(place: Community, wish_at: Callable[[str], Wish]) -> None:
    wish, resident = wish_at("open"), signed_in(place, "resident")
    for path in (f"/wishes/{wish.pk}/fly/", "/wishes/999999/", "/wishes/pairs/999999/"):
        assert resident.get(path).status_code == 404

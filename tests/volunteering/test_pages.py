"""Pages of volunteering: numbers that lead to exactly their rows, who gets in, few taps, and few queries."""

import re
from typing import Any

import pytest
from django.test import Client

from jinlin.organisations.models import Body
from jinlin.territory.models import Zone
from jinlin.volunteering.actions import (
    NewPosting,
    NewReport,
    Served,
    claim,
    confirm,
    post,
    propose_pairs,
    report,
    serve,
)
from jinlin.volunteering.models import Pairing, Posting
from tests.support.community import COMMUNITY, Community
from tests.support.pages import signed_in, text_of

pytestmark = pytest.mark.django_db
DESK = "/desk/volunteering/"


@pytest.fixture
def busy(place: Community, units: list[Body], put_up) -> Posting:
    """Something of everything: reports of both tracks, a post with a waiting list, a pair, a service that is confirmed."""
    worker, resident = place.actor("community_worker"), place.actor("resident")
    report(actor=worker, new=NewReport(COMMUNITY, unit=units[0]))
    for _time in range(3):
        report(actor=resident, new=NewReport(COMMUNITY, unit=units[0], person=place.persons["resident"]))
    put_up("need", "周六搬运")
    put_up("offer", "搬运队")
    propose_pairs(actor=worker, place_code=COMMUNITY)
    done = claim(actor=resident, posting_id=put_up("post", "清理楼道").pk)
    serve(actor=resident, pairing_id=done.pk, served=Served(minutes=60, solved="三楼堆物"))
    confirm(actor=worker, pairing_id=done.pk)
    shown = put_up("post", "楼道保洁", place_code=COMMUNITY)
    for name in ("resident", "neighbour", "grid_member"):
        claim(actor=place.actor(name), posting_id=shown.pk)
    return shown


def links_with_numbers(page: str) -> list[tuple[str, int]]:
    found = re.findall(r'<a class="number[^"]*" href="([^"]+)"[^>]*>(.*?)</a>', page, re.DOTALL)
    numbers = [(url.replace("&amp;", "&"), re.sub(r"<[^>]+>", " ", inner)) for url, inner in found]
    return [(url, int(re.search(r"\d+", words.replace(",", ""))[0])) for url, words in numbers]


def test_every_number_of_the_board_leads_to_exactly_its_rows(place: Community, busy: Posting) -> None:
    desk = signed_in(place, "community_worker")
    links = links_with_numbers(desk.get(DESK).content.decode())
    assert len(links) == 13
    for url, number in links:
        context = desk.get(url).context
        if url.endswith("state=confirmed") and number == 60:
            assert sum(row.minutes or 0 for row in context["pairings"]) == 60
        else:
            assert context.get("total", 0) == number, url


@pytest.mark.parametrize(
    "path", ["", "units/", "reports/", "posts/", "offers/", "needs/", "matching/", "services/", "posts/new/", "posting"]
)
def test_desk_pages_are_for_hosts_and_cost_few_queries(
    place: Community, busy: Posting, query_budget: Any, path: str
) -> None:
    address = f"{DESK}postings/{busy.pk}/" if path == "posting" else f"{DESK}{path}"
    for name in ("resident", "grid_member", "property_manager", "department_officer"):
        assert signed_in(place, name).get(address).status_code == 403, name
    assert Client().get(address).status_code in {302, 401, 403}
    desk = signed_in(place, "community_worker")
    desk.get(address)
    with query_budget(f"desk/volunteering/{path.strip('/') or 'board'}"):
        assert desk.get(address).status_code == 200


@pytest.mark.parametrize(
    "path", ["/volunteering/", "/volunteering/mine/", "/volunteering/offer/", "/field/volunteering/"]
)
def test_pages_on_the_phone_cost_few_queries(place: Community, busy: Posting, query_budget: Any, path: str) -> None:
    client = signed_in(place, "grid_member" if path.startswith("/field") else "resident")
    client.get(path)
    with query_budget(f"volunteering{path.removeprefix('/volunteering').rstrip('/') or '/posts'}"):
        assert client.get(path).status_code == 200


def test_an_auditor_reads_everything_and_is_offered_no_step(place: Community, busy: Posting) -> None:
    auditor = signed_in(place, "auditor")
    for path in ("", "reports/", "posts/", "services/?state=waiting", f"postings/{busy.pk}/"):
        page = auditor.get(DESK + path)
        assert page.status_code == 200 and "btn-danger" not in page.content.decode()
        assert "move-up" not in page.content.decode() and "导入表格" not in text_of(page)
    row = Pairing.objects.get(posting=busy, person=place.persons["neighbour"])
    assert auditor.post(f"{DESK}services/{row.pk}/move-up/").status_code == 403


def test_a_residents_name_is_masked_at_the_desk_and_absent_elsewhere(place: Community, busy: Posting) -> None:
    name = place.persons["resident"].name
    for client, path in [
        (signed_in(place, "community_worker"), f"{DESK}postings/{busy.pk}/"),
        (signed_in(place, "community_worker"), f"{DESK}services/?state=accepted"),
        (signed_in(place, "community_worker"), f"{DESK}reports/?track=member"),
        (signed_in(place, "neighbour"), f"/volunteering/posts/{busy.pk}/"),
        (Client(), "/volunteering/"),
    ]:
        assert name not in client.get(path).content.decode(), path


def test_a_post_is_found_and_claimed_in_three_taps_from_the_first_page(place: Community, busy: Posting) -> None:
    resident = signed_in(place, "resident")
    fresh = post(
        actor=place.actor("community_worker"),
        new=NewPosting(Posting.Kind.POST, "people", "陪老人就医", 1, COMMUNITY, place.bodies["residents_committee"]),
    )
    assert 'href="/volunteering/"' in resident.get("/").content.decode()
    assert f'href="/volunteering/posts/{fresh.pk}/"' in resident.get("/volunteering/").content.decode()
    assert (
        f'action="/volunteering/posts/{fresh.pk}/claim/"'
        in resident.get(f"/volunteering/posts/{fresh.pk}/").content.decode()
    )
    assert resident.post(f"/volunteering/posts/{fresh.pk}/claim/").status_code == 302
    assert "陪老人就医" in text_of(resident.get("/volunteering/mine/"))
    assert 'href="/volunteering/mine/"' in resident.get("/me/").content.decode()


def test_who_is_not_signed_in_is_led_to_signing_in_and_back(busy: Posting) -> None:
    page = Client().get(f"/volunteering/posts/{busy.pk}/").content.decode()
    assert f"next=/volunteering/posts/{busy.pk}/" in page and "/claim/" not in page


def test_a_grid_member_sees_the_posts_of_the_grid_and_of_the_whole_community(place: Community, put_up) -> None:
    first, second = place.grids
    put_up("post", "本网格巡查", place_code=COMMUNITY, zone=first)
    put_up("post", "外网格巡查", place_code=COMMUNITY, zone=second)
    put_up("post", "全社区值守", place_code=COMMUNITY)
    put_up("post", "本网格一号楼", place_code=place.buildings[0].code)
    put_up("post", "外网格四号楼", place_code=place.buildings[3].code)
    page = text_of(signed_in(place, "grid_member").get("/field/volunteering/"))
    assert all(words in page for words in ("本网格巡查", "全社区值守", "本网格一号楼"))
    assert "外网格" not in page
    assert signed_in(place, "resident").get("/field/volunteering/").status_code == 403


def test_a_new_post_is_for_one_grid_and_its_places_change_and_close(place: Community, busy: Posting) -> None:
    desk, grid = signed_in(place, "community_worker"), place.grids[0]
    body = place.bodies["residents_committee"].pk
    words = {"category": "people", "title": "网格巡查", "place": COMMUNITY, "zone": grid.pk, "body": body}
    assert desk.post(f"{DESK}posts/new/", words | {"places": 2, "first_day": "2026-05-08"}).status_code == 302
    made = Posting.objects.get(title="网格巡查")
    assert made.zone == Zone.objects.get(pk=grid.pk)
    address = f"{DESK}postings/{busy.pk}/"
    assert desk.post(address, {"places": 2}).status_code == 302
    assert desk.post(address, {"places": 1}).status_code == 422
    waiting = busy.pairings.get(state="waiting")
    assert "候补1人" in text_of(desk.get(f"{address}close/"))
    assert desk.post(f"{address}close/").status_code == 302
    step = f"{DESK}services/{waiting.pk}/"
    assert desk.post(f"{step}move-up/", {"next": address}).status_code == 422
    assert desk.post(f"{step}decline/", {"next": "https://elsewhere.example/"})["Location"] == f"{DESK}services/"
    assert desk.post(f"{step}nonsense/").status_code == 404


def test_ones_own_offer_comes_off_the_list_and_nobody_elses(place: Community, put_up) -> None:
    new = NewPosting(
        Posting.Kind.OFFER, "people", "帮搬东西", 1, COMMUNITY, person=place.persons["resident"], windows=[(6, 9, 12)]
    )
    made = post(actor=place.actor("resident"), new=new)
    address = f"/volunteering/offer/{made.pk}/take-off/"
    assert signed_in(place, "neighbour").post(address).status_code == 404
    assert signed_in(place, "resident").post(address).status_code == 302
    made.refresh_from_db()
    assert made.closed_at is not None

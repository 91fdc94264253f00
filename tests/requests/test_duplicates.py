"""What was raised near by already: found while it is raised again, by those who may see it, in as much as they may see."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from jinlin.platform.access import NOBODY, Actor
from jinlin.platform.dates import now
from jinlin.requests.actions import Look, Report, Where, publish_request, raise_request
from jinlin.requests.models import Request
from jinlin.requests.queries import duplicates
from jinlin.requests.queries.duplicates import Likely, likely_duplicates
from tests.support.community import Community, make_community

LAMP = "3号楼前面的路灯坏了三天，晚上很黑"
AGAIN = "三号楼前的路灯坏了，晚上太黑不敢走"
LIFT = "电梯又停了，老人下不了楼"


@pytest.fixture
def community(db: None) -> Community:
    return make_community()


def raised(community: Community, text: str = LAMP, *, place: str = "", public: str = "") -> Request:
    """Raise something at the first home, or at a place; make it public under a title where one is given."""
    report = Report(text=text, where=Where(place_code=place or community.homes[0].code), wished_public=bool(public))
    made = raise_request(actor=NOBODY, report=report, sender=text).request
    if public:
        look = Look(title=public, text="路灯不亮。")
        publish_request(actor=community.actor("community_worker"), request_id=made.pk, look=look)
    return made


def near(community: Community, reader: Actor = NOBODY, text: str = AGAIN, **more: Any) -> list[Likely]:
    return likely_duplicates(text, community.homes[0].code, reader, **more)


def test_a_resident_finds_what_is_public_in_its_public_words(community: Community):
    made = raised(community, public="楼前路灯不亮")
    raised(community, text=LAMP + "，请尽快修好")
    [found] = near(community)
    assert (found.title, found.state, found.supports) == ("楼前路灯不亮", "received", 0)
    assert found.url == f"/public/{made.number}"
    assert LAMP not in repr(found)


def test_the_desk_finds_what_it_may_see_and_nobody_elses(community: Community):
    made = raised(community)
    [found] = near(community, community.actor("community_worker"))
    assert (found.title, found.url) == (made.title, f"/desk/requests/{made.pk}")
    assert near(community, community.actor("department_officer")) == []
    assert near(community, community.actor("resident")) == []


def test_another_matter_another_community_and_what_is_over_are_not_found(community: Community):
    worker = community.actor("community_worker")
    raised(community, LIFT)
    made = raised(community)
    assert likely_duplicates(AGAIN, "530199001002", worker) == []
    assert [found.title for found in near(community, worker)] == [made.title]
    assert near(community, worker, at=now() + timedelta(days=31)) == []
    withdraw = Request.objects.filter(pk=made.pk)
    withdraw.update(state="withdrawn")
    assert near(community, worker) == []


def test_the_same_building_comes_first(community: Community):
    worker = community.actor("community_worker")
    other = raised(community, place=community.homes[-1].code)
    same = raised(community, LAMP + "。")
    assert [found.url for found in near(community, worker)] == [f"/desk/requests/{row.pk}" for row in (same, other)]


def test_what_is_written_after_the_first_look_is_found_at_the_next(community: Community):
    worker = community.actor("community_worker")
    assert near(community, worker) == []
    raised(community)
    assert len(near(community, worker)) == 1


def test_what_is_moved_to_another_community_is_gone_here_and_found_there_a_quarter_of_an_hour_later(
    community: Community, monkeypatch: pytest.MonkeyPatch
):
    worker = community.actor("district_officer")
    made = raised(community)
    elsewhere = "530199001002"
    assert len(near(community, worker)) == 1
    assert likely_duplicates(AGAIN, elsewhere, worker) == []
    Request.objects.filter(pk=made.pk).update(place_code=elsewhere)
    assert near(community, worker) == []
    monkeypatch.setattr(duplicates, "CATCH_UP", timedelta(0))
    assert len(likely_duplicates(AGAIN, elsewhere, worker)) == 1


def test_a_few_statements_are_enough(community: Community, query_budget: Any):
    raised(community, public="楼前路灯不亮")
    worker = community.actor("community_worker")
    near(community), near(community, worker)
    with query_budget("similar/public"):
        near(community)
    with query_budget("similar/desk"):
        near(community, worker)


# --- the pages ---


def ask(client: Client, path: str, **fields: str) -> Any:
    return client.post(path, {"text": AGAIN, **fields})


def test_the_page_for_raising_asks_while_somebody_writes(client: Client, community: Community):
    assert 'hx-post="/raise/similar"' in client.get("/raise").content.decode()
    made = raised(community, public="楼前路灯不亮")
    raised(community, LAMP + "，姓王的住户反映")
    page = ask(client, "/raise/similar", place=community.buildings[0].code).content.decode()
    assert "楼前路灯不亮" in page
    assert f'href="/public/{made.number}"' in page
    assert "姓王" not in page
    assert "楼前路灯不亮" not in ask(client, "/raise/similar", another="yes").content.decode()
    assert ask(client, "/raise/similar", text="路灯").content.strip() == b""


def test_a_resident_who_chose_no_place_is_asked_about_home(client: Client, community: Community):
    raised(community, public="楼前路灯不亮")
    client.force_login(community.account("resident"))
    assert "楼前路灯不亮" in ask(client, "/raise/similar").content.decode()


def test_the_desk_sees_open_cases_near_by_while_it_enters_a_new_one(client: Client, community: Community):
    made = raised(community)
    client.force_login(community.account("community_worker"))
    assert 'hx-post="/desk/requests/new/similar"' in client.get("/desk/requests/new").content.decode()
    page = ask(client, "/desk/requests/new/similar", place=community.homes[0].code).content.decode()
    assert f'href="/desk/requests/{made.pk}"' in page


def test_the_desks_answer_is_for_those_who_enter_for_others(client: Client, community: Community):
    assert ask(client, "/desk/requests/new/similar").status_code == 401
    client.force_login(community.account("auditor"))
    assert ask(client, "/desk/requests/new/similar").status_code == 403

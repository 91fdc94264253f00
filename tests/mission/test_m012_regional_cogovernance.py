"""M012 区域化党建共商共治: partners from parks, campuses, institutes and communities are invited to one agenda."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from jinlin.organisations.models import Body, Partnership, Task
from jinlin.volunteering.models import Pairing, Posting
from tests.people.conftest import text_of
from tests.support.bodies import at_desk, found
from tests.support.community import COMMUNITY, make_community

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M012")]


def test_an_item_goes_to_all_four_sectors(method: Callable) -> None:
    place = make_community()
    method("hongshan")
    secretary, committee = at_desk(place, "community_secretary"), Body.objects.get(kind="community_committee")
    url = f"/desk/bodies/{committee.pk}"
    partners = {kind: found(kind, f"某{kind}") for kind in ("park", "campus", "institute")}
    partners["community"] = Body.objects.get(kind="residents_committee")
    given = {"kind": "sector_partner", "valid_from": "2026-01-01"}
    wrong = secretary.post(f"{url}/ties/new/", {**given, "unit": partners["park"].pk, "sector": "moon"})
    assert wrong.status_code == 422 and not Partnership.objects.exists()
    none = secretary.post(f"{url}/ties/new/", {**given, "unit": partners["park"].pk, "sector": ""})
    assert none.status_code == 422 and "园区" in text_of(none)
    for sector, unit in partners.items():
        answer = secretary.post(f"{url}/ties/new/", {**given, "unit": unit.pk, "sector": sector})
        assert answer.status_code == 302, text_of(answer)
    form = secretary.get(f"{url}/tasks/new/?table=regional_sectors").context["form"]
    invited = form.initial["bodies"]
    assert {row.pk for row in partners.values()} <= set(invited)
    item = {"kind": "joint_task", "title": "共享停车位", "bodies": invited, "plan": "区域共商", "due_on": "2027-01-31"}
    assert secretary.post(f"{url}/tasks/new/", item).status_code == 302
    assert set(Task.objects.filter(plan="区域共商").values_list("body_id", flat=True)) == {
        row.pk for row in partners.values()
    }


def test_the_calendar_says_what_partners_share_and_which_body_has_taken_it(clock: Any, method: Callable) -> None:
    place = make_community()
    method("hongshan")
    desk, park = at_desk(place, "community_worker"), found("park", "虹山科技园")
    committee = Body.objects.get(kind="residents_committee")
    shared = {
        "category": "venue",
        "title": "会议室",
        "place": COMMUNITY,
        "places": 1,
        "weekdays": ["5"],
        "first_hour": 9,
        "end_hour": 12,
        "first_day": "2026-05-08",
    }
    nobodys = desk.post("/desk/volunteering/offers/new/", {**shared, "body": ""})
    assert nobodys.status_code == 422 and not Posting.objects.exists(), "a resource without an owner"
    assert desk.post("/desk/volunteering/offers/new/", {**shared, "body": park.pk}).status_code == 302
    page = text_of(Client().get(f"/volunteering/shared/?place={COMMUNITY}"))
    assert page.count("虹山科技园") == 2 and "9:00–12:00" in page and "剩1个名额" in page, "two Saturdays"
    assert "2026-05-09" in page and "2026-05-16" in page and "2026-05-10" not in page

    need = {**shared, "title": "居民议事", "body": committee.pk, "last_day": "2026-05-09"}
    assert desk.post("/desk/volunteering/needs/new/", need).status_code == 302
    desk.post("/desk/volunteering/matching/", {"place": COMMUNITY})
    pair = Pairing.objects.get()
    assert "使用单位" not in text_of(Client().get("/volunteering/shared/")), "only proposed"
    assert desk.post(f"/desk/volunteering/services/{pair.pk}/agree/").status_code == 302
    days = Client().get("/volunteering/shared/").context["days"]
    taken = [(str(one.day), entry.free, list(entry.taken)) for one in days for entry in one.entries]
    assert taken == [("2026-05-09", 0, [(committee.name, 1)]), ("2026-05-16", 1, [])]
    assert "测试" not in text_of(Client().get("/volunteering/shared/"))
    assert Client().get("/volunteering/shared/?day=1999-01-01").status_code == 422
    offer = Posting.objects.get(kind="offer")
    desk.post(f"/desk/volunteering/postings/{offer.pk}/close/")
    assert "虹山科技园" not in text_of(Client().get("/volunteering/shared/"))

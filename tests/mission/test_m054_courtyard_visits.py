"""M054 民情社工常态化走访院坝: what is heard in a courtyard becomes wishes and requests that lead back to the session."""

from typing import Any

import pytest

from jinlin.outreach.models import Round
from jinlin.requests.models import Request
from jinlin.wishes.models import Wish
from tests.support.community import COMMUNITY, make_community
from tests.support.pages import send, signed_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M054")]


def test_m054_three_wishes_and_two_issues_are_three_wishes_and_two_requests(clock: Any, district: Any) -> None:
    place = make_community()
    desk = signed_in(place, "community_worker")
    about = {"kind": "courtyard", "title": "院坝恳谈", "body": place.bodies["service_station"].pk, "place": COMMUNITY,
             "on": "2026-05-09", "starts": "15:00"}  # fmt: skip
    nowhere = send(desk, "/desk/outreach/new/", **about)
    assert (nowhere.status_code, set(nowhere.context["form"].errors)) == (422, {"spot"})
    assert send(desk, "/desk/outreach/new/", **about, spot="凉亭").status_code == 302
    made = Round.objects.get()
    for page in (signed_in(place, "resident").get("/outreach/"), desk.get("/outreach/")):
        assert "2026-05-09 15:00" in text_of(page) and "凉亭" in text_of(page)

    told = {"name": "张奶奶", "agrees": "on"}
    early = send(desk, f"/desk/outreach/{made.pk}/wish/", title="收音机", nickname="戏迷", **told)
    assert early.status_code == 409
    desk.post(f"/desk/outreach/{made.pk}/close/")
    made.refresh_from_db()
    assert made.state == "planned"

    clock.move_to("2026-05-09 15:30")
    for number in range(3):
        answer = send(desk, f"/desk/outreach/{made.pk}/wish/", title=f"心愿{number}", nickname=f"邻居{number}", **told)
        assert answer.status_code == 302
    for number in range(2):
        assert send(desk, f"/desk/outreach/{made.pk}/issue/", words=f"路灯{number}不亮").status_code == 302
    assert desk.post(f"/desk/outreach/{made.pk}/close/").status_code == 302
    made.refresh_from_db()
    assert made.state == "closed"
    assert Wish.objects.filter(origin=f"round:{made.pk}", state="draft", consent="spoken").count() == 3
    linked = {row.became for row in made.findings.filter(kind="issue")}
    assert linked == {f"request:{pk}" for pk in Request.objects.values_list("pk", flat=True)}
    assert Request.objects.filter(channel="visit").count() == 2
    page = text_of(desk.get("/desk/outreach/"))
    assert "凉亭" in page and page[page.index("按院坝") :].count("3") >= 1
    assert send(desk, f"/desk/outreach/{made.pk}/issue/", words="再来一件").status_code == 409

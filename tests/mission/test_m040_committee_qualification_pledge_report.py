"""M040 居委会成员资格联审、履职承诺: pending until all departments answered, then a pledge, and only then the post."""

from datetime import timedelta
from typing import Any

import pytest

from jinlin.organisations.actions import NewFiling, answer_filing, file_matter
from jinlin.organisations.models import Appointment, Body, Filing, Task
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid
from tests.support.community import COMMUNITY, DISTRICT, Community, make_community
from tests.support.posts import client_of, desk_of, new_body

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M040")]

DEPARTMENTS = (
    "organisation_office",
    "political_legal_department",
    "public_security_department",
    "civil_affairs_department",
)


@pytest.fixture
def place(clock: Any) -> Community:
    return make_community()


@pytest.fixture
def filing(place: Community) -> Filing:
    committee = place.bodies["residents_committee"]
    for kind in DEPARTMENTS:
        if not Body.objects.filter(kind=kind).exists():
            new_body(kind, place_code=DISTRICT)
    new = NewFiling(
        "qualification",
        "居委会成员候选人资格",
        committee,
        subject=committee,
        person=place.persons["resident"],
        post="committee_member",
    )
    return file_matter(actor=SYSTEM, new=new)


def answer(filing: Filing, kind: str, verdict: str = "pass", ground: str = "") -> str:
    body = Body.objects.filter(kind=kind).first()
    answer_filing(actor=SYSTEM, filing_id=filing.pk, body_id=body.pk, verdict=verdict, ground=ground)
    filing.refresh_from_db()
    return filing.state


def form_of(place: Community, desk: Any, path: str) -> dict[str, str]:
    keys = [post.key for post in desk.get(path).context["posts"]]
    return {
        "phone": place.persons["resident"].phone,
        "post": str(keys.index("committee_member")),
        "term_from": today().isoformat(),
    }


def test_pending_then_the_pledge_then_the_post(place: Community, filing: Filing) -> None:
    desk, path = desk_of(place), f"/desk/bodies/{place.bodies['residents_committee'].pk}/give-post/"
    form = form_of(place, desk, path)
    for kind in DEPARTMENTS[:3]:
        assert answer(filing, kind) == "pending"
    assert desk.post(path, form).status_code == 422, "three of four answers"
    assert answer(filing, DEPARTMENTS[3], "no_record") == "accepted"
    assert desk.post(path, form).status_code == 302

    offer, own = Appointment.objects.get(key="committee_member"), client_of(place.account("resident"))
    own.post(f"/me/posts/{offer.pk}/accept/")
    assert not Appointment.objects.get(pk=offer.pk).is_running(today()), "no post without a published pledge"
    undated = own.post(f"/me/posts/{offer.pk}/pledge/", {"words_1": "修好三处路灯"})
    assert undated.status_code == 422
    due = today() + timedelta(days=90)
    pledged = {"words_1": "修好三处路灯", "due_on_1": due.isoformat()}
    assert own.post(f"/me/posts/{offer.pk}/pledge/", pledged).status_code == 302
    own.post(f"/me/posts/{offer.pk}/accept/", {"listed": "on"})
    assert Appointment.objects.get(pk=offer.pk).is_running(today())
    task = Task.objects.get(appointment=offer)
    assert (task.title, task.due_on) == ("修好三处路灯", due)
    assert "修好三处路灯" in desk.get(f"/duty/{COMMUNITY}/").content.decode(), "the pledge is public"


def test_a_refusal_needs_its_ground_and_ends_the_way(place: Community, filing: Filing) -> None:
    with pytest.raises(Invalid):
        answer(filing, DEPARTMENTS[0], "not_pass")
    answer(filing, DEPARTMENTS[0], "not_pass", "居民委员会组织法第八条")
    for kind in DEPARTMENTS[1:]:
        answer(filing, kind)
    assert filing.state == "returned"
    desk, path = desk_of(place), f"/desk/bodies/{place.bodies['residents_committee'].pk}/give-post/"
    assert desk.post(path, form_of(place, desk, path)).status_code == 422

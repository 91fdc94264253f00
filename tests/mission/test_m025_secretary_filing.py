"""M025 小区党支部书记备案: a secretary begins with the receipt of the subdistrict, and nobody else's."""

from collections.abc import Callable

import pytest

from jinlin.organisations.models import Appointment, Body, Filing
from jinlin.platform.dates import today
from tests.people.conftest import text_of
from tests.support.bodies import at_desk, found, seat
from tests.support.community import Community, make_community
from tests.support.filings import answer_at_desk, file_at_desk, officer_of

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M025")]
HEADINGS = ("public_spirit", "warmth", "ability", "standing")


@pytest.fixture
def place(clock: object, method: Callable) -> Community:
    place = make_community()
    method("ningde")
    return place


def test_a_choice_that_is_not_filed_is_refused_and_after_the_receipt_it_is_active(place: Community) -> None:
    branch = found("estate_branch", "幸福里小区党支部", zone=place.estates[0])
    committee, office = (Body.objects.get(kind=f"{level}_committee") for level in ("community", "subdistrict"))
    chosen, desk, secretary = (
        place.persons["resident"],
        at_desk(place, "administrator"),
        at_desk(place, "community_secretary"),
    )
    path = f"/desk/bodies/{branch.pk}/give-post/"
    posts = [post.key for post in desk.get(path).context["posts"]]
    post = {"phone": chosen.phone, "post": str(posts.index("estate_secretary")), "term_from": today().isoformat()}
    refused = desk.post(path, post)
    assert refused.status_code == 422 and "phone" in refused.context["form"].errors

    about = {"phone": chosen.phone, "post": "estate_secretary", "subject": branch.pk}
    about |= {f"words-{heading}": "有具体事例" for heading in HEADINGS}
    assert file_at_desk(secretary, committee, "secretary", **about).status_code == 302
    filing = Filing.objects.get()
    assert desk.post(path, post).status_code == 422, "filed, but without an answer"
    assert answer_at_desk(secretary, filing, committee, "pass").status_code == 403, "by the community itself"
    assert answer_at_desk(secretary, filing, office, "pass").status_code == 403, "in the name of the subdistrict"
    assert desk.post(path, post).status_code == 422
    assert answer_at_desk(officer_of(place, office), filing, office, "pass").status_code == 302
    assert desk.post(path, post).status_code == 302
    held = Appointment.objects.get(body=branch, key="estate_secretary")
    assert held.is_running(today()) and held.person == chosen
    mine = text_of(at_desk(place, "resident").get("/me/posts/"))
    assert filing.receipt in mine and f"{filing.decided_at:%Y}" in mine, "the state “filed on date”"


def test_daily_records_are_seen_by_both_levels_and_the_person(place: Community) -> None:
    branch = found("estate_branch", "幸福里小区党支部", zone=place.estates[0])
    held = seat(place, "resident", branch, "estate_secretary")
    line = {"item": "record", "value": "主持召开业主恳谈会", "holds_from": "2026-05-08", "evidence": ""}
    path = f"/desk/sheets/secretary_records/{held.pk}/"
    assert at_desk(place, "community_worker").post(f"{path}record/", line).status_code == 302
    for name in ("community_secretary", "subdistrict_officer"):
        assert "主持召开业主恳谈会" in text_of(at_desk(place, name).get(path)), name
    assert "主持召开业主恳谈会" in text_of(at_desk(place, "resident").get("/me/posts/"))
    assert "主持召开业主恳谈会" not in text_of(at_desk(place, "neighbour").get("/me/posts/"))
    assert at_desk(place, "neighbour").get(path).status_code == 403

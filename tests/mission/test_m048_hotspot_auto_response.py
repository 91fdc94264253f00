"""M048 自动响应机制: enough households of a place with one trouble set off one bundle of work, and further ones none."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from jinlin.clusters.actions import spot
from jinlin.clusters.models import Cluster
from jinlin.organisations.models import Task
from jinlin.people.models import Household, Person, Residence
from jinlin.platform.access import Actor
from jinlin.platform.dates import now
from jinlin.platform.models import Notice
from jinlin.requests import actions
from jinlin.requests.actions import Report, Where
from jinlin.requests.models import Request
from tests.support.community import BEGINNING, Community, make_community

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M048")]
CATEGORY = "C10102"


@pytest.fixture
def place(clock: Any) -> Community:
    clock.move_to("2026-06-01 09:00")
    return make_community()


def grid_homes(place: Community) -> list[Any]:
    return [home for home in place.homes if home.grid_id == place.homes[0].grid_id]


def neighbour(home: Any) -> Actor:
    """Return somebody who lives at a home by proof."""
    person = Person.objects.create(name="邻居", created_at=now())
    household, _made = Household.objects.get_or_create(
        home_code=home.code, valid_to=None, defaults={"valid_from": BEGINNING}
    )
    Residence.objects.create(person=person, household=household, role="resident", proof="desk", valid_from=BEGINNING)
    return Actor(person_id=person.pk, account_id=None)


def raised(place: Community, home: Any, actor: Actor | None = None) -> Request:
    """Raise a request at a home, and accept it under the category."""
    made = actions.raise_request(
        actor=actor or neighbour(home), report=Report("路灯不亮，晚上看不见", where=Where(place_code=home.code))
    ).request
    actions.accept_request(
        actor=place.actor("community_worker"), request_id=made.pk, category=CATEGORY, urgency="ordinary"
    )
    return made


def desk(place: Community, who: str) -> Client:
    client = Client()
    client.force_login(place.account(who))
    return client


def test_the_fifth_household_within_seven_days_sets_off_one_bundle_and_the_sixth_none(
    place: Community, clock: Any
) -> None:
    homes = grid_homes(place)
    assert len(homes) >= 6
    for home in homes[:4]:
        raised(place, home)
    spot()
    assert not Cluster.objects.exists()
    raised(place, homes[4])
    spot()
    cluster = Cluster.objects.get()
    assert (cluster.rule, cluster.households, cluster.cases, cluster.members.count()) == ("hot_grid", 5, 5, 5)
    bundle = Task.objects.filter(plan=cluster.number).count()
    assert bundle == 2
    spot()
    sixth = raised(place, homes[5])
    spot()
    assert Cluster.objects.count() == 1
    assert Task.objects.filter(plan=cluster.number).count() == bundle
    assert cluster.members.count() == 6
    assert Notice.objects.filter(person_id=sixth.reporter_id, text__contains=cluster.title).exists()
    page = desk(place, "community_worker").get(f"/desk/clusters/{cluster.pk}/").content.decode()
    assert all(request.number in page for request in Request.objects.all())


def test_the_window_closes_and_a_new_one_may_set_off_again(place: Community, clock: Any) -> None:
    homes = grid_homes(place)
    for home in homes[:5]:
        raised(place, home)
    spot()
    clock.move_to("2026-06-20 09:00")
    for home in homes[:5]:
        raised(place, home)
    spot()
    assert Cluster.objects.filter(rule="hot_grid").count() == 2


def test_five_requests_of_one_household_are_one_voice(place: Community) -> None:
    home = grid_homes(place)[0]
    actor = neighbour(home)
    for _copy in range(6):
        raised(place, home, actor)
    spot()
    assert not Cluster.objects.exists()


def test_a_rule_is_tried_with_other_numbers_and_nothing_is_written(place: Community) -> None:
    for home in grid_homes(place)[:3]:
        raised(place, home)
    client = desk(place, "community_secretary")
    page = client.get("/desk/clusters/rules", {"rule": "hot_grid", "threshold": 3, "days": 7}).content.decode()
    assert "3户" in page
    assert (
        "3户"
        not in client.get("/desk/clusters/rules", {"rule": "hot_grid", "threshold": 4, "days": 7}).content.decode()
    )
    assert client.get("/desk/clusters/rules", {"rule": "hot_grid", "threshold": 0, "days": 7}).status_code == 200
    assert not Cluster.objects.exists()


def test_a_rule_with_threshold_zero_is_refused() -> None:
    from pydantic import ValidationError

    from jinlin.playbooks.schema.hot_issues import HotRule

    with pytest.raises(ValidationError):
        HotRule(key="x", name="x", name_en="x", scope="grid", threshold=0, days=7, body="residents_committee")


def test_wider_rules_do_not_set_off_again_for_the_same_requests(place: Community, clock: Any) -> None:
    for home in grid_homes(place)[:5]:
        raised(place, home)
        clock.move_to(now() + timedelta(minutes=1))
    for _again in range(3):
        spot()
    assert Cluster.objects.count() == 1

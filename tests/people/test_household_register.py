"""The register of households: moves with their days, two officers at once, and looks that stand there once."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from jinlin.people.actions import change_household, give_contact, note_member, read_household_contact
from jinlin.people.models import Household, HouseholdContact, Residence
from jinlin.people.views import register
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid, Stale
from tests.people.conftest import text_of
from tests.support.community import Community, make_community
from tests.support.threads import at_once

DAY = timedelta(days=1)
WORKER = "community_worker"


def change(place: Community, day: date) -> Household:
    return change_household(actor=place.actor(WORKER), home_code=place.homes[0].code, day=day)


def contact(place: Community, name: str = "张某") -> HouseholdContact:
    until = today() + 30 * DAY
    given = {"name": name, "phone": "13800000000", "expires_on": until, "consent": True}
    return give_contact(actor=place.actor(WORKER), home_code=place.homes[0].code, **given)


def test_a_household_does_not_end_before_somebody_belonged_to_it(place: Community) -> None:
    home = place.homes[0].code
    since = today() - 3 * DAY
    note_member(actor=place.actor(WORKER), home_code=home, name="租户甲", role="tenant", since=since)
    before = list(Residence.objects.order_by("pk").values())
    with pytest.raises(Invalid) as error:
        change(place, since - DAY)
    assert str(since) in str(error.value.fields["day"])
    assert list(Residence.objects.order_by("pk").values()) == before
    change(place, since)
    assert not Residence.objects.filter(valid_to__lt=since).exists()
    assert Household.objects.get(home_code=home, valid_to__isnull=True).valid_from == since


def test_a_household_that_has_just_begun_is_not_begun_again(place: Community) -> None:
    change(place, today())
    with pytest.raises(Invalid) as error:
        change(place, today())
    assert set(error.value.fields) == {"day"}
    assert Household.objects.filter(home_code=place.homes[0].code).count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_that_others_moved_in_one_is_first(transactional_db: None) -> None:
    place = make_community()
    results = at_once(lambda: change(place, today()), lambda: change(place, today()))
    assert sum(isinstance(result, Household) for result in results) == 1, results
    assert sum(isinstance(result, (Stale, Invalid)) for result in results) == 1, results
    assert Household.objects.filter(home_code=place.homes[0].code).count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_contacts_that_are_given_at_once_the_later_one_stays(transactional_db: None) -> None:
    place = make_community()
    results = at_once(lambda: contact(place, "甲"), lambda: contact(place, "乙"), lambda: contact(place, "丙"))
    assert all(isinstance(result, HouseholdContact) for result in results), results
    assert HouseholdContact.objects.filter(ended_at__isnull=True).count() == 1
    assert HouseholdContact.objects.filter(phone="").count() == 2


def test_a_look_stands_there_once_and_the_rest_is_on_further_pages(
    place: Community, browser_of: Callable[[str], Client], clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register, "LOOKS_PAGE", 3)
    home = place.homes[0].code
    for name in ("租户甲", "租户乙"):
        note_member(actor=place.actor(WORKER), home_code=home, name=name, role="tenant", since=today())
    contact(place)
    for _look in range(5):
        clock.forward(minutes=1)
        read_household_contact(actor=place.actor("grid_member"), home_code=home)
    browser = browser_of("resident")
    first = browser.get(f"/me/home/{home}/")
    assert len(first.context["looks"]) == 3
    second = browser.get(f"/me/home/{home}/{first.context['older_url']}")
    assert len(second.context["looks"]) == 2
    assert not second.context["older_url"] and second.context["newer_url"] in text_of(second).replace("&amp;", "&")
    times = [look.at for page in (first, second) for look in page.context["looks"]]
    assert times == sorted(set(times), reverse=True) and len(times) == 5

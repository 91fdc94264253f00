"""Me too: one word for each household, whoever of it says so, with notices of what everybody may read."""

from typing import Any

import pytest
from django.test import Client

from jinlin.people.actions import claim_home, confirm_claim, erase_own_data, issue_card, join_household
from jinlin.people.models import Household, Person, Residence, Support
from jinlin.platform.access import NOBODY, Actor
from jinlin.platform.dates import now, today
from jinlin.platform.errors import NotAllowed, NotFound, NotSignedIn, TooMany
from jinlin.platform.models import Notice
from jinlin.requests import actions
from jinlin.requests.actions import Door, Look
from jinlin.requests.actions.supports import MOST_FROM_ONE_ADDRESS
from jinlin.requests.models import Request
from jinlin.requests.states import State
from tests.api.programs import program_of
from tests.requests.desk_cases import at, raised
from tests.support.community import Community, make_community
from tests.support.pages import signed_in, text_of
from tests.support.work import work_off

pytestmark = pytest.mark.django_db
LOOK = Look(title="路灯不亮", text="3号楼路灯不亮")


@pytest.fixture
def place(clock: Any) -> Community:
    return make_community()


def published(place: Community, request: Request) -> Request:
    actions.publish_request(actor=place.actor("community_worker"), request_id=request.pk, look=LOOK)
    request.refresh_from_db()
    return request


@pytest.fixture
def request_(place: Community) -> Request:
    return published(place, at(place, State.IN_PROGRESS, public=True))


def person_at(home: str | None) -> Actor:
    """Return a new person, who lives by proof in a home or nowhere known."""
    person = Person.objects.create(name="新住户", created_at=now())
    if home:
        household = Household.objects.get(home_code=home, valid_to=None)
        Residence.objects.create(person=person, household=household, role="resident", proof="desk", valid_from=today())
    return Actor(account_id=person.pk + 10_000, person_id=person.pk)


def count(request: Request) -> int:
    request.refresh_from_db()
    return request.supports


def test_a_household_counts_once_whoever_of_it_says_so(place: Community, request_: Request) -> None:
    first, second, elsewhere = (person_at(place.homes[home].code) for home in (7, 7, 8))
    for actor in (first, first, second, elsewhere):
        actions.support_request(actor=actor, request_id=request_.pk)
    assert count(request_) == 2 == Support.objects.count()


def test_somebody_whose_household_is_not_confirmed_counts_alone(place: Community, request_: Request) -> None:
    for actor in (person_at(None), person_at(None)):
        actions.support_request(actor=actor, request_id=request_.pk)
    assert count(request_) == 2


def test_two_become_one_when_their_household_is_confirmed(place: Community, request_: Request) -> None:
    member, newcomer = person_at(place.homes[7].code), person_at(None)
    for actor in (member, newcomer):
        actions.support_request(actor=actor, request_id=request_.pk)
    assert count(request_) == 2
    claim = claim_home(actor=newcomer, home_code=place.homes[7].code, role="resident")
    confirm_claim(actor=place.actor("community_worker"), claim_id=claim.pk)
    assert count(request_) == 1


def test_the_word_of_one_goes_over_to_the_household_that_a_card_opens(place: Community, request_: Request) -> None:
    newcomer = place.actor("auditor")
    actions.support_request(actor=newcomer, request_id=request_.pk)
    _card, code = issue_card(actor=place.actor("community_worker"), home_code=place.homes[9].code)
    join_household(actor=newcomer, code=code, role="tenant")
    actions.support_request(actor=person_at(place.homes[9].code), request_id=request_.pk)
    assert count(request_) == 1
    assert Support.objects.get().by.startswith("household:")


def test_it_can_be_taken_back(place: Community, request_: Request) -> None:
    neighbour = place.actor("neighbour")
    actions.support_request(actor=neighbour, request_id=request_.pk)
    actions.withdraw_support(actor=neighbour, request_id=request_.pk)
    actions.withdraw_support(actor=neighbour, request_id=request_.pk)
    assert count(request_) == 0


def test_who_may_not(place: Community, request_: Request) -> None:
    private = raised(place)
    cases: list[tuple[Actor, Request, type[Exception]]] = [
        (NOBODY, request_, NotSignedIn),
        (place.actor("resident"), request_, NotAllowed),
        (place.actor("neighbour"), private, NotFound),
    ]
    for actor, request, error in cases:
        with pytest.raises(error):
            actions.support_request(actor=actor, request_id=request.pk)
    closed = published(place, at(place, State.CLOSED, public=True))
    with pytest.raises(NotAllowed, match="重新反映"):
        actions.support_request(actor=place.actor("neighbour"), request_id=closed.pk)


def test_ten_thousand_from_one_address_count_for_an_hours_worth(place: Community, request_: Request) -> None:
    persons = Person.objects.bulk_create(Person(name="", created_at=now()) for _ in range(200))
    actors = [Actor(account_id=100_000 + person.pk, person_id=person.pk) for person in persons]
    refused = 0
    for number in range(10_000):
        try:
            actions.support_request(actor=actors[number % 200], request_id=request_.pk, door=Door(sender="203.0.113.9"))
        except TooMany:
            refused += 1
    assert refused == 10_000 - MOST_FROM_ONE_ADDRESS
    assert count(request_) == MOST_FROM_ONE_ADDRESS


def test_supporters_hear_where_it_stands_and_never_its_words(place: Community, request_: Request, clock: Any) -> None:
    clock.forward(minutes=5)
    actions.support_request(actor=place.actor("neighbour"), request_id=request_.pk)
    actions.handle_request(
        actor=place.actor("property_manager"), request_id=request_.pk, answer="王女士，灯换好了，有事打13812345678。"
    )
    work_off()
    told = Notice.objects.get(person_id=place.persons["neighbour"].pk)
    assert "路灯不亮" in told.text and "已办理" in told.text and "王女士" not in told.text
    assert told.link == f"/public/{request_.number}"


def test_nobody_hears_of_what_is_public_no_longer(place: Community, request_: Request) -> None:
    actions.support_request(actor=place.actor("neighbour"), request_id=request_.pk)
    actions.withdraw_publication(actor=place.actor("resident"), request_id=request_.pk, reason="不想公开了")
    actions.handle_request(actor=place.actor("property_manager"), request_id=request_.pk, answer="好了")
    work_off()
    assert not Notice.objects.filter(person_id=place.persons["neighbour"].pk).exists()


def test_whoever_leaves_the_platform_leaves_their_household_its_word(place: Community, request_: Request) -> None:
    actions.support_request(actor=place.actor("neighbour"), request_id=request_.pk)
    erase_own_data(actor=place.actor("neighbour"))
    assert count(request_) == 1
    assert Support.objects.get().person is None


def test_on_the_public_page(place: Community, request_: Request) -> None:
    path = f"/public/{request_.number}"
    stranger = Client()
    assert "还没有其他住户" in text_of(stranger.get(path))
    answer = stranger.post(f"{path}/me-too")
    assert answer.status_code == 302 and "next=" in answer.url

    neighbour = signed_in(place, "neighbour")
    page = neighbour.get(path)
    key = page.content.decode().split('name="key" value="')[1].split('"')[0]
    for _twice in range(2):
        neighbour.post(f"{path}/me-too", {"key": key})
    assert count(request_) == 1
    assert "1户" in text_of(neighbour.get(path)) and "1户" in text_of(stranger.get(path))
    neighbour.post(f"{path}/me-too", {"withdraw": "yes"})
    assert count(request_) == 0


def test_reporter_and_desk_read_how_many(place: Community, request_: Request) -> None:
    actions.support_request(actor=place.actor("neighbour"), request_id=request_.pk)
    assert "1户" in text_of(signed_in(place, "resident").get(f"/my/requests/{request_.pk}"))
    assert "1户" in text_of(signed_in(place, "community_worker").get(f"/desk/requests/{request_.pk}"))


def test_through_the_api(place: Community, request_: Request) -> None:
    neighbour = program_of(place.actor("neighbour"))
    path = f"/requests/{request_.pk}/me-too"
    assert neighbour.post(path).json() == {"number": request_.number, "supports": 1}
    assert neighbour.post(path).json()["supports"] == 1
    assert neighbour.post(f"{path}/withdraw").json()["supports"] == 0


def test_it_is_among_ones_own_data(place: Community, request_: Request) -> None:
    actions.support_request(actor=place.actor("neighbour"), request_id=request_.pk)
    assert request_.number in text_of(signed_in(place, "neighbour").get("/me/export/"))

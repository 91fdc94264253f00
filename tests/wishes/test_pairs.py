"""Support pairs: limits of number and term, who sees one, and how one ends."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid, NotAllowed, NotFound, WrongState
from jinlin.wishes import actions
from jinlin.wishes.actions import NewContact
from jinlin.wishes.models import Contact, SupportPair, Wish
from tests.support.community import Community
from tests.wishes.conftest import new_wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(place: Community, wish_at: Callable[[str], Wish]) -> SupportPair:
    """A pair that both have agreed to."""
    wish = wish_at("confirmed")
    made = actions.offer_support(
        actor=place.actor("neighbour"), wish_id=wish.pk, offer="每周买菜", last_day=today() + timedelta(days=30)
    )
    return actions.accept_support(actor=place.actor("resident"), pair_id=made.pk)


@pytest.mark.parametrize("days", [0, -1, 366])
def test_a_term_is_between_tomorrow_and_what_the_place_allows(
    place: Community, wish_at: Callable[[str], Wish], days: int
) -> None:
    wish = wish_at("confirmed")
    with pytest.raises(Invalid) as refused:
        actions.offer_support(
            actor=place.actor("neighbour"), wish_id=wish.pk, offer="买菜", last_day=today() + timedelta(days=days)
        )
    assert set(refused.value.fields) == {"last_day"}


def test_the_same_two_are_one_pair_at_a_time(place: Community, pair: SupportPair) -> None:
    more = {"actor": place.actor("neighbour"), "wish_id": pair.wish_id, "last_day": today() + timedelta(days=9)}
    with pytest.raises(WrongState):
        actions.offer_support(offer="再来", **more)
    actions.end_support(actor=place.actor("neighbour"), pair_id=pair.pk)
    assert actions.offer_support(offer="再来", **more).state == "offered"


def test_only_whoever_fulfilled_the_wish_offers(place: Community, wish_at: Callable[[str], Wish]) -> None:
    wish = wish_at("confirmed")
    for name in ("resident", "grid_member", "community_worker"):
        with pytest.raises(NotAllowed):
            actions.offer_support(
                actor=place.actor(name), wish_id=wish.pk, offer="买菜", last_day=today() + timedelta(days=9)
            )


@pytest.mark.parametrize("name", ["resident", "neighbour", "community_worker"])
def test_either_side_and_the_coordinator_end_it_at_any_time(place: Community, pair: SupportPair, name: str) -> None:
    ended = actions.end_support(actor=place.actor(name), pair_id=pair.pk, words="搬家了")
    assert (ended.state, ended.end_words) == ("ended", "搬家了")
    with pytest.raises(WrongState):
        actions.end_support(actor=place.actor(name), pair_id=pair.pk)


def test_nobody_else_knows_of_it_and_the_coordinator_does_not_log(place: Community, pair: SupportPair) -> None:
    new = NewContact(today(), "visit", "一起买菜")
    for name in ("grid_member", "neighbour_head", "subdistrict_officer", "auditor"):
        with pytest.raises(NotFound):
            actions.log_contact(actor=place.actor(name), pair_id=pair.pk, new=new)
    with pytest.raises(NotAllowed):
        actions.log_contact(actor=place.actor("community_worker"), pair_id=pair.pk, new=new)
    actions.log_contact(actor=place.actor("resident"), pair_id=pair.pk, new=new)
    assert Contact.objects.count() == 1


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewContact(date(2026, 5, 9), "visit", "买菜"), "on"),
        (NewContact(date(2026, 5, 7), "visit", "买菜"), "on"),
        (NewContact(date(2026, 5, 8), "rumour", "买菜"), "way"),
        (NewContact(date(2026, 5, 8), "visit", ""), "words"),
        (NewContact(date(2026, 5, 8), "visit", "电话13912345678"), "words"),
        (NewContact(date(2026, 5, 8), "visit", "买菜", date(2026, 5, 7)), "next_on"),
    ],
)
def test_a_contact_that_cannot_be_is_refused(place: Community, pair: SupportPair, new: NewContact, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        actions.log_contact(actor=place.actor("neighbour"), pair_id=pair.pk, new=new)
    assert set(refused.value.fields) == {field}
    assert not Contact.objects.exists()


def test_it_ends_by_itself_after_its_last_day(place: Community, pair: SupportPair, clock: Any) -> None:
    clock.forward(days=30)
    assert actions.end_over().done == 0
    clock.forward(days=1)
    assert actions.end_over().done == 1
    pair.refresh_from_db()
    assert pair.state == "ended"


def test_one_helper_supports_three_residents_and_no_fourth(place: Community, pair: SupportPair) -> None:
    neighbour, worker = place.actor("neighbour"), place.actor("community_worker")
    last_day = today() + timedelta(days=9)
    for number, name in enumerate(("grid_member", "neighbour_head", "auditor")):
        wisher = place.actor(name)
        wish = actions.make_wish(actor=wisher, new=new_wish())
        actions.put_up(actor=worker, wish_id=wish.pk)
        actions.claim(actor=neighbour, wish_id=wish.pk)
        actions.fulfil(actor=neighbour, wish_id=wish.pk, words="好了")
        actions.confirm(actor=wisher, wish_id=wish.pk)
        if number < 2:
            actions.offer_support(actor=neighbour, wish_id=wish.pk, offer="买菜", last_day=last_day)
            continue
        with pytest.raises(Invalid):
            actions.offer_support(actor=neighbour, wish_id=wish.pk, offer="买菜", last_day=last_day)

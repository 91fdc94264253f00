"""Acting for another: asked, granted until a day, refused, ended; and what it gives while it lasts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from jinlin.people.actions import (
    ask_mandate,
    correct_own_data,
    end_mandate,
    erase_own_data,
    grant_mandate,
    refuse_mandate,
)
from jinlin.people.models import Mandate, Person
from jinlin.people.rules import may_act_for
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid, NotAllowed, NotFound, TooMany, WrongState
from jinlin.platform.models import Notice
from jinlin.requests import rules as request_rules
from jinlin.requests.actions import Report, raise_request
from tests.people.conftest import text_of
from tests.support.community import Community

PARENT, CHILD = "neighbour", "resident"


def asked(place: Community) -> Mandate:
    return ask_mandate(actor=place.actor(CHILD), phone=place.persons[PARENT].phone)


def granted(place: Community, days: int = 30) -> Mandate:
    return grant_mandate(actor=place.actor(PARENT), mandate_id=asked(place).pk, last_day=today() + timedelta(days=days))


def acts(place: Community) -> bool:
    return bool(may_act_for(place.actor(CHILD), place.persons[PARENT].pk))


def test_asking_gives_nothing_yet_and_tells_the_other(place: Community) -> None:
    assert asked(place) and not acts(place)
    assert "测试0" in Notice.objects.get(person_id=place.persons[PARENT].pk).text


def test_consent_lets_one_raise_and_see_for_the_other_until_the_last_day(place: Community, clock: Any) -> None:
    granted(place, days=2)
    receipt = raise_request(
        actor=place.actor(CHILD), report=Report(text="楼道灯坏了"), for_person_id=place.persons[PARENT].pk
    )
    seen = request_rules.visible_to(place.actor(CHILD)).filter(pk=receipt.request.pk)
    assert acts(place) and seen.exists()
    clock.forward(days=2)
    assert acts(place), "the last day counts"
    clock.forward(days=1)
    assert not acts(place)
    # What the agent entered stays theirs to follow; what the other raised alone does not.
    own = raise_request(actor=place.actor(PARENT), report=Report(text="水管漏了"))
    assert not request_rules.visible_to(place.actor(CHILD)).filter(pk=own.request.pk).exists()
    with pytest.raises(NotAllowed):
        raise_request(actor=place.actor(CHILD), report=Report(text="又坏了"), for_person_id=place.persons[PARENT].pk)


@pytest.mark.parametrize("name", [PARENT, CHILD])
def test_either_side_ends_it_at_once(place: Community, name: str) -> None:
    mandate = granted(place)
    end_mandate(actor=place.actor(name), mandate_id=mandate.pk)
    assert not acts(place)
    with pytest.raises(WrongState):
        end_mandate(actor=place.actor(name), mandate_id=mandate.pk)
    assert asked(place), "they may ask again"


def test_a_refusal_stands(place: Community) -> None:
    mandate = asked(place)
    refuse_mandate(actor=place.actor(PARENT), mandate_id=mandate.pk)
    assert not acts(place)
    with pytest.raises(WrongState):
        grant_mandate(actor=place.actor(PARENT), mandate_id=mandate.pk, last_day=today())


@pytest.mark.parametrize("verb", [grant_mandate, refuse_mandate, end_mandate])
def test_nobody_else_decides(place: Community, verb: Callable) -> None:
    mandate = granted(place) if verb is end_mandate else asked(place)
    more = {"last_day": today()} if verb is grant_mandate else {}
    others = ["community_worker", "administrator"] + ([CHILD] if verb is not end_mandate else [])
    for name in others:
        with pytest.raises(NotFound):
            verb(actor=place.actor(name), mandate_id=mandate.pk, **more)


@pytest.mark.parametrize("days", [-1, 3 * 366 + 1])
def test_the_last_day_lies_ahead_and_not_too_far(place: Community, days: int) -> None:
    with pytest.raises(Invalid):
        granted(place, days=days)


def test_a_mandate_that_is_over_makes_room_for_a_new_one(place: Community, clock: Any) -> None:
    granted(place, days=0)
    clock.forward(days=1)
    assert asked(place)


def test_asking_twice_asks_once(place: Community) -> None:
    asked(place)
    assert asked(place) is None
    assert Mandate.objects.count() == 1 and Notice.objects.count() == 1


@pytest.mark.parametrize("phone", ["19900000000", "123", "027-12345678", ""])
def test_ones_own_number_and_what_is_none(place: Community, phone: str) -> None:
    with pytest.raises(Invalid):
        ask_mandate(actor=place.actor(CHILD), phone=phone)


def test_one_who_asks_has_a_name(place: Community) -> None:
    correct_own_data(actor=place.actor(CHILD), name="", email="")
    with pytest.raises(Invalid):
        asked(place)


def test_an_unknown_number_looks_like_a_known_one(place: Community, browser_of: Callable[[str], Client]) -> None:
    answers = [
        browser_of(CHILD).post("/me/mandates/", {"phone": phone}, follow=True)
        for phone in ("13799990000", place.persons[PARENT].phone)
    ]
    pages = [text_of(answer) for answer in answers]
    said = [page[page.index('id="messages"') : page.index("</main>")] for page in pages]
    first, second = ([line for line in page.splitlines() if "csrf" not in line] for page in said)
    assert first == second
    assert Mandate.objects.count() == 1


def test_an_erased_person_can_be_asked_no_more(place: Community) -> None:
    phone = place.persons[PARENT].phone
    erase_own_data(actor=place.actor(PARENT))
    assert ask_mandate(actor=place.actor(CHILD), phone=phone) is None


def test_erasing_ends_what_was_granted(place: Community) -> None:
    granted(place)
    erase_own_data(actor=place.actor(PARENT))
    assert not acts(place) and not Mandate.objects.exists()
    assert Person.objects.get(pk=place.persons[PARENT].pk).erased_at


def test_asking_is_limited(place: Community) -> None:
    for _ in range(10):
        ask_mandate(actor=place.actor(CHILD), phone="13799990000")
    with pytest.raises(TooMany):
        asked(place)


def test_the_pages_lead_from_asking_to_ending(place: Community, browser_of: Callable[[str], Client]) -> None:
    browser_of(CHILD).post("/me/mandates/", {"phone": place.persons[PARENT].phone})
    parent = browser_of(PARENT)
    assert "有人想替您办事" in text_of(parent.get("/me/"))
    mandate = Mandate.objects.get()
    assert "测试0" in text_of(parent.get(f"/me/mandates/{mandate.pk}/"))
    assert parent.post(f"/me/mandates/{mandate.pk}/", {"last_day": "2020-01-01"}).status_code == 422
    parent.post(f"/me/mandates/{mandate.pk}/", {"last_day": today() + timedelta(days=9)})
    assert acts(place)
    assert "测试1" in text_of(browser_of(CHILD).get("/me/mandates/"))
    browser_of(CHILD).post(f"/me/mandates/{mandate.pk}/end/")
    assert not acts(place)
    assert parent.get(f"/me/mandates/{mandate.pk}/").status_code == 404

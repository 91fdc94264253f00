"""The officers' digest: new, due today and overdue at their own body, and the list that shows exactly these."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from jinlin.people.actions import choose_digest
from jinlin.people.actions.digests import send_digests
from jinlin.platform.dates import now
from jinlin.platform.models import Notice
from jinlin.requests.models import Request
from jinlin.requests.states import State
from tests.requests.desk_cases import RunningClock, at, running_clock
from tests.support.community import Community, make_community

pytestmark = pytest.mark.django_db
__all__ = ["running_clock"]
ROW = re.compile(r"<tr data-row\b")


@pytest.fixture
def place(running_clock: RunningClock) -> Community:
    """A firm with one to sign for, one due in the evening, one overdue, one with time, and one that is answered."""
    made = make_community()
    new = at(made, State.DISPATCHED).pk
    today, late, later = (at(made, State.IN_PROGRESS, home=home).pk for home in (1, 2, 3))
    at(made, State.HANDLED)
    running_clock.forward(minutes=10)
    for pk, hours in ((new, 30), (today, 10), (late, -1), (later, 30)):
        Request.objects.filter(pk=pk).update(due_at=now() + timedelta(hours=hours))
    return made


def digests(place: Community, who: str) -> list[Notice]:
    return list(Notice.objects.filter(person_id=place.persons[who].pk, text__contains="今日到期"))


def test_the_firm_reads_its_own_numbers_and_the_link_lists_just_these(place: Community, client: Client) -> None:
    choose_digest(actor=place.actor("property_manager"), by="notice")
    for _again in range(2):
        send_digests()
    (told,) = digests(place, "property_manager")
    assert told.text.endswith("：新收1件，今日到期1件，超时1件。")
    client.force_login(place.account("property_manager"))
    assert len(ROW.findall(client.get(told.link).content.decode())) == 3


def test_who_chose_none_or_has_nothing_gets_none(place: Community) -> None:
    for who in ("resident", "department_officer"):
        choose_digest(actor=place.actor(who), by="notice")
    send_digests()
    assert not any(digests(place, who) for who in place.persons)

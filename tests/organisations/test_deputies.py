"""Who may stand in: somebody to whom the post itself could be given beside what else they do."""

from datetime import timedelta
from typing import Any

import pytest

from jinlin.algorithms.duty_hours import read_hours
from jinlin.organisations.actions import NewAppointment, appoint, appoint_deputy
from jinlin.organisations.models import Appointment, Body
from jinlin.people.models import Person
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid
from tests.support.community import Community
from tests.support.methods import post, with_posts, work_by

DAY = timedelta(days=1)
BODY = "residents_committee"
POSTS = (
    post("cashier", BODY, apart_from=["bookkeeper"]),
    post("bookkeeper", BODY),
    post("outside_observer", BODY, outsider=True),
    post("caretaker", BODY),
)


@pytest.fixture(autouse=True)
def work_method(monkeypatch: pytest.MonkeyPatch) -> None:
    work_by(monkeypatch, with_posts(*POSTS))


def given(person: Person, key: str, **more: Any) -> Appointment:
    committee = Body.objects.get(kind=BODY)
    return appoint(actor=SYSTEM, new=NewAppointment(person, committee, key, today(), **more))


def leave(held: Appointment, person: Person) -> Appointment:
    days = {"first_day": today() + DAY, "last_day": today() + 3 * DAY}
    return appoint_deputy(actor=SYSTEM, appointment_id=held.pk, person=person, **days)


@pytest.mark.parametrize(
    ("stands_in_for", "is_already"),
    [("cashier", "bookkeeper"), ("bookkeeper", "cashier"), ("outside_observer", "caretaker")],
)
def test_what_keeps_somebody_from_a_post_keeps_them_from_standing_in(
    place: Community, stands_in_for: str, is_already: str
) -> None:
    held = given(place.persons["resident"], stands_in_for)
    given(place.persons["neighbour"], is_already)
    with pytest.raises(Invalid) as error:
        leave(held, place.persons["neighbour"])
    assert set(error.value.fields) == {"person"}
    assert leave(held, place.persons["auditor"]).deputises == held


def test_nobody_stands_in_at_hours_at_which_they_are_on_duty_elsewhere(place: Community) -> None:
    monday = read_hours("周一 9:00-12:00")
    held = given(place.persons["resident"], "cashier", hours=monday)
    given(place.persons["neighbour"], "caretaker", hours=read_hours("周一 11:00-13:00"))
    given(place.persons["auditor"], "caretaker", hours=read_hours("周二 11:00-13:00"))
    with pytest.raises(Invalid) as error:
        leave(held, place.persons["neighbour"])
    assert "09:00" in str(error.value.fields["person"])
    assert leave(held, place.persons["auditor"]).hours == held.hours


def test_nobody_who_has_left_stands_in(place: Community) -> None:
    gone = place.persons["neighbour"]
    Person.objects.filter(pk=gone.pk).update(erased_at=now())
    gone.refresh_from_db()
    with pytest.raises(Invalid):
        leave(given(place.persons["resident"], "cashier"), gone)

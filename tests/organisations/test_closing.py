"""However a post closes, it is over after its last day, never begins where it had not, and keeps the reason it has."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from jinlin.organisations import actions
from jinlin.organisations.actions.closing import close, close_with_deputies, open_after
from jinlin.organisations.models import Appointment, Body
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import today
from tests.support.community import Community

DAY = timedelta(days=1)


def a_post(place: Community, since: date, accepted: date | None, until: date | None = None, **more: Any) -> Appointment:
    given = {"body": place.bodies["residents_committee"], "person": place.persons["resident"], "key": "grid_member"}
    days = {"term_from": since, "term_to": until, "accepted_on": accepted}
    return Appointment.objects.create(post="x", place_code=given["body"].place_code, **given, **days, **more)


def test_a_post_that_closes_is_over_after_its_last_day(place: Community) -> None:
    now = today()
    for since, accepted, until in [
        (now - 9 * DAY, now - 9 * DAY, None),
        (now - 9 * DAY, now - 9 * DAY, now + 9 * DAY),
        (now - 9 * DAY, now, None),
        (now - 9 * DAY, None, None),
        (now + DAY, now + DAY, None),
        (now + DAY, None, now + 9 * DAY),
    ]:
        post = a_post(place, since, accepted, until)
        close([post], now - DAY, "理由")
        post.refresh_from_db()
        assert not any(post.is_running(now + number * DAY) for number in range(12))
        assert post.is_running(now - DAY) == (accepted is not None and accepted < now)
        assert not post.is_offer and post.ended_because
        assert post not in open_after(Appointment.objects.all(), now - DAY)


def test_the_reason_that_is_there_stays(place: Community) -> None:
    post = a_post(place, today() - 9 * DAY, today() - 9 * DAY, today() + DAY, ended_because="已调离")
    close([post], today(), "组织已撤销")
    post.refresh_from_db()
    assert (post.ended_because, post.term_to) == ("已调离", today())


def test_who_stands_in_closes_with_the_holder(place: Community) -> None:
    held = a_post(place, today() - 9 * DAY, today() - 9 * DAY)
    running = a_post(place, today(), today(), today() + 9 * DAY, deputises=held)
    to_come = a_post(place, today() + 5 * DAY, today() + 5 * DAY, today() + 9 * DAY, deputises=held)
    over = a_post(place, today() - 5 * DAY, today() - 5 * DAY, today() - 4 * DAY, deputises=held)
    close_with_deputies(held, today() + DAY)
    for row in (running, to_come, over):
        row.refresh_from_db()
    assert (running.term_to, over.term_to) == (today() + DAY, today() - 4 * DAY)
    assert to_come.is_given_up and not over.ended_because


@pytest.mark.parametrize(
    "ends",
    [
        lambda post, body: actions.end_appointment(actor=SYSTEM, appointment_id=post.pk, last_day=today()),
        lambda post, body: actions.recall_holder(
            actor=SYSTEM, appointment_id=post.pk, last_day=today(), because="调离"
        ),
        lambda post, body: actions.end_body(actor=SYSTEM, body_id=body.pk, last_day=today()),
    ],
)
def test_every_way_to_end_closes_in_one_way(place: Community, ends: Callable[[Appointment, Body], object]) -> None:
    body = Body.objects.create(name="队", kind="work_team", place_code=place.buildings[0].code[:12])
    post = a_post(place, today() - 9 * DAY, today() - 9 * DAY)
    Appointment.objects.filter(pk=post.pk).update(body=body)
    stands_in = a_post(place, today(), today(), today() + 9 * DAY, deputises=post)
    Appointment.objects.filter(pk=stands_in.pk).update(body=body)
    ends(post, body)
    for row in (post, stands_in):
        row.refresh_from_db()
        assert row.term_to == today() and not row.is_running(today() + DAY)

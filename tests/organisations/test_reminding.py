"""Once told: a term that ends in 60 days to its holder, a place that is vacant too long to the offices; and one's own data."""

from datetime import timedelta
from typing import Any

from jinlin.organisations.actions import NewAppointment, accept_post, appoint
from jinlin.organisations.actions.reminding import remind_of_posts
from jinlin.people.exports import everything_about
from jinlin.people.rules import may_leave
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import today
from jinlin.platform.models import Notice
from tests.support.community import Community

DAY = timedelta(days=1)


def told(place: Community, name: str) -> list[str]:
    return list(Notice.objects.filter(person_id=place.persons[name].pk).values_list("text", flat=True))


def test_a_holder_is_told_60_days_before_the_end(place: Community, clock: Any) -> None:
    held = place.persons["grid_member"].appointments.get()
    held.term_to = today() + 61 * DAY
    held.save(update_fields=["term_to"])
    remind_of_posts()
    assert not told(place, "grid_member")
    clock.forward(days=1)
    remind_of_posts()
    assert len(told(place, "grid_member")) == 1


def test_the_offices_are_told_of_a_grid_without_a_member_once(place: Community, clock: Any) -> None:
    held = place.persons["grid_member"].appointments.get()
    held.term_to = today() - DAY
    held.save(update_fields=["term_to"])
    for _day in range(12):
        remind_of_posts()
        clock.forward(days=1)
    assert len([text for text in told(place, "community_worker") if place.grids[0].name in text]) == 1
    assert not told(place, "resident")


def test_ones_posts_are_ones_data_and_keep_the_account(place: Community) -> None:
    resident, committee = place.actor("resident"), place.bodies["residents_committee"]
    new = NewAppointment(place.persons["resident"], committee, "residents_representative", today())
    offer = appoint(actor=SYSTEM, new=new)
    assert may_leave(resident), "an offer binds nobody"
    accept_post(actor=resident, appointment_id=offer.pk)
    assert not may_leave(resident)
    [section] = [section for section in everything_about(resident.person_id) if section.name == "posts"]
    assert "居民代表" in section.rows[0].values()

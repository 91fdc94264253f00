"""Forms that a phone kept without a network: when they were raised, sent again without harm, and refused with a reason."""

from datetime import timedelta

import pytest

from jinlin.requests.models import Request
from tests.support.community import make_community
from tests.support.pages import signed_in, upload

DAY_MS = 86_400_000


@pytest.fixture
def community(db, clock):
    return make_community()


@pytest.fixture
def member(community):
    """The grid member's phone."""
    return signed_in(community, "grid_member")


def send(client, community, *, entered_ms="", sent_ms="", **more):
    """Send the form as the phone does, with its own clock."""
    values = {"text": "路灯不亮", "place": community.buildings[0].code, "key": "k-1"} | more
    return client.post("/field/report", values | {"entered_ms": entered_ms, "sent_ms": sent_ms})


def phone_clock(clock, *, wrong_by=timedelta(), ago=timedelta()):
    """Return what the phone says: when it was entered and when it is sent, by a clock that is wrong."""
    sent = round((clock.now + wrong_by).timestamp() * 1000)
    return {"entered_ms": sent - round(ago.total_seconds() * 1000), "sent_ms": sent}


def test_two_days_offline_with_a_clock_one_year_wrong(community, member, clock):
    said = phone_clock(clock, wrong_by=timedelta(days=-365), ago=timedelta(days=2))
    assert send(member, community, **said).status_code == 302
    made = Request.objects.get()
    assert made.raised_at == clock.now - timedelta(days=2)
    assert made.received_at == clock.now
    assert made.raised_at_known
    assert made.due_at > clock.now


@pytest.mark.parametrize("ago", [timedelta(days=-1), timedelta(days=365)])
def test_where_the_clock_was_set_meanwhile_the_time_of_receipt_counts_and_is_marked(community, member, clock, ago):
    assert send(member, community, **phone_clock(clock, ago=ago)).status_code == 302
    made = Request.objects.get()
    assert (made.raised_at, made.raised_at_known) == (clock.now, False)


def test_a_repeat_that_was_longer_on_its_way_is_the_same_request(community, member, clock):
    photo = upload()
    first = send(member, community, photos=photo, **phone_clock(clock, ago=timedelta(hours=5)))
    clock.forward(hours=3)
    again = send(member, community, photos=upload(), **phone_clock(clock, ago=timedelta(hours=8)))
    assert first["Location"] == again["Location"]
    made = Request.objects.get()
    assert made.photos.count() == 1
    assert made.raised_at == made.received_at - timedelta(hours=5)


@pytest.mark.parametrize("said", ["", "soon", "-1", "1e9", "9" * 30])
def test_without_a_clock_that_can_be_read_nothing_is_guessed(community, member, clock, said):
    answer = send(member, community, entered_ms=said, sent_ms=said)
    assert answer.status_code in {302, 422}
    assert all(row.raised_at == row.received_at for row in Request.objects.all())


def test_the_worker_rules_over_the_field_door_only(client, community):
    answer = client.get("/field/worker.js")
    assert answer["Content-Type"] == "text/javascript" and answer["Cache-Control"] == "no-cache"
    assert b"jinlin-field" in answer.content


def test_the_page_of_what_waits_is_for_those_at_work_outside(community, member):
    assert member.get("/field/to-send").status_code == 200
    assert signed_in(community, "resident").get("/field/to-send").status_code == 403

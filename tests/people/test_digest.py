"""The daily digest: chosen by each for themselves, once in a morning, and nothing where nothing waits."""

import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation

from jinlin.people.actions import choose_digest, erase_own_data, see_notices
from jinlin.people.actions.digests import send_digests
from jinlin.people.models import DigestChoice
from jinlin.platform.access import NOBODY
from jinlin.platform.errors import Invalid, NotSignedIn
from jinlin.platform.messages import notify
from jinlin.platform.models import Notice, OutboxMessage
from tests.people.conftest import text_of
from tests.support.clocks import Clock
from tests.support.community import Community

WORDS = "昨日未读消息"


@pytest.fixture
def told(clock: Clock, place: Community) -> Clock:
    """Two notices on the day before, one of them to somebody else as well; it is seven in the morning."""
    clock.move_to("2026-05-07 23:59")
    notify([place.persons["resident"].pk], "路灯已修好", link="/my/requests/1")
    notify([place.persons["resident"].pk, place.persons["neighbour"].pk], "停水到18时", link="/my/requests/2")
    clock.move_to("2026-05-08 07:00")
    return clock


def choose(place: Community, by: str, who: str = "resident") -> None:
    choose_digest(actor=place.actor(who), by=by)


def digests(place: Community, who: str = "resident") -> list[str]:
    found = Notice.objects.filter(person_id=place.persons[who].pk, text__startswith=WORDS)
    return list(found.order_by("at").values_list("text", flat=True))


def test_yesterdays_unseen_notices_come_as_one_with_one_link(place: Community, told: Clock) -> None:
    told.move_to("2026-05-08 06:00")
    notify([place.persons["resident"].pk], "今天的")
    told.move_to("2026-05-08 07:00")
    choose(place, "notice")
    with translation.override("en"):
        assert send_digests().done == 1
    assert digests(place) == ["昨日未读消息2条：路灯已修好 / 停水到18时"]
    assert Notice.objects.get(text__startswith=WORDS).link == "/me/notices/"
    assert digests(place, "neighbour") == [], "whoever chose nothing gets nothing"


def test_a_digest_comes_once_a_day_and_is_no_news_of_the_next(place: Community, told: Clock) -> None:
    choose(place, "notice")
    for _again in range(2):
        send_digests()
        told.forward(hours=1)
    assert len(digests(place)) == 1
    told.move_to("2026-05-09 07:00")
    assert send_digests().done == 0
    told.move_to("2026-05-09 20:00")
    notify([place.persons["resident"].pk], "井盖已换")
    told.move_to("2026-05-10 07:00")
    send_digests()
    assert digests(place)[1:] == ["昨日未读消息1条：井盖已换"]


def test_days_without_a_digest_are_caught_up_with_by_the_next(place: Community, told: Clock) -> None:
    choose(place, "notice")
    send_digests()
    told.move_to("2026-05-08 20:00")
    notify([place.persons["resident"].pk], "水管已修")
    told.move_to("2026-05-11 07:00")
    send_digests()
    caught_up = Notice.objects.filter(
        person_id=place.persons["resident"].pk, text__contains="近几日未读消息1条：水管已修"
    )
    assert caught_up.count() == 1


@pytest.mark.parametrize(("moment", "comes"), [("06:59", 0), ("07:00", 1), ("11:59", 1), ("15:00", 1), ("23:30", 0)])
def test_it_comes_in_the_morning_or_later_but_not_at_night(
    place: Community, told: Clock, moment: str, comes: int
) -> None:
    choose(place, "notice")
    told.move_to(f"2026-05-08 {moment}")
    send_digests()
    assert len(digests(place)) == comes


def test_what_was_seen_or_is_older_wakes_nobody(place: Community, told: Clock) -> None:
    choose(place, "notice")
    choose(place, "notice", "neighbour")
    see_notices(actor=place.actor("resident"))
    assert send_digests().done == 1
    assert digests(place) == [] and len(digests(place, "neighbour")) == 1
    told.move_to("2026-05-10 07:00")
    assert send_digests().done == 0


def test_only_the_first_few_are_quoted_and_long_ones_are_cut(place: Community, told: Clock) -> None:
    told.move_to("2026-05-07 12:00")
    for number in range(4):
        notify([place.persons["resident"].pk], f"第{number}件" + "长" * 200)
    told.move_to("2026-05-08 07:00")
    choose(place, "notice")
    send_digests()
    (text,) = digests(place)
    assert "6条" in text and "第2件" in text and "第3件" not in text and len(text) < 220


@pytest.mark.parametrize("by", ["sms", "email"])
def test_it_leaves_by_the_way_that_was_chosen(place: Community, told: Clock, by: str) -> None:
    resident = place.persons["resident"]
    resident.email, resident.phone_proved_at = "li@example.org", resident.created_at
    resident.save()
    choose(place, by)
    for _again in range(2):
        send_digests()
    sent = OutboxMessage.objects.get(channel=by)
    assert sent.address == (resident.phone if by == "sms" else "li@example.org")
    assert WORDS in sent.body and sent.body.endswith("/me/notices/") and sent.body.count("http") == 1
    assert digests(place) == []


def test_without_an_address_any_more_it_is_a_notice(place: Community, told: Clock) -> None:
    DigestChoice.objects.create(person=place.persons["resident"], by="email")
    send_digests()
    assert len(digests(place)) == 1 and not OutboxMessage.objects.exists()


def test_what_cannot_be_chosen_is_told(place: Community, told: Clock) -> None:
    place.persons["resident"].phone_proved_at = None
    place.persons["resident"].save()
    for by in ("email", "sms", "pigeon"):
        with pytest.raises(Invalid):
            choose(place, by)
    with pytest.raises(NotSignedIn):
        choose_digest(actor=NOBODY, by="notice")


def test_the_choice_is_made_shown_exported_and_ended(
    place: Community, told: Clock, browser_of: Callable[[str], Client]
) -> None:
    client = browser_of("resident")
    assert client.post("/me/digest/", {"by": "email"}).status_code == 422
    assert client.post("/me/digest/", {"by": "notice"})["Location"] == "/me/"
    assert "站内消息" in text_of(client.get("/me/"))
    data = json.loads(client.get("/me/export/data.json").content)
    assert data["digest"]["rows"] == [{"接收方式": "站内消息", "上次生成时间": None}]
    assert "checked" in text_of(client.get("/me/digest/"))
    client.post("/me/digest/", {"by": ""})
    assert send_digests().done == 0 and not DigestChoice.objects.exists()


def test_who_left_or_was_closed_out_gets_none(place: Community, told: Clock) -> None:
    for who in ("resident", "neighbour"):
        choose(place, "notice", who)
    account = place.account("neighbour")
    account.is_active = False
    account.save()
    erase_own_data(actor=place.actor("resident"))
    assert send_digests().done == 0
    assert DigestChoice.objects.count() == 1

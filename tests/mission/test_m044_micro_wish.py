"""M044 微心愿认领与心愿墙: checked before it is on the wall, one leading claimer, and only the wisher's word closes it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from jinlin.platform.dates import now
from jinlin.platform.errors import WrongState
from jinlin.wishes import actions
from jinlin.wishes.models import Wish
from jinlin.wishes.recurring import lapse
from tests.support.community import COMMUNITY, Community, make_community
from tests.support.pages import send, signed_in, text_of
from tests.support.threads import at_once

WISH: dict[str, Any] = {"title": "想要一个收音机", "nickname": "戏迷", "place": COMMUNITY, "cost": "80"}


def make(resident: Client, **more: Any) -> Any:
    return send(resident, "/wishes/new/", **WISH | more)


@pytest.mark.mechanism("M044")
@pytest.mark.django_db
def test_m044_from_the_wall_to_the_wishers_confirmation(clock: Any, district: Any) -> None:
    place = make_community()
    resident, desk, neighbour = (signed_in(place, name) for name in ("resident", "community_worker", "neighbour"))
    assert make(resident).status_code == 302
    wish = Wish.objects.get()
    anybody = Client()
    assert "收音机" not in text_of(anybody.get("/wishes/?where=all"))
    assert "收音机" in text_of(desk.get("/desk/wishes/"))
    assert send(desk, f"/desk/wishes/{wish.pk}/put-up/").status_code == 302
    wall = text_of(anybody.get("/wishes/?where=all"))
    assert "收音机" in wall and "戏迷" in wall and "测试0" not in wall

    assert send(neighbour, f"/wishes/{wish.pk}/claim/").status_code == 302
    assert send(neighbour, f"/wishes/{wish.pk}/fulfil/", words="送到家了").status_code == 302
    for client in (neighbour, desk):
        assert client.get(f"/wishes/{wish.pk}/confirm/").status_code == 403
        assert client.post(f"/wishes/{wish.pk}/confirm/", {"key": "k"}).status_code == 403
    wish.refresh_from_db()
    assert wish.state == "fulfilled"
    assert send(resident, f"/wishes/{wish.pk}/confirm/", words="谢谢").status_code == 302
    assert "送到家了" in text_of(anybody.get("/wishes/?show=true&where=all"))
    assert "收音机" not in text_of(anybody.get("/wishes/?where=all"))


@pytest.mark.mechanism("M044")
def test_m044_of_two_who_claim_at_the_same_moment_one_reads_already_claimed(transactional_db: None) -> None:
    place = make_community()
    wish = actions.make_wish(actor=place.actor("resident"), new=actions.NewWish("想要一个收音机", "戏迷", COMMUNITY))
    actions.put_up(actor=place.actor("community_worker"), wish_id=wish.pk)
    members = [place.actor("neighbour"), place.actor("grid_member")]
    results = at_once(*[lambda who=who: actions.claim(actor=who, wish_id=wish.pk) for who in members])
    refused = [result for result in results if isinstance(result, WrongState)]
    assert len(refused) == 1
    assert "已被认领" in str(refused[0])
    wish.refresh_from_db()
    assert (wish.state, wish.steps.filter(verb="claim").count()) == ("claimed", 1)


@pytest.mark.mechanism("M044")
@pytest.mark.django_db
def test_m044_bad_wishes_are_refused_with_reasons_and_a_stale_claim_returns_to_the_wall(
    clock: Any, district: Any
) -> None:
    place: Community = make_community()
    resident, neighbour = signed_in(place, "resident"), signed_in(place, "neighbour")
    for wrong, field in (
        ({"title": "想要500元现金"}, "title"),
        ({"text": "电话13912345678"}, "text"),
        ({"cost": "501"}, "cost"),
        ({"nickname": "测试0"}, "nickname"),
    ):
        answer = make(resident, **wrong)
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {field}
    head = signed_in(place, "neighbour_head")
    without_consent = send(head, "/field/wishes/new/", **WISH, name="张奶奶")
    assert set(without_consent.context["form"].errors) == {"agrees"}
    assert not Wish.objects.exists()

    make(resident)
    wish = Wish.objects.get()
    actions.put_up(actor=place.actor("community_worker"), wish_id=wish.pk)
    send(neighbour, f"/wishes/{wish.pk}/claim/")
    second = signed_in(place, "grid_member")
    answer = second.post(f"/wishes/{wish.pk}/claim/", {"key": "k"})
    assert answer.status_code == 409
    assert "已被认领" in text_of(answer)
    Wish.objects.update(claimed_at=now() - timedelta(days=15))
    lapse()
    wish.refresh_from_db()
    assert (wish.state, wish.claimer) == ("open", None)

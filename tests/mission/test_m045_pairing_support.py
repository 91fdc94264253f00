"""M045 结对帮扶: no contact before the resident has accepted, none after either side has ended it."""

from typing import Any

import pytest

from jinlin.wishes import actions
from jinlin.wishes.models import Contact, SupportPair
from tests.support.community import COMMUNITY, make_community
from tests.support.pages import send, signed_in, text_of

CONTACT = {"on": "2026-05-08", "way": "visit", "words": "一起去买菜"}


@pytest.mark.mechanism("M045")
@pytest.mark.django_db
def test_m045_contacts_count_between_acceptance_and_end_only(clock: Any, district: Any) -> None:
    place = make_community()
    helper, resident = signed_in(place, "neighbour"), signed_in(place, "resident")
    wish = actions.make_wish(actor=place.actor("resident"), new=actions.NewWish("想学手机视频", "老李", COMMUNITY))
    actions.put_up(actor=place.actor("community_worker"), wish_id=wish.pk)
    actions.claim(actor=place.actor("neighbour"), wish_id=wish.pk)
    actions.fulfil(actor=place.actor("neighbour"), wish_id=wish.pk, words="教会了")
    assert helper.post(f"/wishes/{wish.pk}/offer/", {"key": "a", "offer": "每周买菜", "last_day": "2026-08-01"}
                       ).status_code == 409  # fmt: skip
    actions.confirm(actor=place.actor("resident"), wish_id=wish.pk)
    answer = send(helper, f"/wishes/{wish.pk}/offer/", offer="每周买菜", last_day="2026-08-01")
    assert answer.status_code == 302
    pair = SupportPair.objects.get()
    log = f"/wishes/pairs/{pair.pk}/log/"
    assert send(helper, log, **CONTACT).status_code == 409
    assert helper.post(f"/wishes/pairs/{pair.pk}/accept/", {"key": "b"}).status_code == 403
    assert not Contact.objects.exists()

    assert send(resident, f"/wishes/pairs/{pair.pk}/accept/").status_code == 302
    assert send(helper, f"/wishes/pairs/{pair.pk}/plan/", plan="周六买菜", next_on="2026-05-09").status_code == 302
    assert send(helper, log, **CONTACT, next_on="2026-05-16").status_code == 302
    assert Contact.objects.count() == 1
    mine = text_of(helper.get("/wishes/mine/"))
    assert "每周买菜" in mine and "2026-05-16" in mine

    seen = {name for name in place.persons
            if signed_in(place, name).get(f"/wishes/pairs/{pair.pk}/").status_code == 200}  # fmt: skip
    assert seen == {"neighbour", "resident", "community_worker", "community_secretary"}

    assert send(resident, f"/wishes/pairs/{pair.pk}/end/").status_code == 302
    assert send(helper, log, **CONTACT).status_code == 409
    assert Contact.objects.count() == 1

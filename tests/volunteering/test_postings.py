"""A posting's places grow and close, who waits moves up by hand or in order, and a post for one estate opens no list."""

from dataclasses import replace

import pytest

from jinlin.people.exports import everything_about
from jinlin.platform.errors import Invalid, NotAllowed, NotFound, WrongState
from jinlin.platform.models import Notice
from jinlin.volunteering import rules
from jinlin.volunteering.actions import (
    Served,
    agree,
    change_places,
    claim,
    claim_all,
    close_posting,
    confirm_all,
    move_up,
    propose_pairs,
    serve,
    withdraw,
)
from jinlin.volunteering.models import Pairing, Posting
from jinlin.volunteering.states import State
from tests.support.community import COMMUNITY, Community

pytestmark = pytest.mark.django_db


def claimed(place: Community, post: Posting) -> list[Pairing]:
    names = ("resident", "neighbour", "grid_member")
    return [claim(actor=place.actor(name), posting_id=post.pk) for name in names]


def test_more_places_go_to_those_who_wait_in_their_order(place: Community, put_up) -> None:
    post, worker = put_up("post", "楼道保洁"), place.actor("community_worker")
    _first, second, third = claimed(place, post)
    change_places(actor=worker, posting_id=post.pk, places=2)
    assert [Pairing.objects.get(pk=row.pk).state for row in (second, third)] == [State.ACCEPTED, State.WAITING]
    with pytest.raises(Invalid):
        change_places(actor=worker, posting_id=post.pk, places=1)
    with pytest.raises(NotAllowed):
        change_places(actor=place.actor("resident"), posting_id=post.pk, places=3)


def test_after_closing_places_are_given_by_hand_only(place: Community, put_up) -> None:
    post, worker = put_up("post", "楼道保洁"), place.actor("community_worker")
    first, second, third = claimed(place, post)
    close_posting(actor=worker, posting_id=post.pk)
    assert Notice.objects.filter(person_id=place.persons["neighbour"].pk, text__contains="下架").exists()
    with pytest.raises(Invalid):
        move_up(actor=worker, pairing_id=third.pk)
    withdraw(actor=place.actor("resident"), pairing_id=first.pk)
    second.refresh_from_db()
    assert second.state == State.WAITING
    with pytest.raises(NotAllowed):
        move_up(actor=place.actor("neighbour"), pairing_id=second.pk)
    assert move_up(actor=worker, pairing_id=third.pk).state == State.ACCEPTED
    with pytest.raises(WrongState):
        close_posting(actor=worker, posting_id=post.pk)


def test_what_is_off_the_list_is_not_agreed_any_more(place: Community, put_up) -> None:
    worker = place.actor("community_worker")
    put_up("need", "搬运")
    offer = put_up("offer", "搬运队")
    (pair,) = propose_pairs(actor=worker, place_code=COMMUNITY).pairs
    close_posting(actor=worker, posting_id=offer.pk)
    with pytest.raises(NotFound):
        agree(actor=worker, pairing_id=pair.pk)


def test_a_post_for_one_estate_opens_no_list_of_the_community(place: Community, put_up) -> None:
    put_up("offer", "搬运队")
    row = claim(actor=place.actor("resident"), posting_id=put_up("post", "楼道保洁").pk)
    worker = place.actor("community_worker")
    zoned = replace(worker, grants=tuple(replace(one, zone_id=place.estates[0].pk) for one in worker.grants))
    assert rules.pairings_visible_to(worker).filter(pk=row.pk).exists()
    assert not rules.pairings_visible_to(zoned).exists()
    assert not rules.postings_visible_to(zoned).exclude(kind=Posting.Kind.POST).exists()
    assert not rules.reports_visible_to(zoned).exists()


@pytest.mark.parametrize("words", ["找张三13812345678", "身份证11010519491231002X"])
def test_free_words_bring_no_number_of_a_person(place: Community, put_up, words: str) -> None:
    row = claim(actor=place.actor("resident"), posting_id=put_up("post", "楼道保洁").pk)
    with pytest.raises(Invalid) as refused:
        serve(actor=place.actor("resident"), pairing_id=row.pk, served=Served(minutes=5, solved=words))
    assert "solved" in refused.value.fields
    with pytest.raises(Invalid):
        withdraw(actor=place.actor("resident"), pairing_id=row.pk, note=words)


def test_a_list_of_claims_counts_what_is_confirmed_already(place: Community, put_up) -> None:
    worker, post = place.actor("community_worker"), put_up("post", "楼道保洁")
    made = claim_all(actor=worker, claims=[(post, place.persons["resident"])])
    assert confirm_all(actor=worker, services=[(made[0], Served(minutes=30))]) == 1
    with pytest.raises(Invalid):
        claim_all(actor=worker, claims=[(post, place.persons["neighbour"])])
    with pytest.raises(Invalid):
        claim_all(actor=worker, claims=[(put_up("need", "搬运"), place.persons["neighbour"])])
    with pytest.raises(WrongState):
        confirm_all(actor=worker, services=[(made[0], Served(minutes=30))])


def test_one_sees_what_one_did_in_the_export_of_ones_own_data(place: Community, put_up) -> None:
    claim(actor=place.actor("resident"), posting_id=put_up("post", "楼道保洁").pk)
    found = {section.name: section.rows for section in everything_about(place.persons["resident"].pk)}
    assert [row["内容"] for row in found["services"]] == ["楼道保洁"]
    other = {section.name: section.rows for section in everything_about(place.persons["neighbour"].pk)}
    assert other["services"] == []

"""Posts are claimed up to their places, the next wait in order, and the host alone confirms what was served."""

import pytest

from jinlin.organisations.models import Body
from jinlin.platform.access import NOBODY
from jinlin.platform.errors import Invalid, JinlinError, NotAllowed, NotFound, NotSignedIn, Stale, WrongState
from jinlin.platform.models import AuditEntry, Notice
from jinlin.volunteering import rules
from jinlin.volunteering.actions import (
    Door,
    Served,
    claim,
    close_posting,
    confirm,
    confirm_all,
    contest,
    serve,
    withdraw,
)
from jinlin.volunteering.models import Pairing, Posting
from jinlin.volunteering.states import TABLE, State, Verb
from tests.support.community import Community
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db

CLAIMANTS = ("resident", "neighbour", "grid_member")


def claims(place: Community, post: Posting) -> list[Pairing]:
    return [claim(actor=place.actor(name), posting_id=post.pk) for name in CLAIMANTS]


def test_the_third_claim_of_two_places_waits_and_moves_up(place: Community, put_up) -> None:
    post = put_up("post", "楼道保洁", places=2)
    first, _second, third = claims(place, post)
    assert [row.state for row in post.pairings.order_by("pk")] == ["accepted", "accepted", "waiting"]
    withdraw(actor=place.actor("resident"), pairing_id=first.pk)
    third.refresh_from_db()
    assert third.state == State.ACCEPTED
    assert Notice.objects.filter(person_id=place.persons["grid_member"].pk, text__contains="楼道保洁").exists()


def test_one_claim_each_and_none_of_a_closed_post(place: Community, put_up) -> None:
    post = put_up("post", "楼道保洁", places=5)
    claim(actor=place.actor("resident"), posting_id=post.pk)
    with pytest.raises(WrongState):
        claim(actor=place.actor("resident"), posting_id=post.pk)
    with pytest.raises(NotSignedIn):
        claim(actor=NOBODY, posting_id=post.pk)
    close_posting(actor=place.actor("community_worker"), posting_id=post.pk)
    with pytest.raises(WrongState):
        claim(actor=place.actor("neighbour"), posting_id=post.pk)
    assert rules.free_places(post) == 4


def test_a_service_counts_once_its_host_confirms_it(place: Community, put_up) -> None:
    post = put_up("post", "楼道保洁")
    row = claim(actor=place.actor("resident"), posting_id=post.pk)
    served = Served(minutes=90, solved="清走三楼堆物")
    serve(actor=place.actor("resident"), pairing_id=row.pk, served=served)
    with pytest.raises(NotAllowed):
        confirm(actor=place.actor("resident"), pairing_id=row.pk)
    contest(actor=place.actor("community_worker"), pairing_id=row.pk, note="四楼还有")
    serve(actor=place.actor("resident"), pairing_id=row.pk, served=served)
    done = confirm(actor=place.actor("community_worker"), pairing_id=row.pk, minutes=120, door=Door(State.SERVED))
    assert (done.state, done.minutes, done.solved) == (State.CONFIRMED, 120, "清走三楼堆物")
    with pytest.raises(WrongState):
        confirm(actor=place.actor("community_secretary"), pairing_id=row.pk)


def test_a_host_does_not_confirm_their_own_service(place: Community, put_up) -> None:
    post = put_up("post", "楼道保洁")
    row = claim(actor=place.actor("community_worker"), posting_id=post.pk)
    serve(actor=place.actor("community_worker"), pairing_id=row.pk, served=Served(minutes=60))
    with pytest.raises(NotAllowed):
        confirm(actor=place.actor("community_worker"), pairing_id=row.pk)
    with pytest.raises(NotAllowed):
        confirm_all(actor=place.actor("community_worker"), services=[(row, Served(minutes=60))])
    confirm(actor=place.actor("community_secretary"), pairing_id=row.pk)


def test_what_another_has_changed_in_the_meantime_is_not_overwritten(place: Community, put_up) -> None:
    row = claim(actor=place.actor("resident"), posting_id=put_up("post", "楼道保洁").pk)
    serve(actor=place.actor("resident"), pairing_id=row.pk, served=Served())
    with pytest.raises(Stale):
        withdraw(actor=place.actor("community_worker"), pairing_id=row.pk, door=Door(State.ACCEPTED))


@pytest.mark.parametrize("served", [Served(minutes=-1), Served(minutes=1441)])
def test_impossible_minutes_are_refused(place: Community, put_up, served: Served) -> None:
    row = claim(actor=place.actor("resident"), posting_id=put_up("post", "楼道保洁").pk)
    with pytest.raises(Invalid):
        serve(actor=place.actor("resident"), pairing_id=row.pk, served=served)


MAY = {
    Verb.ACCEPT: {"resident", "community_worker", "community_secretary", "subdistrict_officer", "district_officer"},
    Verb.DECLINE: {"resident", "community_worker", "community_secretary", "subdistrict_officer", "district_officer"},
    Verb.WITHDRAW: {"resident", "community_worker", "community_secretary", "subdistrict_officer", "district_officer"},
    Verb.SERVE: {"resident", "community_worker", "community_secretary", "subdistrict_officer", "district_officer"},
    Verb.CONFIRM: {"community_worker", "community_secretary", "subdistrict_officer", "district_officer"},
    Verb.CONTEST: {"community_worker", "community_secretary", "subdistrict_officer", "district_officer"},
    Verb.MOVE_UP: {"community_worker", "community_secretary", "subdistrict_officer", "district_officer"},
}


@pytest.mark.parametrize("verb", list(Verb))
def test_who_may_take_which_step_of_a_residents_claim(place: Community, put_up, verb: Verb) -> None:
    row = claim(actor=place.actor("resident"), posting_id=put_up("post", "楼道保洁").pk)
    assert {name for name in place.persons if rules.may(place.actor(name), verb, row)} == MAY[verb]


@pytest.mark.parametrize(
    "name", ["neighbour", "grid_member", "property_manager", "department_officer", "administrator"]
)
def test_somebody_elses_claim_is_out_of_sight(place: Community, put_up, name: str) -> None:
    row = claim(actor=place.actor("resident"), posting_id=put_up("post", "楼道保洁").pk)
    with pytest.raises(NotFound):
        withdraw(actor=place.actor(name), pairing_id=row.pk)


def test_confirmed_declined_and_withdrawn_are_the_end() -> None:
    for state in (State.CONFIRMED, State.DECLINED, State.WITHDRAWN):
        assert TABLE.verbs_from(state) == []


@pytest.mark.django_db(transaction=True)
def test_two_claims_of_the_last_place_at_the_same_moment(place: Community, put_up, units: list[Body]) -> None:
    post = put_up("post", "楼道保洁")
    actors = [place.actor("resident"), place.actor("neighbour")]
    at_once(*(lambda actor=actor: claim(actor=actor, posting_id=post.pk) for actor in actors))
    assert sorted(post.pairings.values_list("state", flat=True)) == [State.ACCEPTED, State.WAITING]


def test_each_step_leaves_one_line_in_the_trail(place: Community, put_up) -> None:
    row = claim(actor=place.actor("resident"), posting_id=put_up("post", "楼道保洁").pk)
    serve(actor=place.actor("resident"), pairing_id=row.pk, served=Served())
    confirm(actor=place.actor("community_worker"), pairing_id=row.pk)
    verbs = AuditEntry.objects.filter(subject_kind="volunteering.pairing").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["volunteering.claim", "volunteering.serve", "volunteering.confirm"]
    assert issubclass(Stale, JinlinError)

"""What those who walk the stairs enter and finish: opinion notes, service matters, work on the spot."""

import pytest

from jinlin.platform.access import NOBODY
from jinlin.platform.errors import Invalid, NotAllowed, WrongState
from jinlin.platform.models import AuditEntry
from jinlin.requests.actions import (
    Contact,
    Judgement,
    Report,
    Where,
    accept_request,
    dispatch_request,
    enter_matter,
    enter_opinion,
    enter_request,
    handle_on_the_spot,
    handle_request,
    raise_request,
    rate_request,
    settle_matter,
)
from jinlin.requests.codes import follow_digest
from jinlin.requests.models import Function
from jinlin.requests.states import State, Verb
from tests.support.community import Community, make_community


@pytest.fixture
def community(db: None) -> Community:
    return make_community()


def matter(community: Community, home: int = 0) -> Report:
    return Report(
        text="张奶奶家水龙头漏水，找人修一下", function=Function.MATTER, channel="visit",
        where=Where(place_code=community.homes[home].code),
    )  # fmt: skip


def test_an_opinion_is_short_has_a_topic_and_nobodys_name(community: Community) -> None:
    head = community.actor("neighbour_head")
    where = Where(place_code=community.buildings[0].code)
    made = enter_opinion(actor=head, note="希望花园里多几把椅子", topic="G1", where=where).request
    assert (made.function, made.category, made.reporter_id, made.anonymous) == ("opinion", "G1", None, True)
    assert made.entered_by_id == head.account_id

    for note, topic, field in [
        ("", "G1", "text"),
        ("长" * 301, "G1", "text"),
        ("投诉人王小明说太吵", "G1", "text"),
        ("找13800138000问", "G1", "text"),
        ("希望多几把椅子", "", "category"),
        ("希望多几把椅子", "ZZ", "category"),
    ]:
        with pytest.raises(Invalid) as refused:
            enter_opinion(actor=head, note=note, topic=topic, where=where)
        assert list(refused.value.fields) == [field], note


def test_heads_and_grid_members_enter_in_their_own_grid_only(community: Community) -> None:
    for name in ("neighbour_head", "grid_member"):
        actor = community.actor(name)
        enter_request(actor=actor, report=matter(community), contact=Contact())
        with pytest.raises(NotAllowed):
            enter_request(actor=actor, report=matter(community, home=-1), contact=Contact())
    with pytest.raises(NotAllowed):
        enter_request(actor=community.actor("resident"), report=matter(community), contact=Contact())


def test_a_matter_is_its_heads_own_until_the_resident_confirms(community: Community) -> None:
    head = community.actor("neighbour_head")
    receipt = enter_matter(actor=head, report=matter(community), contact=Contact(name="张", phone="13800138000"))
    assert receipt.request.state == State.IN_PROGRESS
    assert set(receipt.request.promises) == {"final"}
    handle_request(actor=head, request_id=receipt.request.pk, answer="请物业换了垫圈")
    resident = type(head)(opened=frozenset({f"request:{receipt.request.pk}"}))
    closed = rate_request(actor=resident, request_id=receipt.request.pk, judgement=Judgement(True, "yes", "yes"))
    assert closed.state == State.CLOSED


def test_a_matter_closes_without_confirmation_only_with_a_reason(community: Community) -> None:
    head = community.actor("neighbour_head")
    made = enter_matter(actor=head, report=matter(community), contact=Contact()).request
    with pytest.raises(WrongState):
        settle_matter(actor=head, request_id=made.pk, reason="好了")
    handle_request(actor=head, request_id=made.pk, answer="请物业换了垫圈")
    with pytest.raises(Invalid):
        settle_matter(actor=head, request_id=made.pk, reason=" ")
    with pytest.raises(NotAllowed):
        settle_matter(actor=community.actor("community_worker"), request_id=made.pk, reason="好了")
    settled = settle_matter(actor=head, request_id=made.pk, reason="老人不会用手机，当面说好了")
    assert settled.state == State.CLOSED
    assert settled.steps.get(verb=Verb.SETTLE).note == "老人不会用手机，当面说好了"


def test_a_matter_needs_its_building(community: Community) -> None:
    report = Report(text="找人修水龙头", function=Function.MATTER, channel="visit")
    with pytest.raises(Invalid) as refused:
        enter_matter(actor=community.actor("neighbour_head"), report=report, contact=Contact())
    assert "place_code" in refused.value.fields


def test_only_a_matter_is_coordinated(community: Community) -> None:
    head = community.actor("neighbour_head")
    report = Report(text="路灯不亮", function=Function.SNAP, channel="visit", where=Where(community.homes[0].code))
    with pytest.raises(NotAllowed):
        enter_matter(actor=head, report=report, contact=Contact())
    made = enter_request(actor=head, report=report, contact=Contact()).request
    with pytest.raises((NotAllowed, WrongState)):
        handle_request(actor=head, request_id=made.pk, answer="亮了")


def test_a_matter_sent_twice_is_one(community: Community) -> None:
    head = community.actor("neighbour_head")
    first = enter_matter(actor=head, report=matter(community), contact=Contact(), key="k")
    again = enter_matter(actor=head, report=matter(community), contact=Contact(), key="k")
    assert (again.request.pk, again.code) == (first.request.pk, first.code)
    assert first.request.steps.count() == 2


def dispatched_to_grid_member(community: Community) -> int:
    worker = community.actor("community_worker")
    made = raise_request(actor=community.actor("resident"), report=Report(text="楼道堆物")).request
    accept_request(actor=worker, request_id=made.pk, category="G101")
    body = community.bodies["residents_committee"]
    dispatch_request(actor=worker, request_id=made.pk, body_id=body.pk, basis="职责表第3条")
    return made.pk


def test_work_on_the_spot_writes_every_step(community: Community) -> None:
    request_id = dispatched_to_grid_member(community)
    done = handle_on_the_spot(actor=community.actor("grid_member"), request_id=request_id, answer="清走了")
    assert done.state == State.HANDLED
    assert [step.verb for step in done.steps.order_by("number")][-3:] == ["sign", "start", "handle"]


def test_work_on_the_spot_is_all_or_nothing(community: Community) -> None:
    request_id = dispatched_to_grid_member(community)
    with pytest.raises(Invalid):
        handle_on_the_spot(actor=community.actor("grid_member"), request_id=request_id, answer="")
    with pytest.raises(NotAllowed):
        handle_on_the_spot(actor=community.actor("resident"), request_id=request_id, answer="清走了")
    steps = community.actor("resident")
    made = raise_request(actor=steps, report=Report(text="x")).request
    with pytest.raises(WrongState):
        handle_on_the_spot(actor=community.actor("community_worker"), request_id=made.pk, answer="清走了")


def test_what_is_raised_anonymously_is_tied_to_no_account(community: Community) -> None:
    resident = community.actor("resident")
    made = raise_request(actor=resident, report=Report(text="有人乱扔垃圾", anonymous=True), key="k").request
    assert made.reporter_id is None
    assert made.entered_by_id is None
    assert made.steps.get().actor_id is None
    assert not AuditEntry.objects.filter(subject_kind="requests.request", actor_id=resident.account_id).exists()


def test_a_repeat_of_a_send_has_the_same_code(community: Community) -> None:

    first = raise_request(actor=NOBODY, report=Report(text="路灯不亮"), sender="10.0.0.1", key="a")
    again = raise_request(actor=NOBODY, report=Report(text="路灯不亮"), sender="10.0.0.1", key="a")
    other = raise_request(actor=NOBODY, report=Report(text="路灯不亮"), sender="10.0.0.1", key="b")
    assert first.code == again.code != other.code
    assert len(first.code) == 12
    assert follow_digest(first.request.number, again.code) == first.request.follow_digest

"""The lists meet: pairs with reasons, what stays open with its reason, and nothing agreed by itself."""

from typing import Any

import pytest

from jinlin.organisations.models import Body
from jinlin.platform.errors import Invalid, NotAllowed
from jinlin.volunteering.actions import (
    NewPosting,
    Served,
    agree,
    confirm,
    decline,
    matching,
    post,
    propose_pairs,
    serve,
)
from jinlin.volunteering.models import Pairing, Posting
from jinlin.volunteering.states import State
from tests.support.community import COMMUNITY, Community

pytestmark = pytest.mark.django_db
SATURDAY, SUNDAY = (5, 9, 12), (6, 9, 12)


def propose(place: Community):
    return propose_pairs(actor=place.actor("community_worker"), place_code=COMMUNITY)


def test_five_needs_and_four_offers_of_which_three_fit(place: Community, put_up) -> None:
    for category in ("venue", "law", "care"):
        kind = "advice" if category == "law" else category
        put_up("need", f"需要{category}", category=kind)
        put_up("offer", f"提供{category}", category=kind, body=place.bodies["residents_committee"])
    put_up("need", "需要资金", category="funds")
    put_up("need", "需要律师", category="teaching", skills=["law"])
    put_up("offer", "提供课业辅导", category="teaching", skills=["teaching"])
    found = propose(place)
    assert len(found.pairs) == 3
    assert {row.need.title: row.why for row in found.refusals} == {"需要资金": "kind", "需要律师": "skills"}
    assert [offer.title for offer in found.idle_offers] == ["提供课业辅导"]
    assert set(Pairing.objects.values_list("state", flat=True)) == {State.PROPOSED}


def test_times_have_to_meet_and_are_given_as_a_reason(place: Community, put_up) -> None:
    put_up("need", "周六搬运", windows=[SATURDAY])
    put_up("offer", "周日有空", windows=[SUNDAY])
    assert [row.why for row in propose(place).refusals] == ["time"]
    put_up("offer", "周六有空", windows=[(5, 10, 11)])
    (pair,) = propose(place).pairs
    assert (pair.offer.title, pair.why["weekdays"], pair.why["hours"], pair.why["metres"]) == ("周六有空", [5], 1, 0)


def test_an_offer_serves_no_more_than_it_has(place: Community, put_up) -> None:
    put_up("need", "要六把椅子", places=6, category="goods")
    put_up("need", "要两把椅子", places=2, category="goods")
    put_up("offer", "五把椅子", places=5, category="goods")
    found = propose(place)
    assert sum(pair.places for pair in found.pairs) == 5
    assert sum(row.missing for row in found.refusals) == 3
    assert {row.why for row in found.refusals} <= {"capacity", "outbid"}


def test_what_was_agreed_or_declined_is_not_proposed_again(place: Community, put_up) -> None:
    worker = place.actor("community_worker")
    put_up("need", "周六搬运")
    put_up("offer", "搬运队")
    (pair,) = propose(place).pairs
    decline(actor=worker, pairing_id=pair.pk)
    found = propose(place)
    assert not found.pairs and [row.why for row in found.refusals] == ["decided"]
    put_up("offer", "另一队")
    (pair,) = propose(place).pairs
    agree(actor=worker, pairing_id=pair.pk)
    assert not propose(place).pairs


def test_two_agreements_for_the_last_place_are_one(place: Community, put_up) -> None:
    worker = place.actor("community_worker")
    offer = put_up("offer", "搬运队")
    needs = [put_up("need", f"搬运{number}") for number in range(2)]
    pairs = [Pairing.objects.create(posting=need, offer=offer, at=need.posted_at) for need in needs]
    agree(actor=worker, pairing_id=pairs[0].pk)
    with pytest.raises(Invalid):
        agree(actor=worker, pairing_id=pairs[1].pk)


def test_a_units_own_people_do_not_confirm_its_service(place: Community, put_up, units: list[Body]) -> None:
    committee = place.bodies["community_committee"]
    need = put_up("need", "搬运")
    offer = put_up("offer", "搬运队", body=committee)
    pair = Pairing.objects.create(posting=need, offer=offer, at=need.posted_at)
    agree(actor=place.actor("community_worker"), pairing_id=pair.pk)
    serve(actor=place.actor("community_secretary"), pairing_id=pair.pk, served=Served(minutes=30))
    with pytest.raises(NotAllowed):
        confirm(actor=place.actor("community_secretary"), pairing_id=pair.pk)
    confirm(actor=place.actor("community_worker"), pairing_id=pair.pk)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("places", {"places": 0}),
        ("category", {"category": "nonsense"}),
        ("skills", {"skills": ["flying"]}),
        ("windows", {"windows": [(5, 12, 9)]}),
        ("title", {"title": "  "}),
        ("title", {"title": "找张三13812345678"}),
        ("place_code", {"place_code": "530199001999"}),
    ],
)
def test_a_posting_says_what_is_wrong_with_it(place: Community, put_up, field: str, wrong: dict) -> None:
    with pytest.raises(Invalid) as refused:
        put_up("need", **{"title": "搬运", **wrong})
    assert field in refused.value.fields
    assert not Posting.objects.exists()


def test_a_persons_offer_needs_hours(place: Community) -> None:
    person = place.persons["resident"]
    new = NewPosting(Posting.Kind.OFFER, "people", "帮忙搬东西", 1, COMMUNITY, person=person)
    with pytest.raises(Invalid) as refused:
        post(actor=place.actor("resident"), new=new)
    assert "windows" in refused.value.fields
    with pytest.raises(NotAllowed):
        post(actor=place.actor("neighbour"), new=new)


def test_one_pair_more_is_never_worth_less_than_a_better_pair() -> None:
    assert matching.NEARNESS + matching.TOGETHER + matching.WAITING + matching.FRESH <= matching.FITS


def test_of_two_offers_the_nearer_is_proposed(place: Community, put_up) -> None:
    put_up("need", "要椅子", category="goods", place_code=place.buildings[0].code)
    put_up("offer", "远处的椅子", category="goods", place_code=place.buildings[3].code)
    put_up("offer", "近处的椅子", category="goods", place_code=place.buildings[1].code)
    assert [pair.offer.title for pair in propose(place).pairs] == ["近处的椅子"]


def test_of_two_offers_the_one_with_more_hours_together_is_proposed(place: Community, put_up) -> None:
    put_up("need", "周六搬运", windows=[SATURDAY])
    put_up("offer", "一小时", windows=[(5, 9, 10)])
    put_up("offer", "三小时", windows=[SATURDAY])
    assert [pair.offer.title for pair in propose(place).pairs] == ["三小时"]


def test_of_two_offers_the_less_used_is_proposed(place: Community, put_up) -> None:
    worker = place.actor("community_worker")
    put_up("need", "第一次")
    used = put_up("offer", "用过的", places=2)
    (pair,) = propose(place).pairs
    agree(actor=worker, pairing_id=pair.pk)
    put_up("offer", "没用过的", places=2)
    put_up("need", "第二次")
    assert [pair.offer.title for pair in propose(place).pairs] == ["没用过的"]
    assert used.pairings_out.count() == 1


def test_of_two_needs_the_one_that_has_waited_is_served(place: Community, put_up, clock: Any) -> None:
    put_up("need", "等了很久")
    clock.move_to("2026-06-08 09:00")
    put_up("need", "刚提出")
    put_up("offer", "搬运队")
    assert [pair.posting.title for pair in propose(place).pairs] == ["等了很久"]

"""Proposals: who sees, screens, joins, supports and answers them, and what is refused."""

from typing import Any

import pytest
from django.test import Client

from jinlin.deliberation import actions
from jinlin.deliberation.actions import NewProposal
from jinlin.deliberation.actions.reminding import remind_of_late
from jinlin.deliberation.models import Proposal
from jinlin.deliberation.states import PROPOSALS, ProposalState, ProposalVerb
from jinlin.platform.access import NOBODY
from jinlin.platform.errors import Invalid, NotAllowed, NotFound, NotSignedIn, Stale, TooMany, WrongState
from jinlin.platform.models import Notice
from jinlin.platform.sends import Door, RepeatedSend
from jinlin.platform.works import matter_of
from tests.support.community import COMMUNITY, Community, make_community
from tests.support.pages import send, signed_in, text_of

pytestmark = pytest.mark.django_db
FORUM = "deliberation_meeting"


@pytest.fixture
def place(clock: Any, district: Any) -> Community:
    return make_community()


def raised(place: Community, title: str = "建车棚", who: str = "resident", **more: Any) -> Proposal:
    return actions.raise_proposal(actor=place.actor(who), new=NewProposal("resident", title, COMMUNITY, **more))


def routed(place: Community, title: str = "建车棚", who: str = "resident") -> Proposal:
    made = raised(place, title, who)
    return actions.route(actor=place.actor("community_worker"), proposal_id=made.pk, forums=[FORUM], reason="多方有关")


def test_before_the_screening_only_the_proposer_and_the_community_see_it(place):
    made = raised(place)
    seen = {
        name: signed_in(place, name).get(f"/proposals/{made.pk}/").status_code for name in ("resident", "neighbour")
    }
    assert seen == {"resident": 200, "neighbour": 404}
    assert Client().get(f"/proposals/{made.pk}/").status_code == 404
    assert signed_in(place, "community_worker").get(f"/desk/proposals/{made.pk}/").status_code == 200


def test_the_public_page_names_no_person(place):
    person = place.persons["resident"]
    person.name = "欧阳小红"
    person.save()
    made = routed(place)
    assert "欧阳小红" not in text_of(Client().get(f"/proposals/{made.pk}/"))


@pytest.mark.parametrize("text", ["找李师傅 13812345678", "x" * 2001])
def test_words_that_cannot_be_public_are_refused(place, text):
    with pytest.raises(Invalid):
        raised(place, text=text)


def test_somebody_from_elsewhere_proposes_nothing(place):
    with pytest.raises(NotSignedIn):
        actions.raise_proposal(actor=NOBODY, new=NewProposal("resident", "建车棚", COMMUNITY))
    with pytest.raises(NotAllowed):
        raised(place, who="auditor")


def test_a_second_send_makes_no_second_proposal(place):
    new = NewProposal("resident", "建车棚", COMMUNITY)
    actions.raise_proposal(actor=place.actor("resident"), new=new, key="k")
    with pytest.raises(RepeatedSend):
        actions.raise_proposal(actor=place.actor("resident"), new=new, key="k")
    assert Proposal.objects.count() == 1


def test_a_flood_of_proposals_is_stopped(place):
    with pytest.raises(TooMany):
        for number in range(21):
            raised(place, f"第{number}件")
    assert Proposal.objects.count() == 20


def test_a_household_supports_once_and_takes_it_back(place):
    made = routed(place)
    neighbour = place.actor("neighbour")
    assert actions.support(actor=neighbour, proposal_id=made.pk).supports == 1
    with pytest.raises(WrongState):
        actions.support(actor=neighbour, proposal_id=made.pk)
    assert actions.take_back(actor=neighbour, proposal_id=made.pk).supports == 0
    with pytest.raises(WrongState):
        actions.take_back(actor=neighbour, proposal_id=made.pk)
    with pytest.raises(NotAllowed):
        actions.support(actor=place.actor("auditor"), proposal_id=made.pk)


def test_like_proposals_get_one_answer_and_both_hear_of_it(place):
    lead, other = routed(place), raised(place, "修车棚", "neighbour")
    worker = place.actor("community_worker")
    actions.join(actor=worker, proposal_id=other.pk, lead_id=lead.pk)
    other.refresh_from_db()
    assert (other.state, other.lead_id) == (ProposalState.MERGED, lead.pk)
    actions.decline(actor=worker, proposal_id=raised(place, "三").pk, answer="已有安排")
    page = text_of(signed_in(place, "neighbour").get(f"/proposals/{lead.pk}/"))
    assert "修车棚" in page
    assert Notice.objects.filter(person_id=place.persons["neighbour"].pk, link=f"/proposals/{other.pk}/").exists()
    actions.separate(actor=worker, proposal_id=other.pk)
    other.refresh_from_db()
    assert (other.state, other.lead_id) == (ProposalState.RAISED, None)


def test_joining_in_a_ring_or_to_what_is_answered_is_refused(place):
    first, second = routed(place), raised(place, "二")
    worker = place.actor("community_worker")
    with pytest.raises(Invalid):
        actions.join(actor=worker, proposal_id=first.pk, lead_id=first.pk)
    actions.join(actor=worker, proposal_id=second.pk, lead_id=first.pk)
    with pytest.raises(Invalid):
        actions.join(actor=worker, proposal_id=first.pk, lead_id=second.pk)
    done = raised(place, "三")
    actions.decline(actor=worker, proposal_id=done.pk, answer="不办")
    with pytest.raises(Invalid):
        actions.join(actor=worker, proposal_id=first.pk, lead_id=done.pk)


def test_two_officers_on_one_proposal(place):
    made = raised(place)
    desk = signed_in(place, "community_worker")
    form = desk.get(f"/desk/proposals/{made.pk}/decline/").context["form"]
    actions.route(actor=place.actor("community_secretary"), proposal_id=made.pk, forums=[FORUM], reason="多方有关")
    sent = {"key": form["key"].value(), "seen": form["seen"].value(), "answer": "不办"}
    assert desk.post(f"/desk/proposals/{made.pk}/decline/", sent).status_code == 409
    with pytest.raises(Stale):
        actions.decline(actor=place.actor("community_worker"), proposal_id=made.pk, answer="不办", door=Door(seen="1"))


def test_a_forum_is_asked_once(place):
    made = routed(place)
    with pytest.raises(Invalid):
        actions.route(actor=place.actor("community_worker"), proposal_id=made.pk, forums=[FORUM], reason="再问")


def test_the_community_is_reminded_of_what_is_late(place, clock):
    raised(place)
    assert remind_of_late() == 0
    clock.forward(days=8)
    assert remind_of_late() == 1
    worker = Notice.objects.filter(person_id=place.persons["community_worker"].pk, link="/desk/proposals/?late=on")
    assert worker.exists()
    assert "1件超期" in text_of(signed_in(place, "community_worker").get("/desk/proposals/"))


def test_a_proposal_is_a_matter_to_those_who_may_know(place):
    made = raised(place)
    assert matter_of(place.actor("community_worker"), f"proposal:{made.pk}").may_work
    assert matter_of(place.actor("resident"), f"proposal:{made.pk}").title == "建车棚"
    with pytest.raises(NotFound):
        matter_of(place.actor("neighbour"), f"proposal:{made.pk}")


ALLOWED = (
    {("community_worker", verb) for verb in ProposalVerb if verb not in {ProposalVerb.RAISE, ProposalVerb.WITHDRAW}}
    | {
        ("community_secretary", verb)
        for verb in ProposalVerb
        if verb not in {ProposalVerb.RAISE, ProposalVerb.WITHDRAW}
    }
    | {
        ("resident", ProposalVerb.WITHDRAW),
        ("subdistrict_officer", ProposalVerb.ROUTE),
        ("district_officer", ProposalVerb.ROUTE),
    }
)


@pytest.mark.parametrize("who", ["resident", "neighbour", "grid_member", "community_worker", "community_secretary", "auditor",
                                 "property_manager", "administrator"])  # fmt: skip
def test_who_may_do_what(place, who):
    from jinlin.deliberation.rules import may

    made = raised(place)
    actor = place.actor(who)
    found = {verb for verb in ProposalVerb if verb != ProposalVerb.RAISE and may(actor, verb, made)}
    assert found == {verb for name, verb in ALLOWED if name == who}


@pytest.mark.parametrize("verb", sorted(PROPOSALS.moves))
def test_a_step_from_a_wrong_state_changes_nothing(place, verb):
    for state in sorted(PROPOSALS.states - set(PROPOSALS.sources(verb))):
        with pytest.raises(WrongState):
            PROPOSALS.after(verb, state)


def test_pages_at_the_desk(place):
    desk = signed_in(place, "community_worker")
    made = raised(place)
    assert send(desk, f"/desk/proposals/{made.pk}/route/", forums=[FORUM], reason="多方有关").status_code == 302
    page = text_of(desk.get(f"/desk/proposals/{made.pk}/"))
    assert "提交议事平台" in page
    assert desk.get("/desk/proposals/export.xlsx").status_code == 200
    assert desk.get(f"/desk/proposals/{made.pk}/explode/").status_code == 404
    assert signed_in(place, "resident").get("/desk/proposals/").status_code == 403
    home = text_of(signed_in(place, "resident").get("/discuss/"))
    assert "建车棚" in home

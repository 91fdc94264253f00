"""Who is at a table, when it can decide, and how its votes are counted."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinlin.meetings import actions, queries, rules
from jinlin.meetings.codes import code_now
from jinlin.meetings.models import Attendance, Invitation, Motion, Vote
from jinlin.platform.access import SYSTEM, Actor
from jinlin.platform.errors import Gone, Invalid, NotAllowed, WrongState
from jinlin.playbooks.loader import load_playbook
from tests.support.community import Community
from tests.support.meetings import (
    arrive,
    big_committee,
    call,
    first_item,
    four_sides,
    invitations,
    opened,
    representatives,
    side_by_side,
    vote,
)
from tests.support.posts import new_body, new_persons

pytestmark = pytest.mark.django_db


def talk(place: Community) -> Any:
    """Open a four-party talk about one thing."""
    return opened("four_party_deliberation", four_sides(place.estates[0], place.bodies["residents_committee"]), "停车",
                  zone=place.estates[0])  # fmt: skip


def test_a_table_is_seated_side_by_side(place: Community) -> None:
    meeting = talk(place)
    sides = {row.side for row in invitations(meeting)}
    assert sides == {"community", "property", "residents", "property_management"}
    assert all(row.votes for row in invitations(meeting))


def test_a_side_that_the_place_does_not_have_stops_a_table_of_all_sides(place: Community) -> None:
    representatives(1, place.bodies["residents_committee"])
    meeting = opened("four_party_deliberation", place.bodies["residents_committee"], "停车", zone=place.estates[0])
    side_by_side(meeting, "community", "property", "residents")
    with pytest.raises(WrongState, match="物委会"):
        actions.put_to_vote(actor=SYSTEM, meeting_id=meeting.pk, item_id=first_item(meeting).pk, words="划线")


@pytest.mark.parametrize("side", ["police", "", "department_store"])
def test_nobody_is_put_on_a_side_that_the_table_does_not_have(place: Community, side: str) -> None:
    meeting = talk(place)
    with pytest.raises(Invalid) as refused:
        actions.invite(actor=SYSTEM, meeting_id=meeting.pk, side=side, body=new_body("member_unit"))
    assert set(refused.value.fields) == {"side"}


def test_nobody_sits_twice(place: Community) -> None:
    meeting = talk(place)
    person = new_persons(1)[0]
    firm, community = invitations(meeting, "property")[0], invitations(meeting, "community")[0]
    actions.mark_present(actor=SYSTEM, meeting_id=meeting.pk, invitation_id=firm.pk, person=person)
    with pytest.raises(Invalid):
        actions.mark_present(actor=SYSTEM, meeting_id=meeting.pk, invitation_id=community.pk, person=person)
    with pytest.raises(Invalid):
        actions.invite(actor=SYSTEM, meeting_id=meeting.pk, side="property", body=place.bodies["property_firm"])
    actions.mark_present(actor=SYSTEM, meeting_id=meeting.pk, invitation_id=firm.pk, person=person)
    assert Attendance.objects.count() == 1


def test_a_vote_without_quorum_does_not_open_and_one_that_loses_it_is_stopped(place: Community) -> None:
    committee = place.bodies["residents_committee"]
    representatives(5, committee)
    meeting = opened("residents_representatives", committee, "公约")
    seats = invitations(meeting)
    arrive(meeting, seats[:2])
    with pytest.raises(WrongState, match=r"5.*2"):
        actions.put_to_vote(actor=SYSTEM, meeting_id=meeting.pk, item_id=first_item(meeting).pk, words="通过公约")
    arrive(meeting, seats[2:3])
    motion = actions.put_to_vote(actor=SYSTEM, meeting_id=meeting.pk, item_id=first_item(meeting).pk, words="通过公约")
    actions.record_votes(actor=SYSTEM, meeting_id=meeting.pk, choices={seats[0].pk: "yes", seats[1].pk: "yes"})
    actions.mark_left(actor=SYSTEM, meeting_id=meeting.pk, invitation_id=seats[2].pk)
    motion.refresh_from_db()
    assert (motion.state, motion.present, motion.base) == ("stopped", 2, 5)
    with pytest.raises(WrongState):
        actions.count_motion(actor=SYSTEM, meeting_id=meeting.pk, motion_id=motion.pk)
    with pytest.raises(WrongState):
        actions.record_votes(actor=SYSTEM, meeting_id=meeting.pk, choices={seats[0].pk: "yes"})


def test_who_left_does_not_count_and_who_returns_does(place: Community) -> None:
    committee = place.bodies["residents_committee"]
    representatives(5, committee)
    meeting = opened("residents_representatives", committee, "公约")
    seats = invitations(meeting)
    arrive(meeting, seats)
    motion = actions.put_to_vote(actor=SYSTEM, meeting_id=meeting.pk, item_id=first_item(meeting).pk, words="通过公约")
    choices = {seat.pk: choice for seat, choice in zip(seats, ["yes", "yes", "yes", "no", "no"], strict=True)}
    actions.record_votes(actor=SYSTEM, meeting_id=meeting.pk, choices=choices)
    actions.mark_left(actor=SYSTEM, meeting_id=meeting.pk, invitation_id=seats[0].pk)
    actions.mark_left(actor=SYSTEM, meeting_id=meeting.pk, invitation_id=seats[1].pk)
    arrive(meeting, seats[:1])
    counted = actions.count_motion(actor=SYSTEM, meeting_id=meeting.pk, motion_id=motion.pk)
    assert (counted.yes, counted.no, counted.present, counted.state) == (2, 2, 4, "failed")


def test_a_written_view_stands_for_a_side_of_that_item_only(place: Community) -> None:
    meeting = talk(place)
    second = actions.add_item(actor=SYSTEM, meeting_id=meeting.pk, title="充电")
    side_by_side(meeting, "community", "property", "residents")
    absent = invitations(meeting, "property_management")[0]
    actions.give_view(
        actor=SYSTEM, meeting_id=meeting.pk, item_id=second.pk, invitation_id=absent.pk, stance="agrees", words="同意",
        written=True,
    )  # fmt: skip
    with pytest.raises(WrongState):
        actions.put_to_vote(actor=SYSTEM, meeting_id=meeting.pk, item_id=first_item(meeting).pk, words="划线")
    motion = vote(meeting, "装充电桩", ["yes", "yes", "yes"], second)
    assert (motion.state, motion.yes, motion.base) == ("passed", 3, 4)
    with pytest.raises(WrongState):
        actions.give_view(
            actor=SYSTEM, meeting_id=meeting.pk, item_id=second.pk, invitation_id=absent.pk, stance="agrees", words="说"
        )


def test_guests_and_strangers_do_not_vote(place: Community, method: Any) -> None:
    method("ningde")
    committee = new_body("owners_committee", "业委会", zone=place.estates[1])
    representatives(3, committee, "owners_committee_member")
    branch = new_body("estate_branch", "党支部", zone=place.estates[1])
    representatives(1, branch, "estate_secretary")
    meeting = opened("owners_committee_meeting", committee, "维修")
    arrive(meeting, invitations(meeting))
    guest = meeting.invitations.get(side=queries.GUESTS)
    actions.put_to_vote(actor=SYSTEM, meeting_id=meeting.pk, item_id=first_item(meeting).pk, words="维修")
    with pytest.raises(NotAllowed):
        actions.record_votes(actor=SYSTEM, meeting_id=meeting.pk, choices={guest.pk: "yes"})
    with pytest.raises(NotAllowed):
        actions.cast(actor=place.actor("resident"), meeting_id=meeting.pk, choice="yes")
    assert not Vote.objects.exists()
    assert queries.standing_of(meeting, queries.forum_of(meeting)).base == 3


def test_signing_in_needs_the_code_on_the_screen_and_a_seat(place: Community, clock: Any) -> None:
    committee = place.bodies["residents_committee"]
    person = representatives(1, committee)[0]
    meeting = opened("residents_representatives", committee, "公约")
    member = Actor(account_id=77, person_id=person.pk)
    with pytest.raises(Gone):
        actions.sign_in(actor=member, meeting_id=meeting.pk, code="wrong")
    code = code_now(meeting)
    clock.forward(minutes=1)
    actions.sign_in(actor=member, meeting_id=meeting.pk, code=code)
    actions.sign_in(actor=member, meeting_id=meeting.pk, code=code)
    assert Attendance.objects.get().how == "phone"
    clock.forward(minutes=2)
    with pytest.raises(Gone):
        actions.sign_in(actor=member, meeting_id=meeting.pk, code=code)
    with pytest.raises(NotAllowed):
        actions.sign_in(actor=place.actor("resident"), meeting_id=meeting.pk, code=code_now(meeting))


def test_a_member_of_a_body_takes_its_seat(place: Community) -> None:
    meeting = talk(place)
    manager = place.actor("property_manager")
    seat = actions.sign_in(actor=manager, meeting_id=meeting.pk, code=code_now(meeting))
    assert seat.invitation.body == place.bodies["property_firm"]
    actions.sign_out(actor=manager, meeting_id=meeting.pk)
    seat.refresh_from_db()
    assert seat.left_at is not None


def test_units_have_one_vote_each(place: Community) -> None:
    committee = big_committee(5)
    meeting = opened("party_joint_meeting", committee, "共建")
    seats = invitations(meeting)
    assert len(seats) == 6
    arrive(meeting, seats[:5])
    motion = vote(meeting, "共建", ["yes", "yes", "yes", "no", "abstain"])
    assert (motion.state, motion.yes, motion.no, motion.abstain, motion.present) == ("passed", 3, 1, 1, 5)
    assert queries.attendance(meeting).percent == "83.3"


@given(
    st.integers(0, 30),
    st.integers(0, 30),
    st.integers(0, 30),
    st.integers(0, 30),
    st.sampled_from(["all", "present", "cast"]),
)
def test_a_majority_is_what_it_says(yes: int, against: int, abstain: int, absent: int, of: str) -> None:
    forum = load_playbook("hongshan").forum_named("residents_representatives")
    forum = forum.model_copy(update={"majority": forum.majority.model_copy(update={"of": of})})
    present = yes + against + abstain
    whole = {"all": present + absent, "present": present, "cast": yes + against}[of]
    passed = rules.passes(forum, yes=yes, against=against, present=present, base=present + absent)
    assert passed == (2 * yes > whole)


def test_one_motion_at_a_time_and_only_at_a_table_that_votes(place: Community) -> None:
    meeting = opened("grid_public_safety_meeting", place.bodies["residents_committee"], "隐患")
    with pytest.raises(Invalid):
        actions.put_to_vote(actor=SYSTEM, meeting_id=meeting.pk, item_id=first_item(meeting).pk, words="整改")
    other = opened("party_joint_meeting", big_committee(1), "共建")
    arrive(other, invitations(other))
    actions.put_to_vote(actor=SYSTEM, meeting_id=other.pk, item_id=first_item(other).pk, words="共建")
    with pytest.raises(WrongState):
        actions.put_to_vote(actor=SYSTEM, meeting_id=other.pk, item_id=first_item(other).pk, words="再议")
    assert Motion.objects.count() == 1


def test_an_invitation_is_answered_and_taken_back(place: Community) -> None:
    meeting = call("party_joint_meeting", big_committee(2), "共建")
    first, second = invitations(meeting)[:2]
    reply = {"actor": SYSTEM, "meeting_id": meeting.pk, "invitation_id": first.pk}
    actions.reply_to_invitation(**reply, comes=True)
    first.refresh_from_db()
    assert first.reply == "comes"
    actions.take_invitation_back(actor=SYSTEM, meeting_id=meeting.pk, invitation_id=second.pk)
    assert Invitation.objects.filter(meeting=meeting).count() == 2
    actions.open_meeting(actor=SYSTEM, meeting_id=meeting.pk)
    with pytest.raises(WrongState):
        actions.reply_to_invitation(**reply, comes=False)
    arrive(meeting, [first])
    with pytest.raises(WrongState):
        actions.take_invitation_back(actor=SYSTEM, meeting_id=meeting.pk, invitation_id=first.pk)

"""The life of a meeting: who takes which step, what stays written down, what is handed on when it closes."""

from datetime import timedelta
from typing import Any

import pytest

from jinlin.meetings import actions, queries
from jinlin.meetings.actions import ChangedMeeting, NewMeeting, NewResolution
from jinlin.meetings.models import Meeting, MeetingStep, Minutes, Resolution
from jinlin.meetings.rules import visible_to
from jinlin.meetings.states import MEETINGS, MeetingState, MeetingVerb
from jinlin.organisations.models import Appointment
from jinlin.platform.access import SYSTEM, Actor
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid, NotAllowed, NotFound, Stale, WrongState
from jinlin.platform.events import react_to
from jinlin.platform.models import Notice
from jinlin.platform.sends import Door, RepeatedSend
from jinlin.platform.works import Concluded, Matter, describes, matter_of, works_for
from tests.support.community import COMMUNITY, Community
from tests.support.meetings import (
    arrive,
    big_committee,
    call,
    finish,
    four_sides,
    invitations,
    opened,
    representatives,
    side_by_side,
    vote,
)
from tests.support.posts import new_body, new_persons

pytestmark = pytest.mark.django_db
KEEPERS = {"community_worker", "community_secretary", "subdistrict_officer", "district_officer", "grid_member"}
"""They keep the meetings of the residents' committee: the desk of its area, and its members whose post speaks for it."""


@describes("case")
def described(_actor: Any, number: int) -> Matter | None:
    """Describe the matters of these tests: those below a hundred exist, even ones are not worked on by the actor."""
    if number > 100:
        return None
    return Matter(f"case:{number}", f"第{number}件", "", COMMUNITY, "/", may_work=number % 2 == 1)


def take(verb: MeetingVerb, actor: Any, meeting: Meeting) -> Any:
    changed = ChangedMeeting("改期", now() + timedelta(minutes=40), "二楼")
    steps = {
        MeetingVerb.CHANGE: lambda: actions.change_meeting(actor=actor, meeting_id=meeting.pk, changed=changed),
        MeetingVerb.ANNOUNCE: lambda: actions.announce_meeting(actor=actor, meeting_id=meeting.pk),
        MeetingVerb.OPEN: lambda: actions.open_meeting(actor=actor, meeting_id=meeting.pk),
        MeetingVerb.CLOSE: lambda: actions.close_meeting(actor=actor, meeting_id=meeting.pk),
        MeetingVerb.CANCEL: lambda: actions.cancel_meeting(actor=actor, meeting_id=meeting.pk, words="下雨"),
        MeetingVerb.PUBLISH: lambda: actions.publish_minutes(
            actor=actor, meeting_id=meeting.pk, minutes_id=meeting.minutes.get().pk, public_words="公开"
        ),
    }
    return steps[verb]()


@pytest.mark.parametrize("state", list(MeetingState))
@pytest.mark.parametrize("verb", list(MEETINGS.moves))
def test_each_step_is_for_those_who_keep_the_meeting_and_from_its_states(
    place: Community, state: str, verb: MeetingVerb
) -> None:
    meeting = call("residents_representatives", place.bodies["residents_committee"], "公约")
    minutes = Minutes.objects.create(meeting=meeting, number=1, words="记录", written_at=now())
    for name in place.persons:
        Meeting.objects.filter(pk=meeting.pk).update(state=state, version=1)
        MeetingStep.objects.filter(meeting=meeting, number__gt=1).delete()
        Minutes.objects.filter(pk=minutes.pk).update(published_at=None)
        try:
            take(verb, place.actor(name), meeting)
            took = True
        except (NotAllowed, WrongState):
            took = False
        assert took == (name in KEEPERS and state in MEETINGS.moves[verb]), f"{name} {verb} {state}"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"forum": "sixth_forum"}, "key"),
        ({"title": ""}, "title"),
        ({"title": "找张三13912345678"}, "title"),
        ({"room": " "}, "room"),
        ({"words": "打13912345678"}, "words"),
        ({"forum": "four_party_deliberation"}, "zone"),
        ({"forum": "people_sentiment_talk_meeting"}, "subjects"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused(place: Community, wrong: Any, field: str) -> None:
    new = {
        "forum": "residents_representatives", "title": "会", "body": place.bodies["residents_committee"],
        "starts_at": now(), "room": "议事室",
    } | wrong  # fmt: skip
    with pytest.raises(Invalid) as refused:
        actions.call_meeting(actor=SYSTEM, new=NewMeeting(**new))
    assert set(refused.value.fields) == {field}
    assert not Meeting.objects.exists()


def test_it_ends_after_it_begins_and_is_called_by_a_body_that_may(place: Community) -> None:
    new = NewMeeting(
        "residents_representatives", "会", place.bodies["residents_committee"], now(), "议事室", ends_at=now()
    )
    with pytest.raises(Invalid):
        actions.call_meeting(actor=SYSTEM, new=new)
    other = NewMeeting("residents_representatives", "会", place.bodies["property_firm"], now(), "议事室")
    with pytest.raises(NotAllowed):
        actions.call_meeting(actor=SYSTEM, new=other)
    with pytest.raises(NotAllowed):
        call("residents_representatives", place.bodies["residents_committee"], actor=place.actor("resident"))


def test_matters_are_put_on_by_those_who_work_on_them(place: Community) -> None:
    committee = place.bodies["residents_committee"]
    meeting = call("residents_representatives", committee, subject="case:1", subjects=["case:3", "case:1"])
    assert [item.subject for item in meeting.items.order_by("number")] == ["case:1", "case:3"]
    with pytest.raises(NotAllowed):
        call("residents_representatives", committee, subject="case:2")
    with pytest.raises(NotFound):
        call("residents_representatives", committee, subject="case:101")
    with pytest.raises(Invalid):
        actions.add_item(actor=SYSTEM, meeting_id=meeting.pk, title="又一次", subject="case:3")


def test_those_invited_hear_of_it_and_of_what_changes(place: Community) -> None:
    committee = place.bodies["residents_committee"]
    people = representatives(2, committee)
    meeting = call("residents_representatives", committee, starts_at=now() + timedelta(days=3))
    with pytest.raises(WrongState):
        actions.announce_meeting(actor=SYSTEM, meeting_id=meeting.pk)
    actions.add_item(actor=SYSTEM, meeting_id=meeting.pk, title="公约")
    actions.announce_meeting(actor=SYSTEM, meeting_id=meeting.pk)
    changed = ChangedMeeting("改期", now() + timedelta(days=4), "二楼")
    actions.change_meeting(actor=SYSTEM, meeting_id=meeting.pk, changed=changed)
    actions.cancel_meeting(actor=SYSTEM, meeting_id=meeting.pk, words="台风")
    for person in people:
        assert Notice.objects.filter(person_id=person.pk).count() == 3
    assert "台风" in Notice.objects.order_by("-pk")[0].text


def test_it_is_opened_an_hour_before_and_announced_only_ahead_of_its_time(place: Community, clock: Any) -> None:
    committee = place.bodies["residents_committee"]
    meeting = call("residents_representatives", committee, "公约", starts_at=now() + timedelta(hours=2))
    with pytest.raises(WrongState):
        actions.open_meeting(actor=SYSTEM, meeting_id=meeting.pk)
    clock.forward(hours=3)
    with pytest.raises(WrongState):
        actions.announce_meeting(actor=SYSTEM, meeting_id=meeting.pk)
    actions.open_meeting(actor=SYSTEM, meeting_id=meeting.pk)


def test_a_meeting_of_the_past_has_no_results_of_the_future(place: Community) -> None:
    committee = place.bodies["residents_committee"]
    meeting = opened("grid_public_safety_meeting", committee, "隐患", starts_at=now() - timedelta(days=9))
    actions.write_minutes(actor=SYSTEM, meeting_id=meeting.pk, words="排查隐患3处。")
    for end in (now() + timedelta(minutes=1), now() - timedelta(days=10)):
        with pytest.raises(Invalid):
            actions.close_meeting(actor=SYSTEM, meeting_id=meeting.pk, ended_at=end)
    with pytest.raises(Invalid):
        before = NewResolution("清理楼道", committee, today() - timedelta(days=20))
        actions.resolve(actor=SYSTEM, meeting_id=meeting.pk, new=before)
    closed = actions.close_meeting(actor=SYSTEM, meeting_id=meeting.pk, ended_at=now() - timedelta(days=9, hours=-2))
    assert closed.ends_at < now()


def test_minutes_change_until_they_are_signed_and_then_make_a_version(place: Community) -> None:
    meeting = opened("party_joint_meeting", big_committee(2), "共建")
    arrive(meeting, invitations(meeting)[:2])
    write = {"actor": SYSTEM, "meeting_id": meeting.pk}
    first = actions.write_minutes(**write, words="第一稿")
    actions.write_minutes(**write, words="第二稿", parts={"1": "谈了共建"})
    assert Minutes.objects.get().words == "第二稿"
    with pytest.raises(Invalid):
        actions.write_minutes(**write, words="第二稿", parts={"7": "没有这一项"})
    with pytest.raises(Stale):
        actions.write_minutes(**write, words="别人的稿", door=Door(seen="0"))
    seats = invitations(meeting)
    sign = {"actor": SYSTEM, "meeting_id": meeting.pk, "minutes_id": first.pk}
    with pytest.raises(WrongState):
        actions.sign_minutes(**sign, invitation_id=seats[2].pk)
    actions.sign_minutes(**sign, invitation_id=seats[0].pk)
    actions.object_to_minutes(**sign, invitation_id=seats[1].pk, objection="费用没有写清楚")
    with pytest.raises(WrongState):
        actions.sign_minutes(**sign, invitation_id=seats[0].pk)
    second = actions.write_minutes(**write, words="第三稿", parts={"1": "谈了共建"})
    assert (second.number, Minutes.objects.get(number=1).words) == (2, "第二稿")
    assert actions.write_minutes(**write, words="第三稿", parts={"1": "谈了共建"}).pk == second.pk
    with pytest.raises(WrongState):
        actions.sign_minutes(**sign, invitation_id=seats[1].pk)


def test_minutes_are_published_once_a_person_has_looked_through_them(place: Community) -> None:
    meeting = opened("grid_public_safety_meeting", place.bodies["residents_committee"], "隐患")
    with pytest.raises(Invalid):
        actions.write_minutes(actor=SYSTEM, meeting_id=meeting.pk, words="张先生电话13912345678")
    finish(meeting, "隐患4处，整改3处。")
    minutes = meeting.minutes.get()
    publish = {"actor": SYSTEM, "meeting_id": meeting.pk, "minutes_id": minutes.pk}
    with pytest.raises(Invalid):
        actions.publish_minutes(**publish, public_words="电话13912345678")
    assert queries.public_minutes(meeting) is None
    actions.publish_minutes(**publish, public_words="隐患4处")
    assert queries.public_minutes(meeting) == minutes
    with pytest.raises(WrongState):
        actions.publish_minutes(**publish, public_words="隐患4处")


def test_a_decision_has_an_owner_a_day_and_a_table_that_could_decide(place: Community) -> None:
    committee = four_sides(place.estates[0], place.bodies["residents_committee"])
    meeting = opened("four_party_deliberation", committee, "停车", zone=place.estates[0])
    resolve = {"actor": SYSTEM, "meeting_id": meeting.pk}
    with pytest.raises(Invalid) as refused:
        actions.resolve(**resolve, new=NewResolution("划线", None, today()))
    assert set(refused.value.fields) == {"body"}
    side_by_side(meeting, "community", "property", "residents")
    with pytest.raises(WrongState):
        actions.resolve(**resolve, new=NewResolution("划线", committee))
    side_by_side(meeting, "property_management")
    failed = vote(meeting, "划线", ["yes", "yes", "no", "no"])
    with pytest.raises(WrongState):
        actions.resolve(**resolve, new=NewResolution("划线", committee, motion_id=failed.pk))
    made = actions.resolve(**resolve, new=NewResolution("划线", committee))
    actions.write_minutes(actor=SYSTEM, meeting_id=meeting.pk, words="同意划线。")
    with pytest.raises(WrongState, match="划线"):
        actions.close_meeting(actor=SYSTEM, meeting_id=meeting.pk)
    actions.set_day_of_resolution(actor=SYSTEM, resolution_id=made.pk, due_on=today())
    actions.close_meeting(actor=SYSTEM, meeting_id=meeting.pk)


def test_a_resolution_is_followed_until_it_has_a_result(place: Community, clock: Any) -> None:
    firm = place.bodies["property_firm"]
    meeting = opened("grid_public_safety_meeting", place.bodies["residents_committee"], "隐患")
    made = actions.resolve(actor=SYSTEM, meeting_id=meeting.pk, new=NewResolution("清理楼道", firm, today()))
    finish(meeting)
    assert Notice.objects.filter(person_id=place.persons["property_manager"].pk).count() == 1
    clock.move_to("2026-05-20 09:00")
    assert actions.warn_of_overdue() == 1
    assert actions.warn_of_overdue() == 0
    end = {"resolution_id": made.pk}
    with pytest.raises(Invalid):
        actions.finish_resolution(actor=SYSTEM, **end, result=" ")
    with pytest.raises(NotAllowed):
        actions.finish_resolution(actor=place.actor("resident"), **end, result="清了")
    actions.finish_resolution(actor=place.actor("property_manager"), **end, result="清理3个楼道")
    with pytest.raises(WrongState):
        actions.drop_resolution(actor=SYSTEM, **end, result="不办")
    assert matter_of(place.actor("resident"), f"resolution:{made.pk}").text == "清理3个楼道"
    assert queries.solved_by(Meeting.objects.all()) == 1


def test_what_recurs_is_called_again_with_what_is_open(place: Community, clock: Any) -> None:
    committee = place.bodies["residents_committee"]
    meeting = opened("grid_public_safety_meeting", committee, "隐患")
    tasks = [
        actions.resolve(actor=SYSTEM, meeting_id=meeting.pk, new=NewResolution(words, committee, today()))
        for words in ("灭火器", "飞线", "楼道", "井盖")
    ]
    finish(meeting)
    after = Meeting.objects.get(previous=meeting)
    assert after.starts_at - meeting.starts_at == timedelta(days=30)
    assert after.items.count() == 4
    for task in tasks[:3]:
        actions.finish_resolution(actor=SYSTEM, resolution_id=task.pk, result="已整改")
    clock.move_to("2026-06-07 09:00")
    actions.open_meeting(actor=SYSTEM, meeting_id=after.pk)
    assert [item.carried for item in after.items.all()] == [tasks[3]]


def test_what_was_done_for_a_matter_is_told(place: Community, django_capture_on_commit_callbacks: Any) -> None:
    heard: list[Concluded] = []
    react_to(Concluded)(heard.append)
    committee = four_sides(place.estates[0], place.bodies["residents_committee"])
    meeting = opened("four_party_deliberation", committee, zone=place.estates[0], subject="case:1")
    running = works_for("case:1")[0]
    assert (running.purpose, running.outcome) == ("discuss", None)
    side_by_side(meeting, "community", "property", "residents", "property_management")
    with django_capture_on_commit_callbacks(execute=True):
        motion = vote(meeting, "划线", ["yes", "yes", "yes", "no"])
        finish(meeting)
    assert [event.work for event in heard] == [f"motion:{motion.pk}", f"meeting:{meeting.pk}"]
    talked, decided = works_for("case:1")
    assert (talked.outcome, decided.outcome, decided.purpose) == ("done", "passed", "decide")
    assert {"community", "residents_committee", "property_firm"} <= talked.sides


def test_speakers_speak_once_and_a_round_table_names_a_problem(place: Community, method: Any) -> None:
    method("hongrun")
    city = new_body("city_committee", "市委", place_code=COMMUNITY[:6])
    meeting = opened("round_table", city, title="夜间停车")
    seat = invitations(meeting)[0]
    speak = {"actor": SYSTEM, "meeting_id": meeting.pk, "invitation_id": seat.pk}
    actions.note_speech(**speak, words="夜间车位少")
    with pytest.raises(Invalid):
        actions.note_speech(**speak, words="再说一次")
    actions.write_minutes(actor=SYSTEM, meeting_id=meeting.pk, words="谈停车。")
    with pytest.raises(WrongState):
        actions.close_meeting(actor=SYSTEM, meeting_id=meeting.pk)


def test_the_same_send_is_done_once_and_a_stale_page_is_told(place: Community) -> None:
    committee = place.bodies["residents_committee"]
    worker = place.actor("community_worker")
    new = NewMeeting("residents_representatives", "会", committee, now() + timedelta(hours=1), "议事室")
    actions.call_meeting(actor=worker, new=new, door=Door(key="k1"))
    with pytest.raises(RepeatedSend):
        actions.call_meeting(actor=worker, new=new, door=Door(key="k1"))
    meeting = Meeting.objects.get()
    with pytest.raises(Stale):
        actions.open_meeting(actor=worker, meeting_id=meeting.pk, door=Door(seen="9"))


def test_a_resolution_becomes_one_thing(place: Community) -> None:
    meeting = opened("grid_public_safety_meeting", place.bodies["residents_committee"], "隐患")
    new = NewResolution("装充电桩", place.bodies["residents_committee"], today(), sites=("东门", "西门"))
    made = actions.resolve(actor=SYSTEM, meeting_id=meeting.pk, new=new)
    with pytest.raises(Invalid):
        actions.make_of_resolution(actor=SYSTEM, resolution_id=made.pk, kind="castle")
    with pytest.raises(Invalid):
        twice = NewResolution("装", place.bodies["residents_committee"], sites=("东门", "东门"))
        actions.resolve(actor=SYSTEM, meeting_id=meeting.pk, new=twice)
    assert Resolution.objects.get().made == ""


def test_who_only_sits_at_a_table_sees_it_at_the_desk(place: Community) -> None:
    meeting = call("party_joint_meeting", big_committee(1), "共建")
    for name in place.persons:
        sees = visible_to(place.actor(name)).filter(pk=meeting.pk).exists()
        wide = {"community_worker", "community_secretary", "subdistrict_officer", "district_officer", "auditor"}
        assert sees == (name in wide), name
    unit = meeting.invitations.exclude(body__kind="community_committee").get().body
    person = new_persons(1)[0]
    Appointment.objects.create(
        person=person, body=unit, key="x", post="代表", term_from=today(), accepted_on=today(), place_code=COMMUNITY
    )
    assert visible_to(Actor(account_id=1, person_id=person.pk)).filter(pk=meeting.pk).exists()

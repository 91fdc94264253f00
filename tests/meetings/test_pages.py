"""The pages of meetings: who opens which, what they show whom, and that a form that was refused loses nothing."""

from typing import Any

import openpyxl
import pytest
from django.test import Client

from jinlin.meetings import actions
from jinlin.meetings.actions import NewResolution
from jinlin.meetings.codes import code_now
from jinlin.meetings.models import Attendance, Meeting, Motion, Vote
from jinlin.people.models import Account
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import now, today
from tests.support.community import Community
from tests.support.meetings import (
    arrive,
    big_committee,
    call,
    finish,
    first_item,
    four_sides,
    invitations,
    opened,
    publish,
    representatives,
    side_by_side,
)
from tests.support.pages import fetch, send, signed_in, text_of

pytestmark = pytest.mark.django_db


def talk(place: Community) -> Meeting:
    caller = four_sides(place.estates[0], place.bodies["residents_committee"])
    return opened("four_party_deliberation", caller, "停车", zone=place.estates[0])


def test_everybody_reads_the_calendar_and_nobody_a_draft(place: Community) -> None:
    drafted, held = call("party_joint_meeting", big_committee(1), "共建", title="还没有通知"), talk(place)
    visitor = Client()
    shown = text_of(visitor.get("/meetings/"))
    assert held.title in shown and drafted.title not in shown
    assert visitor.get(f"/meetings/{drafted.pk}/").status_code == 404
    assert visitor.get("/meetings/?forum=party_joint_meeting").status_code == 200
    assert visitor.get("/meetings/?forum=nothing").status_code == 422
    for path in ("", "sheet/", "minutes/"):
        assert visitor.get(f"/meetings/{held.pk}/{path}").status_code == 200


def test_what_was_said_is_public_only_once_the_minutes_are(place: Community) -> None:
    meeting = talk(place)
    side_by_side(meeting, "community", "property", "residents", "property_management")
    item = first_item(meeting)
    seat = invitations(meeting, "property")[0]
    actions.give_view(
        actor=SYSTEM, meeting_id=meeting.pk, item_id=item.pk, invitation_id=seat.pk, stance="dissents", words="费用太高"
    )
    actions.resolve(
        actor=SYSTEM, meeting_id=meeting.pk, new=NewResolution("划线", place.bodies["property_firm"], today(), item.pk)
    )
    finish(meeting, "物业张先生电话13912345678，不同意。")
    visitor, desk = Client(), signed_in(place, "community_worker")
    before = text_of(visitor.get(f"/meetings/{meeting.pk}/"))
    assert "费用太高" not in before and "划线" not in before
    refused = send(desk, f"/desk/meetings/{meeting.pk}/publish/", public_words="电话13912345678", confirmed="on")
    assert refused.status_code == 422 and "13912345678" in refused.content.decode()
    assert publish(desk, meeting) == 302
    after = text_of(visitor.get(f"/meetings/{meeting.pk}/"))
    assert "费用太高" in after and "划线" in after and "13912345678" not in after


@pytest.mark.parametrize("name", ["resident", "neighbour", "administrator", "neighbour_head"])
def test_the_desk_is_closed_to_others(place: Community, name: str) -> None:
    meeting, client = talk(place), signed_in(place, name)
    paths = ["", "new/", f"{meeting.pk}/", f"{meeting.pk}/room/", f"{meeting.pk}/minutes/", "resolutions.xlsx"]
    assert {client.get(f"/desk/meetings/{path}").status_code for path in paths} == {403}


def test_a_participant_sees_the_table_and_keeps_nothing(place: Community) -> None:
    meeting = talk(place)
    manager, page = signed_in(place, "property_manager"), f"/desk/meetings/{meeting.pk}/"
    assert manager.get(page).status_code == 200
    assert manager.get(f"{page}room/").status_code == 403
    assert manager.get(f"{page}resolve/").status_code == 403
    manager.post(f"{page}press/present/{invitations(meeting)[0].pk}/")
    assert not Attendance.objects.exists()
    other = call("party_joint_meeting", big_committee(1), "共建")
    assert manager.get(f"/desk/meetings/{other.pk}/").status_code == 404


def test_a_phone_signs_in_with_the_code_votes_and_leaves(place: Community, clock: Any) -> None:
    committee = place.bodies["residents_committee"]
    person = representatives(1, committee)[0]
    account = Account(username="rep", person=person, date_joined=now())
    account.set_unusable_password()
    account.save()
    meeting = opened("residents_representatives", committee, "公约")
    phone = Client()
    assert phone.get(f"/meetings/{meeting.pk}/in/{code_now(meeting)}/").status_code == 302
    phone.force_login(account)
    assert send(phone, f"/meetings/{meeting.pk}/in/nonsense/").status_code == 410
    assert send(phone, f"/meetings/{meeting.pk}/in/{code_now(meeting)}/").status_code == 302
    assert "已签到" in text_of(phone.get(f"/meetings/{meeting.pk}/seat/"))
    actions.put_to_vote(actor=SYSTEM, meeting_id=meeting.pk, item_id=first_item(meeting).pk, words="通过公约")
    phone.post(f"/meetings/{meeting.pk}/seat/vote/", {"of": "no"})
    phone.post(f"/meetings/{meeting.pk}/seat/vote/", {"of": "yes"})
    assert Vote.objects.get().choice == "yes"
    phone.post(f"/meetings/{meeting.pk}/seat/leave/")
    assert Motion.objects.get().state == "stopped"
    assert "法定人数不足" in text_of(phone.get(f"/meetings/{meeting.pk}/seat/"))
    stranger = signed_in(place, "resident")
    assert stranger.get(f"/meetings/{meeting.pk}/seat/").status_code == 404


def test_the_screen_of_the_room_shows_the_quorum_the_vote_and_a_code(place: Community) -> None:
    meeting = talk(place)
    desk, page = signed_in(place, "community_worker"), f"/desk/meetings/{meeting.pk}/"
    shown = desk.get(f"{page}room/")
    assert "不能作决定" in text_of(shown) and 'http-equiv="refresh"' in shown.content.decode()
    side_by_side(meeting, "community", "property", "residents", "property_management")
    desk.post(f"{page}press/item/{first_item(meeting).pk}/")
    send(desk, f"{page}motion/{first_item(meeting).pk}/", words="划线停车")
    shown = text_of(desk.get(f"{page}room/"))
    assert "1. 停车" in shown and "可以作决定" in shown and "划线停车" in shown and "应到4，实到4" in shown


def test_what_was_refused_keeps_what_was_entered(place: Community) -> None:
    meeting, desk = talk(place), signed_in(place, "community_worker")
    refused = send(desk, f"/desk/meetings/{meeting.pk}/resolve/", words="划出三十个车位")
    assert refused.status_code == 422 and "划出三十个车位" in refused.content.decode()
    stale = desk.get(f"/desk/meetings/{meeting.pk}/minutes/").context["form"]
    values = {bound.name: bound.value() for bound in stale.hidden_fields()}
    actions.write_minutes(actor=SYSTEM, meeting_id=meeting.pk, words="别人先写了。")
    refused = desk.post(f"/desk/meetings/{meeting.pk}/minutes/", {**values, "words": "我写的。"})
    assert refused.status_code == 409 and "我写的。" in refused.content.decode()
    assert meeting.minutes.get().words == "别人先写了。"


def test_resolutions_leave_as_a_spreadsheet(place: Community, tmp_path: Any) -> None:
    meeting = opened("grid_public_safety_meeting", place.bodies["residents_committee"], "隐患")
    actions.resolve(
        actor=SYSTEM, meeting_id=meeting.pk, new=NewResolution("清楼道", place.bodies["property_firm"], today())
    )
    status, contents, _answer = fetch(signed_in(place, "community_worker"), "/desk/meetings/resolutions.xlsx")
    (tmp_path / "r.xlsx").write_bytes(contents)
    rows = list(openpyxl.load_workbook(tmp_path / "r.xlsx").active.iter_rows(values_only=True))
    assert status == 200 and len(rows) == 2
    assert "清楼道" in rows[1] and place.bodies["property_firm"].name in rows[1]


def test_the_pages_keep_to_their_queries(place: Community, query_budget: Any) -> None:
    committee = place.bodies["residents_committee"]
    representatives(30, committee)
    meeting = opened("residents_representatives", committee, "公约", "停车", "充电")
    arrive(meeting, invitations(meeting))
    desk = signed_in(place, "community_worker")
    for name, path in {"list": "", "one": f"{meeting.pk}/", "room": f"{meeting.pk}/room/"}.items():
        desk.get(f"/desk/meetings/{path}")
        with query_budget(f"meetings/{name}"):
            desk.get(f"/desk/meetings/{path}")
    visitor = Client()
    visitor.get(f"/meetings/{meeting.pk}/")
    with query_budget("meetings/public"):
        visitor.get(f"/meetings/{meeting.pk}/")


def test_programs_read_what_everybody_reads(place: Community) -> None:
    meeting = talk(place)
    listed = Client().get("/api/v1/meetings").json()["rows"]
    assert [row["id"] for row in listed] == [str(meeting.pk)]
    one = Client().get(f"/api/v1/meetings/{meeting.pk}").json()
    assert one["agenda"] == ["停车"] and one["resolutions"] == [] and one["minutes"] == ""
    assert (
        Client().post(f"/api/v1/meetings/{meeting.pk}/vote", {"choice": "yes"}, "application/json").status_code == 401
    )

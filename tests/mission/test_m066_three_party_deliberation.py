"""M066 三方议事: three seats and no fourth; what they agree on becomes one project with its places."""

from typing import Any

import pytest

from jinlin.lists.models import Item
from jinlin.meetings.models import Motion, Resolution
from tests.support.community import Community, make_community
from tests.support.meetings import first_item, invitations, opened, representatives, side_by_side
from tests.support.pages import send, signed_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M066")]
SIDES = ("community", "property", "residents")
SITES = ["东门", "西门", "1号楼旁", "3号楼旁", "车棚"]


@pytest.fixture
def place(clock: Any) -> Community:
    return make_community()


def test_a_talk_of_3_seats_on_charging_makes_one_project_with_5_sites(place: Community) -> None:
    committee = place.bodies["residents_committee"]
    representatives(1, committee)
    meeting = opened("three_party_deliberation", committee, "电动车充电", zone=place.estates[0])
    assert {row.side for row in invitations(meeting)} == set(SIDES)
    desk, page = signed_in(place, "community_worker"), f"/desk/meetings/{meeting.pk}/"
    side_by_side(meeting, *SIDES)
    send(desk, f"{page}motion/{first_item(meeting).pk}/", words="在5处安装充电桩")
    hands = {f"seat_{invitations(meeting, side)[0].pk}": "yes" for side in SIDES}
    send(desk, f"{page}votes/", **hands)
    motion = Motion.objects.get()
    desk.post(f"{page}press/count/{motion.pk}/")
    firm = place.bodies["property_firm"]
    agreed = {
        "words": "安装充电桩",
        "body": firm.pk,
        "due_on": "2026-09-30",
        "motion": motion.pk,
        "sites": "\n".join(SITES),
    }
    assert send(desk, f"{page}resolve/", **agreed).status_code == 302
    resolution = Resolution.objects.get()
    step = f"/desk/meetings/resolutions/{resolution.pk}/become/"
    assert desk.get(step).context["form"]["kind"].value() == "project"
    assert send(desk, step, kind="project").status_code == 302
    project = Item.objects.get()
    assert project.list.kind == "project" and project.sites == SITES
    resolution.refresh_from_db()
    assert (resolution.made, project.origin) == (f"item:{project.pk}", f"resolution:{resolution.pk}")
    assert send(desk, step, kind="project").status_code == 409
    assert "安装充电桩" in text_of(desk.get(f"/desk/meetings/resolutions/{resolution.pk}/"))
    shown = text_of(desk.get(f"/lists/items/{project.pk}/"))
    assert all(site in shown for site in SITES)


def test_a_fourth_seat_is_refused(place: Community) -> None:
    committee = place.bodies["residents_committee"]
    meeting = opened("three_party_deliberation", committee, "电动车充电", zone=place.estates[0])
    desk = signed_in(place, "community_worker")
    body = place.bodies["enforcement_team"]
    refused = send(desk, f"/desk/meetings/{meeting.pk}/invite/", body=body.pk, side="police")
    assert refused.status_code == 422
    assert not meeting.invitations.filter(body=body).exists()

"""The chain of bodies: of several kinds above, the first that is there counts; who serves in a body hands its requests up."""

from collections.abc import Callable

import pytest
from django.test import Client

from jinlin.organisations.actions import NewAppointment, NewBody, appoint, found_bodies
from jinlin.organisations.models import Body
from jinlin.organisations.queries.chains import broken_chains, chain_of, is_top, next_above
from jinlin.platform.access import SYSTEM, Role
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid
from jinlin.playbooks.loader import load_playbook
from jinlin.playbooks.schema import Playbook
from jinlin.requests.actions import Report, Where, hand_up_request, raise_request
from jinlin.requests.models import Request
from jinlin.requests.rules import plays_a_part
from tests.support.bodies import FOUNDED, found
from tests.support.community import COMMUNITY, Community, make_community
from tests.support.methods import work_by
from tests.support.posts import desk_of

pytestmark = pytest.mark.django_db
ABOVE = ("estate_branch", "community_committee")


def with_two_above(name: str = "hongrun") -> Playbook:
    playbook = load_playbook(name)
    rows = [row.model_copy(update={"above": ABOVE}) if row.kind == "building_group" else row for row in playbook.body]
    return playbook.model_copy(update={"body": tuple(rows)})


@pytest.fixture
def place(method: Callable) -> Community:
    place = make_community()
    method("hongrun")
    return place


@pytest.fixture
def playbook(place: Community, monkeypatch: pytest.MonkeyPatch) -> Playbook:
    return work_by(monkeypatch, with_two_above())


def test_one_name_needs_no_brackets() -> None:
    rows = {row.kind: row.above for row in load_playbook("hongrun").body}
    assert rows["estate_branch"] == ("community_committee",) and rows["city_committee"] == ()
    assert load_playbook("hongrun").kinds_over("centre_household") >= {"building_group", *ABOVE}
    assert with_two_above().kinds_over("moon") == frozenset()


def test_the_first_kind_that_is_there_counts(place: Community, playbook: Playbook) -> None:
    branch = found("estate_branch", "一网格支部", zone=place.grids[0])
    committee = Body.objects.get(kind="community_committee")
    inside = found("building_group", "1号楼党小组", place.buildings[0].code)
    outside = found("building_group", "末号楼党小组", place.buildings[-1].code)
    assert (inside.parent, outside.parent) == (branch, committee)
    assert [link.kind for link in chain_of(playbook, outside)][:2] == ["building_group", "community_committee"]
    assert next_above(playbook, inside) == branch and next_above(playbook, outside) == committee
    assert broken_chains(playbook, [inside, outside]) == []
    Body.objects.filter(pk=outside.pk).update(parent=None)
    outside = Body.objects.get(pk=outside.pk)
    assert broken_chains(playbook, [outside]) == [outside] and next_above(playbook, outside) is None
    assert [link.kind for link in chain_of(playbook, outside)][:2] == ["building_group", "estate_branch"]
    assert not is_top(playbook, outside) and is_top(playbook, Body(kind="city_committee"))


def test_bodies_of_one_file_stand_under_each_other_in_any_order(place: Community, playbook: Playbook) -> None:
    new = [
        NewBody("building_group", "1号楼党小组", place.buildings[0].code, founded_on=FOUNDED),
        NewBody("estate_branch", "一网格支部", COMMUNITY, zone=place.grids[0], founded_on=FOUNDED),
    ]
    group, branch = found_bodies(actor=SYSTEM, new=new)
    assert group.parent == branch


def test_a_kind_that_is_not_above_is_refused(place: Community, playbook: Playbook) -> None:
    station = Body.objects.get(kind="residents_committee")
    with pytest.raises(Invalid) as error:
        found("building_group", "1号楼党小组", place.buildings[0].code, parent=station)
    assert set(error.value.fields) == {"parent"}


@pytest.mark.mechanism("M009")
def test_who_serves_in_a_body_hands_its_own_requests_up_and_no_others(place: Community, playbook: Playbook) -> None:
    branch = found("estate_branch", "一网格支部", zone=place.grids[0])
    secretary = appoint(
        actor=SYSTEM, new=NewAppointment(place.persons["neighbour"], branch, "estate_secretary", today())
    )
    assert secretary.role == Role.BODY_MEMBER
    actor = place.actor("neighbour")
    report = Report(text="楼道灯不亮", where=Where(place_code=place.homes[0].code))
    own = raise_request(actor=place.actor("resident"), report=report).request
    other = raise_request(actor=place.actor("resident"), report=report).request
    Request.objects.filter(pk=own.pk).update(body=branch, state="dispatched")
    own = Request.objects.get(pk=own.pk)
    assert plays_a_part(actor, own) and not plays_a_part(actor, other)
    browser: Client = desk_of(place, "neighbour")
    assert browser.get(f"/desk/requests/{own.pk}").status_code == 200
    assert browser.get(f"/desk/requests/{other.pk}").status_code == 404
    above = hand_up_request(actor=actor, request_id=own.pk, reason="小区解决不了").body
    assert above.kind == "community_committee"
    assert not actor.has({Role.DEPARTMENT_OFFICER, Role.COMMUNITY_WORKER}, place.homes[0].code)

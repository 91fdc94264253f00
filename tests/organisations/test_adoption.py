"""Adopting a playbook founds what it names, under one another, cheaply and only once."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinlin.organisations.actions import adopt_playbook, end_body
from jinlin.organisations.actions.adoption import read_adoption
from jinlin.organisations.models import Body, Coverage, Duty
from jinlin.platform.access import SYSTEM
from jinlin.platform.errors import NotAllowed
from jinlin.platform.models import AuditEntry
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.loader import load_playbook
from jinlin.playbooks.models import Adoption
from jinlin.region.districts import current_district
from jinlin.territory.models import Zone, ZoneMembership
from tests.support.community import BEGINNING, COMMUNITY, Community, make_community

pytestmark = pytest.mark.django_db


@pytest.fixture
def community() -> Community:
    return make_community()


def _more_estates(first: int, count: int) -> None:
    rows = [
        Zone(
            kind="estate",
            label=f"{COMMUNITY}E{number:03d}",
            name=f"{number}号小区",
            community_code=COMMUNITY,
            valid_from=BEGINNING,
        )
        for number in range(first, first + count)
    ]
    Zone.objects.bulk_create(rows)


@pytest.mark.parametrize("profile", ["hetang", "hongrun", "ningde", "pingwu"])
def test_each_place_stands_up_and_adopting_twice_changes_nothing(community: Community, profile: str):
    playbook = load_playbook(profile)
    planned = read_adoption(playbook)
    made = adopt_playbook(actor=SYSTEM, playbook=playbook)
    assert (planned.founded, planned.duties) == (made.founded, made.duties)
    assert made.bodies > 0
    assert current_playbook().profile == current_district().playbook == profile
    before = Body.objects.count(), Duty.objects.count(), Coverage.objects.count(), Adoption.objects.count()
    again = adopt_playbook(actor=SYSTEM, playbook=playbook)
    assert (again.bodies, again.duties) == (0, 0)
    assert before == (Body.objects.count(), Duty.objects.count(), Coverage.objects.count(), Adoption.objects.count())


def test_bodies_stand_under_the_chain_and_look_after_their_own_place(community: Community):
    yard = Zone.objects.create(
        kind="courtyard", label=f"{COMMUNITY}C01", name="东院", community_code=COMMUNITY, valid_from=BEGINNING
    )
    for place in community.buildings[:2]:
        ZoneMembership.objects.create(zone=yard, kind="courtyard", member_code=place.code, valid_from=BEGINNING)
    made = adopt_playbook(actor=SYSTEM, playbook=load_playbook("pingwu"))
    assert {row.kind: count for row, count in made.founded} | {} == {
        "county_committee": 1,
        "subdistrict_committee": 1,
        "estate_organisation": 2,
        "courtyard_organisation": 1,
        "building_organisation": 4,
    }
    body, chain = Body.objects.get(kind="courtyard_organisation"), []
    while body:
        chain.append(body.kind)
        body = body.parent
    assert chain == [row.kind for row in load_playbook("pingwu").chain_above("courtyard_organisation")]
    estate = Body.objects.get(kind="estate_organisation", zone=community.estates[0])
    assert Coverage.objects.get(body=estate).zone == community.estates[0]
    assert Body.objects.filter(parent=estate, kind="building_organisation").count() == 2


def test_what_cannot_be_founded_is_left_out_with_the_reason(community: Community):
    ZoneMembership.objects.filter(kind="estate", member_code=community.buildings[0].code).delete()
    made = adopt_playbook(actor=SYSTEM, playbook=load_playbook("pingwu"))
    ((name, why),) = made.left_out
    assert name == f"{community.buildings[0].name}党组织"
    assert "小区党组织" in str(why)


def test_a_body_that_has_ended_is_not_founded_again(community: Community):
    body = Body.objects.get(kind="owners_committee", zone=community.estates[0])
    end_body(actor=SYSTEM, body_id=body.pk, last_day=date(2026, 1, 5) if body.founded_on is None else body.founded_on)
    assert adopt_playbook(actor=SYSTEM, playbook=load_playbook("hongshan")).bodies == 0


def test_lines_of_the_duty_list_that_only_the_former_method_had_go(community: Community):
    committee = Duty.objects.filter(body__kind="property_management_committee")
    assert committee.exists()
    adopt_playbook(actor=SYSTEM, playbook=load_playbook("hetang"))
    assert not committee.exists()
    adopt_playbook(actor=SYSTEM, playbook=load_playbook("hongshan"))
    assert committee.exists()


def test_hundreds_of_estates_take_few_statements(community: Community):
    counts = []
    for first, more in ((100, 2), (200, 242)):
        _more_estates(first, more)
        with CaptureQueriesContext(connection) as asked:
            made = adopt_playbook(actor=SYSTEM, playbook=load_playbook("hongshan"))
        assert made.bodies == 3 * more
        counts.append(len(asked))
    # A database may take only so many values in one statement, so that a few more are needed for many rows.
    assert counts[1] - counts[0] < 242 / 2


def test_the_trail_has_one_line_with_the_numbers(community: Community):
    made = adopt_playbook(actor=SYSTEM, playbook=load_playbook("hetang"))
    (line,) = AuditEntry.objects.filter(verb="organisations.adopt_playbook", detail__playbook="hetang")
    assert line.detail["bodies"] == made.bodies
    assert Adoption.objects.get(profile="hetang").founded == {"subdistrict_committee": 1}


def test_an_officer_does_not_adopt(community: Community):
    with pytest.raises(NotAllowed):
        adopt_playbook(actor=community.actor("community_worker"), playbook=load_playbook("hetang"))
    assert current_playbook().profile == "hongshan"

"""Bodies: founded by the chain of the place's work method, in care of places, complete before they begin, ended for good."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from jinlin.organisations.actions import (
    Contact,
    NewAppointment,
    NewBody,
    activate_body,
    appoint,
    cover,
    edit_body,
    end_body,
    found_bodies,
    found_body,
    uncover,
)
from jinlin.organisations.models import Appointment, Body, Coverage
from jinlin.organisations.queries.chains import chain_of, next_above
from jinlin.organisations.queries.coverage import coverage_of_kind
from jinlin.platform.access import SYSTEM, Actor
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid, NotAllowed, WrongState
from jinlin.platform.models import AuditEntry
from jinlin.territory.models import Zone
from tests.support.community import COMMUNITY, Community, make_community

DAY = date(2024, 3, 1)


@pytest.fixture
def place(db: None) -> Community:
    return make_community()


def faults(act: Callable[..., object], **arguments: object) -> dict[str, str]:
    """Return what an action refuses, by field."""
    with pytest.raises(Invalid) as refused:
        act(**arguments)
    return {name: str(words) for name, words in refused.value.fields.items()}


def branch(place: Community, number: int = 0, **more: object) -> NewBody:
    estate = place.estates[number]
    return NewBody("estate_branch", f"{estate.name}党支部", COMMUNITY, zone=estate, founded_on=DAY, **more)


def test_a_branch_stands_under_the_community_and_looks_after_its_estate(place: Community, method: Callable) -> None:
    playbook = method("hetang")
    made = found_body(actor=place.actor("community_secretary"), new=branch(place))
    assert made.parent.kind == "community_committee" and made.active
    assert coverage_of_kind(playbook, "estate_branch", DAY).words == "1/2"
    assert [left.name for left in coverage_of_kind(playbook, "estate_branch", today()).uncovered] == ["安宁苑"]
    assert AuditEntry.objects.filter(verb="organisations.found", subject_id=str(made.pk)).count() == 1


WRONG = [
    ({"kind": "palace"}, "kind"),
    ({"zone": None}, "place"),
    ({"name": "  "}, "name"),
    ({"name": "支" * 65}, "name"),
    ({"place_code": "530199001999"}, "place"),
    ({"founded_on": date(2099, 1, 1)}, "founded_on"),
    ({"joint": True, "zone": None}, "covers"),
    ({"head_count": 20}, "phone"),
    ({"head_count": 0, "phone": "1"}, "head_count"),
    ({"kind": "work_team"}, "parent"),
    ({"covers": ("nowhere",)}, "covers"),
]


def test_what_cannot_be_founded(place: Community, method: Callable) -> None:
    method("hetang")
    given = {
        "kind": "estate_branch",
        "name": "支部",
        "place_code": COMMUNITY,
        "zone": place.estates[0],
        "founded_on": DAY,
    }
    before = Body.objects.count()
    for change, field in WRONG:
        assert field in faults(found_body, actor=SYSTEM, new=NewBody(**{**given, **change})), change
    assert Body.objects.count() == before


def test_one_of_a_kind_and_one_name_for_one_body(place: Community, method: Callable) -> None:
    method("ningde")
    found_body(actor=SYSTEM, new=branch(place))
    assert "kind" in faults(found_body, actor=SYSTEM, new=branch(place, phone="x"))
    firm = Body.objects.filter(kind="property_firm", zone=place.estates[0]).get()
    same = NewBody("supervisory_committee", firm.name, COMMUNITY, zone=place.estates[0], founded_on=DAY)
    assert "name" in faults(found_body, actor=SYSTEM, new=same)


def test_the_chain_is_kept_down_to_the_stairway(place: Community, method: Callable) -> None:
    playbook = method("hongrun")
    committee = Body.objects.get(kind="community_committee")
    grid, building, home = place.grids[0], place.buildings[0], place.homes[0]
    group = NewBody("building_group", "1号楼党小组", building.code, founded_on=DAY)
    assert "parent" in faults(found_body, actor=SYSTEM, new=group)  # a group with no branch
    by_name = NewBody("building_group", "1号楼党小组", building.code, founded_on=DAY, parent=committee)
    assert "跳过" in faults(found_body, actor=SYSTEM, new=by_name)["parent"]
    rows = [
        NewBody("centre_household", "101中心户", home.code, founded_on=DAY),
        group,
        NewBody("estate_branch", "第1网格党支部", COMMUNITY, zone=grid, founded_on=DAY),
    ]
    centre, made_group, made_branch = found_bodies(actor=SYSTEM, new=rows)
    assert [link.body for link in chain_of(playbook, centre)] == [centre, made_group, made_branch, committee]
    assert next_above(playbook, committee) is None
    elsewhere = NewBody("centre_household", "外楼中心户", place.homes[5].code, parent=made_group, founded_on=DAY)
    assert "parent" in faults(found_body, actor=SYSTEM, new=elsewhere)
    far = NewBody("building_group", "3号楼党小组", place.buildings[2].code, parent=made_branch, founded_on=DAY)
    assert "parent" in faults(found_body, actor=SYSTEM, new=far)


def test_a_joint_branch_shares_its_estates_with_no_other(place: Community, method: Callable) -> None:
    method("hetang")
    labels = tuple(zone.label for zone in place.estates)
    joint = NewBody("estate_branch", "联合党支部", COMMUNITY, joint=True, covers=labels, founded_on=DAY)
    assert "covers" in faults(found_body, actor=SYSTEM, new=NewBody(**{**vars(joint), "covers": labels[:1]}))
    made = found_body(actor=SYSTEM, new=joint)
    assert "covers" in faults(found_body, actor=SYSTEM, new=branch(place))
    care = Coverage.objects.filter(body=made).first()
    assert "covers" in faults(uncover, actor=SYSTEM, coverage_id=care.pk, last_day=today())
    third = Zone.objects.create(
        kind="estate", label=f"{COMMUNITY}E03", name="新苑", community_code=COMMUNITY, valid_from=DAY
    )
    cover(actor=SYSTEM, body_id=made.pk, places=[third.label])
    uncover(actor=SYSTEM, coverage_id=care.pk, last_day=today())
    assert Coverage.objects.filter(body=made, valid_to__isnull=True).count() == 2
    single = found_body(actor=SYSTEM, new=branch(place, place.estates.index(care.zone)))
    assert "covers" in faults(cover, actor=SYSTEM, body_id=single.pk, places=[third.label])


def test_a_proposal_begins_once_all_sides_are_there(place: Community, method: Callable) -> None:
    method("hongshan")
    new = NewBody("composite_branch", "幸福里兼合式党支部", COMMUNITY, zone=place.estates[0], founded_on=DAY)
    made = found_body(actor=SYSTEM, new=new)
    assert not made.active and made.founded_on is None
    for side, name in (("community", "community_worker"), ("residents", "resident")):
        seat(place, made, name, side)
    with pytest.raises(Invalid) as refused:
        activate_body(actor=SYSTEM, body_id=made.pk)
    assert "物业" in str(refused.value) and "居民" not in str(refused.value)
    seat(place, made, "resident", "property")  # one person is not counted for two sides
    with pytest.raises(Invalid):
        activate_body(actor=SYSTEM, body_id=made.pk)
    seat(place, made, "property_manager", "property")
    assert activate_body(actor=SYSTEM, body_id=made.pk).active
    with pytest.raises(WrongState):
        activate_body(actor=SYSTEM, body_id=made.pk)


def seat(place: Community, body: Body, name: str, side: str = "", key: str = "composite_member") -> Appointment:
    """Give somebody a seat at a body that is still a proposal."""
    person = place.persons[name]
    return Appointment.objects.create(
        person=person, body=body, key=key, post=key, place_code=body.place_code, zone=body.zone, origin=side,
        term_from=DAY, accepted_on=DAY,
    )  # fmt: skip


def test_seats_that_are_offered_are_waited_for(place: Community, method: Callable) -> None:
    method("hetang")
    found_body(actor=SYSTEM, new=branch(place))
    new = NewBody("self_government_committee", "铁四院自治委员会", COMMUNITY, zone=place.estates[0])
    made = found_body(actor=SYSTEM, new=new)
    names = ["resident", "neighbour", "neighbour_head", "grid_member", "community_worker"]
    seats = [seat(place, made, name, key="self_government_member") for name in names]
    Appointment.objects.filter(pk=seats[-1].pk).update(accepted_on=None)
    with pytest.raises(Invalid) as refused:
        activate_body(actor=SYSTEM, body_id=made.pk)
    assert "1" in str(refused.value)
    Appointment.objects.filter(pk=seats[-1].pk).update(accepted_on=today())
    assert activate_body(actor=SYSTEM, body_id=made.pk).active


def test_a_body_ends_with_its_posts_and_its_care(place: Community, method: Callable) -> None:
    playbook = method("hetang")
    made = found_body(actor=SYSTEM, new=branch(place))
    team = found_body(
        actor=SYSTEM, new=NewBody("work_team", "驻幸福里工作队", COMMUNITY, zone=place.estates[0], founded_on=DAY)
    )
    post = appoint(actor=SYSTEM, new=NewAppointment(place.persons["resident"], made, "first_secretary", DAY))
    with pytest.raises(Invalid, match="驻幸福里工作队"):
        end_body(actor=SYSTEM, body_id=made.pk, last_day=today())
    end_body(actor=SYSTEM, body_id=team.pk, last_day=today())
    assert "last_day" in faults(end_body, actor=SYSTEM, body_id=made.pk, last_day=today() + timedelta(days=1))
    end_body(actor=SYSTEM, body_id=made.pk, last_day=today())
    post.refresh_from_db()
    assert post.term_to == today()
    assert coverage_of_kind(playbook, "estate_branch", today()).words == "0/2"
    found_body(actor=SYSTEM, new=NewBody(**{**vars(branch(place)), "name": "幸福里新党支部"}))
    with pytest.raises(WrongState):
        end_body(actor=SYSTEM, body_id=made.pk, last_day=today())


def test_a_body_gets_another_name_and_contact(place: Community, method: Callable) -> None:
    method("hetang")
    made = found_body(actor=SYSTEM, new=branch(place))
    team = Body.objects.create(
        kind="volunteer_organisation", name="志愿队", place_code=COMMUNITY, zone=place.estates[0]
    )
    assert "name" in faults(edit_body, actor=SYSTEM, body_id=team.pk, contact=Contact(made.name, "", ""))
    assert "phone" in faults(edit_body, actor=SYSTEM, body_id=team.pk, contact=Contact("志愿队", "", "", 20))
    edit_body(actor=SYSTEM, body_id=team.pk, contact=Contact("红马甲志愿队", "0731-1", "小区门口 9:00-17:00", 20))
    team.refresh_from_db()
    assert (team.name, team.office, team.head_count) == ("红马甲志愿队", "小区门口 9:00-17:00", 20)


KEEPERS = {"administrator", "community_secretary", "community_worker", "subdistrict_officer", "district_officer"}


def test_who_keeps_bodies(place: Community, method: Callable) -> None:
    method("hetang")
    known = Body.objects.get(kind="community_committee").pk
    acts: list[Callable[[Actor], object]] = [
        lambda actor: edit_body(actor=actor, body_id=known, contact=Contact("社区党委", "1", "")),
        lambda actor: cover(actor=actor, body_id=known, places=[]),
        lambda actor: end_body(actor=actor, body_id=known, last_day=date(2000, 1, 1)),
        lambda actor: found_body(actor=actor, new=NewBody("estate_branch", "x", COMMUNITY, founded_on=DAY)),
    ]
    for name in place.persons:
        for act in acts:
            assert is_refused(act, place.actor(name)) == (name not in KEEPERS), name


def is_refused(act: Callable[[Actor], object], actor: Actor) -> bool:
    """Say whether somebody may not do it; that it cannot be done for another reason is none of this."""
    try:
        act(actor)
    except NotAllowed:
        return True
    except Invalid:
        pass
    return False


def test_nobody_keeps_bodies_of_another_area(place: Community, method: Callable) -> None:
    method("hetang")
    office = Body.objects.get(kind="subdistrict_office")
    with pytest.raises(NotAllowed):
        end_body(actor=place.actor("community_secretary"), body_id=office.pk, last_day=today())

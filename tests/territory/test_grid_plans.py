"""A grid plan's way: proposed, edited, handed in, approved by somebody else, in force on its day, with what hangs on it."""

from datetime import date, timedelta

import pytest

from jinlin.organisations.actions import NewAppointment, appoint
from jinlin.organisations.models import Appointment
from jinlin.people.models import Person
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid, NotAllowed, NotFound, Stale, WrongState
from jinlin.platform.models import Notice
from jinlin.requests.actions import Report, Where, raise_request
from jinlin.territory import actions
from jinlin.territory.actions import Wanted
from jinlin.territory.models import GridPlan, Place, Zone, ZoneMembership
from jinlin.territory.states import PlanState
from tests.support.community import COMMUNITY, SUBDISTRICT, make_community
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db
ONE, TWO = f"{COMMUNITY}001", f"{COMMUNITY}002"


@pytest.fixture
def community():
    return make_community()


def proposed(community, grids: int = 1, target: int = 8, who: str = "community_worker") -> GridPlan:
    wanted = Wanted(target=target, numbers={COMMUNITY: grids})
    return actions.propose_grids(actor=community.actor(who), place_code=COMMUNITY, wanted=wanted)


def handed_in(community, plan: GridPlan) -> GridPlan:
    return actions.hand_in_plan(actor=community.actor("community_worker"), plan_id=plan.pk)


def approved(community, plan: GridPlan, **more) -> GridPlan:
    handed_in(community, plan)
    given = {"effective_from": today()} | more
    return actions.approve_plan(actor=community.actor("subdistrict_officer"), plan_id=plan.pk, **given)


def test_a_proposal_keeps_the_codes_of_grids_that_go_on(community):
    plan = proposed(community, grids=2)
    assert plan.state == PlanState.DRAFT and set(plan.assignment.values()) == {ONE, TWO}
    assert plan.assignment == {place.code: place.grid.label for place in community.buildings}


def test_a_new_grid_gets_the_next_number_and_an_ended_one_never_comes_back(community):
    approved(community, proposed(community, grids=1))
    assert Zone.objects.get(label=TWO).valid_to == today()
    plan = approved(community, proposed(community, grids=2))
    assert sorted(set(plan.assignment.values())) == [ONE, f"{COMMUNITY}003"]
    assert Zone.objects.get(label=f"{COMMUNITY}003").name == "第3网格"


def test_buildings_move_with_all_that_lies_in_them_and_their_past_stays(community):
    moving = community.buildings[2]
    approved(community, proposed(community, grids=1))
    rows = Place.objects.filter(code__startswith=moving.code)
    assert set(rows.values_list("grid__label", flat=True)) == {ONE}
    past = ZoneMembership.objects.filter(member_code=moving.code, kind="grid").order_by("pk")
    assert [(row.zone.label, row.valid_to) for row in past] == [(TWO, today()), (ONE, None)]


def test_every_household_lies_in_one_grid_of_one_community(community):
    plan = approved(community, proposed(community, grids=3))
    assert set(plan.assignment) == {building.code for building in community.buildings}
    open_ones = ZoneMembership.objects.filter(kind="grid", valid_to__isnull=True)
    assert sorted(open_ones.values_list("member_code", flat=True)) == sorted(plan.assignment)
    assert all(code.startswith(COMMUNITY) for code in plan.assignment.values())


def test_a_building_moves_only_where_its_grid_reaches(community):
    plan, actor = proposed(community, grids=2), community.actor("community_worker")
    first, second, third, _fourth = (building.code for building in community.buildings)
    with pytest.raises(Invalid) as refused:
        actions.move_in_plan(actor=actor, plan_id=plan.pk, building=first, grid=TWO)
    assert "grid" in refused.value.fields
    moved = actions.move_in_plan(actor=actor, plan_id=plan.pk, building=second, grid=TWO)
    assert moved.assignment[second] == TWO and moved.version == 2
    with pytest.raises(Invalid):
        actions.move_in_plan(actor=actor, plan_id=plan.pk, building=first, grid=TWO)
    with pytest.raises(Invalid):
        actions.move_in_plan(actor=actor, plan_id=plan.pk, building=third, grid=f"{COMMUNITY}009")
    with pytest.raises(Stale):
        actions.move_in_plan(actor=actor, plan_id=plan.pk, building=second, grid=ONE, seen_version=1)


def test_nobody_approves_their_own_plan_nor_below_the_subdistrict(community):
    own = handed_in(community, proposed(community, who="subdistrict_officer"))
    with pytest.raises(NotAllowed):
        actions.approve_plan(actor=community.actor("subdistrict_officer"), plan_id=own.pk, effective_from=today())
    with pytest.raises(NotAllowed):
        actions.approve_plan(actor=community.actor("community_worker"), plan_id=own.pk, effective_from=today())
    done = actions.approve_plan(actor=community.actor("district_officer"), plan_id=own.pk, effective_from=today())
    assert done.state == PlanState.IN_FORCE


def test_those_without_a_part_see_no_plan(community):
    plan = proposed(community)
    for who in ("resident", "grid_member", "property_manager"):
        with pytest.raises(NotFound):
            actions.hand_in_plan(actor=community.actor(who), plan_id=plan.pk)


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (Wanted(target=0), "target"),
        (Wanted(target=-150), "target"),
        (Wanted(target=8, seed=-1), "seed"),
        (Wanted(target=8, numbers={COMMUNITY: 0}), "numbers"),
        (Wanted(target=8, numbers={COMMUNITY: 9}), "numbers"),
    ],
)
def test_sizes_and_numbers_that_cannot_be_are_refused(community, wanted, field):
    with pytest.raises(Invalid) as refused:
        actions.propose_grids(actor=community.actor("community_worker"), place_code=COMMUNITY, wanted=wanted)
    assert list(refused.value.fields) == [field]


def test_a_community_plans_for_itself_only(community):
    with pytest.raises(NotAllowed):
        actions.propose_grids(
            actor=community.actor("community_worker"), place_code=SUBDISTRICT, wanted=Wanted(target=8)
        )
    with pytest.raises(Invalid):
        actions.propose_grids(actor=SYSTEM, place_code=community.buildings[0].code, wanted=Wanted(target=8))
    whole = actions.propose_grids(actor=SYSTEM, place_code=SUBDISTRICT, wanted=Wanted(target=8))
    assert len(set(whole.assignment.values())) == 2


@pytest.mark.parametrize("change", ["missing", "unknown", "torn", "other_community"])
def test_a_table_that_is_no_plan_is_refused_with_the_reason(community, change):
    first, second, third, fourth = (building.code for building in community.buildings)
    table = dict.fromkeys((first, second, third, fourth), "A")
    match change:
        case "missing":
            del table[second]
        case "unknown":
            table[f"{COMMUNITY}0099"] = "A"
        case "torn":
            table[second] = "B"
        case "other_community":
            other = Place.objects.create(
                code="530199001002", level=12, name="别处", address="别处", search="", valid_from=date(2020, 1, 1)
            )
            building = f"{other.code}0001"
            Place.objects.create(
                code=building, level=16, name="1号楼", address="1号楼", search="", longitude=102.72, latitude=25.05,
                valid_from=date(2020, 1, 1),
            )  # fmt: skip
            table[building] = "A"
    with pytest.raises(Invalid) as refused:
        actions.propose_assignment(actor=SYSTEM, place_code=SUBDISTRICT, target=8, assignment=table)
    assert "file" in refused.value.fields
    assert not GridPlan.objects.exists()


def test_a_day_in_the_past_is_refused(community):
    plan = handed_in(community, proposed(community))
    with pytest.raises(Invalid) as refused:
        actions.approve_plan(
            actor=community.actor("subdistrict_officer"), plan_id=plan.pk, effective_from=today() - timedelta(days=1)
        )
    assert "effective_from" in refused.value.fields
    plan.refresh_from_db()
    assert plan.state == PlanState.REVIEW


def test_a_plan_waits_for_its_day(community, clock):
    day = today() + timedelta(days=10)
    plan = approved(community, proposed(community), effective_from=day)
    assert plan.state == PlanState.APPROVED and Zone.objects.get(label=TWO).valid_to is None
    clock.forward(days=9)
    assert actions.put_due_plans_into_force().done == 0
    clock.forward(days=1)
    assert actions.put_due_plans_into_force().done == 1
    plan.refresh_from_db()
    assert plan.state == PlanState.IN_FORCE and Zone.objects.get(label=TWO).valid_to == day


def test_a_plan_that_lacks_a_new_building_goes_back_on_its_day(community, clock):
    plan = approved(community, proposed(community), effective_from=today() + timedelta(days=1))
    last = community.buildings[-1]
    last.pk, last.code, last.address = None, f"{COMMUNITY}0009", "安宁苑9号楼"
    last.save()
    clock.forward(days=1)
    actions.put_due_plans_into_force()
    plan.refresh_from_db()
    assert plan.state == PlanState.DRAFT and "安宁苑9号楼" in plan.returned_because
    assert Zone.objects.get(label=TWO).valid_to is None


def test_a_later_plan_replaces_the_one_in_force(community):
    first = approved(community, proposed(community, grids=1))
    approved(community, proposed(community, grids=2))
    first.refresh_from_db()
    assert first.state == PlanState.REPLACED


def test_a_returned_plan_says_why_and_can_be_handed_in_again(community):
    plan = handed_in(community, proposed(community))
    officer = community.actor("subdistrict_officer")
    with pytest.raises(Invalid):
        actions.return_plan(actor=officer, plan_id=plan.pk, reason=" ")
    actions.return_plan(actor=officer, plan_id=plan.pk, reason="请把2号楼留在第1网格")
    author = Notice.objects.filter(person_id=community.actor("community_worker").person_id)
    assert author.filter(text__contains="请把2号楼留在第1网格").exists()
    assert approved(community, plan).state == PlanState.IN_FORCE
    with pytest.raises(WrongState):
        actions.drop_plan(actor=community.actor("community_worker"), plan_id=plan.pk)


def test_open_requests_follow_with_a_line_in_their_history(community):
    where = Where(place_code=community.homes[-1].code)
    report = Report(text="楼道灯不亮了，请来看一看", where=where)
    request = raise_request(actor=community.actor("resident"), report=report).request
    assert request.grid.label == TWO
    approved(community, proposed(community))
    request.refresh_from_db()
    line = request.steps.get(number=request.version)
    assert request.grid.label == ONE and "第1网格" in line.internal_note and line.state == request.state


def test_a_post_over_an_ended_grid_goes_on_over_the_successor_that_was_named(community):
    person = Person.objects.create(name="网格员乙", created_at=now())
    body = community.bodies["residents_committee"]
    grid = community.grids[1]
    new = NewAppointment(person=person, body=body, key="grid_member", term_from=date(2024, 1, 1), zone=grid)
    post = appoint(actor=SYSTEM, new=new)
    plan = approved(community, proposed(community), successors={TWO: ONE})
    assert plan.successors == {TWO: ONE}
    post.refresh_from_db()
    again = Appointment.objects.get(person=person, term_to__isnull=True)
    assert (again.zone.label, again.term_from, post.term_to) == (ONE, today(), today() - timedelta(days=1))
    assert post.successor == again
    assert Notice.objects.filter(person_id=person.pk).exists()


def test_a_successor_of_another_community_is_refused(community):
    plan = handed_in(community, proposed(community))
    with pytest.raises(Invalid) as refused:
        actions.approve_plan(
            actor=community.actor("subdistrict_officer"),
            plan_id=plan.pk,
            effective_from=today(),
            successors={TWO: "530199001002001"},
        )
    assert "successors" in refused.value.fields


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_approve_at_once_one_is_first(transactional_db):
    community = make_community()
    plan = handed_in(community, proposed(community))

    def approving(who):
        return lambda: actions.approve_plan(actor=community.actor(who), plan_id=plan.pk, effective_from=today())

    results = at_once(approving("subdistrict_officer"), approving("district_officer"))
    assert sum(isinstance(result, GridPlan) for result in results) == 1
    assert sum(isinstance(result, WrongState) for result in results) == 1
    assert ZoneMembership.objects.filter(kind="grid", valid_to__isnull=True).count() == 4


@pytest.mark.django_db(transaction=True)
def test_of_two_plans_of_one_day_the_later_one_finds_what_the_earlier_one_has_made(transactional_db):
    community = make_community()
    first, second, third, fourth = sorted(building.code for building in community.buildings)
    tables = (
        {first: ONE, second: TWO, third: TWO, fourth: TWO},
        {first: ONE, second: ONE, third: ONE, fourth: TWO},
    )
    author = community.actor("community_worker")
    plans = [
        handed_in(
            community,
            actions.propose_assignment(actor=author, place_code=COMMUNITY, target=8, assignment=table),
        )
        for table in tables
    ]
    officers = community.actor("subdistrict_officer"), community.actor("district_officer")

    def approving(actor, plan):
        return lambda: actions.approve_plan(actor=actor, plan_id=plan.pk, effective_from=today())

    results = at_once(*(approving(actor, plan) for actor, plan in zip(officers, plans, strict=True)))
    assert all(isinstance(result, GridPlan) for result in results), results
    assert GridPlan.objects.filter(state=PlanState.REPLACED).count() == 1
    in_force = GridPlan.objects.get(state=PlanState.IN_FORCE)
    open_ones = ZoneMembership.objects.filter(kind="grid", valid_to__isnull=True)
    assert dict(open_ones.values_list("member_code", "zone__label")) == in_force.assignment
    buildings = Place.objects.filter(code__in=in_force.assignment)
    assert dict(buildings.values_list("code", "grid__label")) == in_force.assignment

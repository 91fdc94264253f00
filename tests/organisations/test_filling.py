"""What keeps somebody from a post, one rule after the other; one by one and as a roster by the same rules, in few queries."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinlin.algorithms.duty_hours import read_hours
from jinlin.organisations.actions import NewAppointment, accept_post, appoint, appoint_all
from jinlin.organisations.models import Appointment, Body, Filing
from jinlin.organisations.states import FilingState
from jinlin.people.models import Person
from jinlin.platform.access import SYSTEM, Actor
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid, NotAllowed
from jinlin.platform.models import AuditEntry, Notice
from tests.organisations.conftest import NewBody
from tests.support.community import COMMUNITY, SUBDISTRICT, Community
from tests.support.methods import post, sources, with_posts, work_by

YEAR = timedelta(days=365)
POSTS = (
    post("first_secretary", "estate_branch", level="estate", seats=1, term_years=2),
    post("work_team_member", "work_team", level="estate", sources=sources("office_cadre", "political_legal")),
    post("secretary_assistant", "community_committee", apart_from=["organisation_specialist"]),
    post("organisation_specialist", "community_committee"),
    post("property_instructor", "property_firm", level="estate", outsider=True),
    post("composite_member", "composite_branch", level="estate", sources=sources("community", "property", "residents")),
    post("retired_member_lead", "estate_branch", level="estate", consent=True),
    post("estate_secretary", "estate_branch", level="estate", seats=1, filing="secretary"),
    post("contact_member", "community_committee", level="building", seats=2),
)


@pytest.fixture(autouse=True)
def work_method(monkeypatch: pytest.MonkeyPatch) -> None:
    work_by(monkeypatch, with_posts(*POSTS))


def faults(**wanted: Any) -> set[str]:
    """Return the fields that are wrong with an appointment; none when it is given."""
    try:
        appoint(actor=wanted.pop("actor", SYSTEM), new=NewAppointment(**{"term_from": today(), **wanted}))
    except Invalid as error:
        return set(error.fields)
    return set()


@pytest.fixture
def branch(place: Community, new_body: NewBody) -> Body:
    return new_body("estate_branch", zone=place.estates[0])


def test_two_at_once_on_one_seat_are_refused_and_one_after_the_other_is_not(branch: Body, persons: Any) -> None:
    one, other = persons(2)
    seat = {"body": branch, "key": "first_secretary"}
    assert not faults(person=one, term_to=today() + YEAR, **seat)
    assert faults(person=other, term_from=today() + YEAR, **seat) == {"term_from"}
    assert faults(person=other, term_from=today() - YEAR, term_to=today(), **seat) == {"term_from"}
    assert not faults(person=other, term_from=today() + YEAR + timedelta(days=1), **seat)


def test_the_seat_is_counted_within_one_roster_too(branch: Body, persons: Any) -> None:
    roster = [NewAppointment(person, branch, "first_secretary", today()) for person in persons(2)]
    with pytest.raises(Invalid):
        appoint_all(actor=SYSTEM, roster=roster)
    assert not Appointment.objects.filter(key="first_secretary").exists()


def test_more_seats_are_taken_by_as_many_at_once(place: Community, new_body: NewBody, persons: Any) -> None:
    body, first = Body.objects.get(kind="community_committee"), place.buildings[0].code
    one, two, three = persons(3)
    seat = {"body": body, "key": "contact_member", "place_code": first}
    assert not faults(person=one, term_to=today() + timedelta(days=9), **seat)
    assert not faults(person=two, term_from=today() + timedelta(days=10), **seat)
    # The two before are never there at once, so that a second seat is free through both terms.
    assert not faults(person=three, **seat)
    assert faults(person=persons(1)[0], **seat) == {"term_from"}
    assert not faults(person=persons(1)[0], **{**seat, "place_code": place.buildings[1].code})


def test_the_same_post_is_given_to_a_person_once(place: Community, new_body: NewBody, persons: Any) -> None:
    body, [person] = new_body("composite_branch", zone=place.estates[0]), persons(1)
    assert not faults(person=person, body=body, key="composite_member", origin="community")
    assert faults(person=person, body=body, key="composite_member", origin="residents") == {"person"}


def test_a_term_is_in_order_and_no_longer_than_the_work_method_lets_it_be(branch: Body, persons: Any) -> None:
    [person] = persons(1)
    seat = {"person": person, "body": branch, "key": "first_secretary"}
    assert faults(**seat, term_to=today() - timedelta(days=1)) == {"term_to"}
    assert faults(**seat, term_from=date(2026, 5, 8), term_to=date(2028, 5, 8)) == {"term_to"}
    assert not faults(**seat, term_from=date(2026, 5, 8))
    assert Appointment.objects.get(person=person).term_to == date(2028, 5, 7)


def test_a_term_that_begins_on_a_leap_day_ends_before_it(branch: Body, persons: Any) -> None:
    [person] = persons(1)
    assert not faults(person=person, body=branch, key="first_secretary", term_from=date(2024, 2, 29))
    assert Appointment.objects.get(person=person).term_to == date(2026, 2, 28)


def test_a_post_stays_inside_its_scope(place: Community, branch: Body, new_body: NewBody, persons: Any) -> None:
    [person] = persons(1)
    committee, group = (
        Body.objects.get(kind="residents_committee"),
        new_body("residents_committee", zone=place.grids[0]),
    )
    first, third = place.buildings[0].code, place.buildings[2].code
    head = {"person": person, "key": "building_head"}
    assert faults(body=committee, **head) == {"scope"}, "a building head over the whole community"
    assert faults(body=committee, zone=place.grids[0], **head) == {"scope"}, "over a grid"
    assert faults(body=group, place_code=third, **head) == {"scope"}, "a building in another grid"
    assert faults(body=committee, place_code=third, zone=place.grids[0], **head) == {"scope"}
    assert faults(body=committee, place_code=f"{COMMUNITY}9999", **head) == {"scope"}, "no such building"
    assert faults(body=committee, place_code=SUBDISTRICT, **head) == {"scope"}, "above the body"
    assert faults(person=person, body=committee, key="grid_member", zone=place.estates[0]) == {"scope"}
    assert faults(person=person, body=branch, key="first_secretary", zone=place.estates[1]) == {"scope"}
    assert not faults(body=group, place_code=first, **head)
    assert not faults(body=committee, place_code=f"{first}01", zone=place.grids[0], **head)


def test_a_source_is_one_of_the_list(place: Community, new_body: NewBody, branch: Body, persons: Any) -> None:
    body, [person] = new_body("work_team", zone=place.estates[0]), persons(1)
    member = {"person": person, "body": body, "key": "work_team_member"}
    assert faults(**member) == {"origin"}
    assert faults(**member, origin="volunteers") == {"origin"}
    assert faults(person=person, body=branch, key="first_secretary", origin="office_cadre") == {"origin"}
    assert not faults(**member, origin="office_cadre")


def test_posts_that_are_apart_are_not_held_by_one_person_at_one_place(place: Community, persons: Any) -> None:
    body, [person] = Body.objects.get(kind="community_committee"), persons(1)
    elsewhere = Body.objects.create(name="另一社区党委", kind="community_committee", place_code=f"{SUBDISTRICT}002")
    assert not faults(person=person, body=body, key="organisation_specialist")
    assert faults(person=person, body=body, key="secretary_assistant") == {"person"}, "both directions"
    assert not faults(person=person, body=elsewhere, key="secretary_assistant")


def test_an_outsider_does_not_work_at_the_body(place: Community, persons: Any) -> None:
    firm, other = Body.objects.filter(kind="property_firm").order_by("pk")
    employee, instructor = persons(2)
    assert not faults(person=employee, body=firm, key="property_manager")
    assert faults(person=employee, body=firm, key="property_instructor") == {"person"}
    assert not faults(person=employee, body=other, key="property_instructor")
    assert not faults(person=instructor, body=firm, key="property_instructor")
    assert faults(person=instructor, body=firm, key="property_manager") == {"person"}, "nor hired later"


def test_one_officer_is_not_on_two_teams_at_the_same_hour(place: Community, new_body: NewBody, persons: Any) -> None:
    one, two = (new_body("work_team", zone=zone) for zone in place.estates)
    [person] = persons(1)
    member = {"person": person, "key": "work_team_member", "origin": "office_cadre"}
    assert not faults(body=one, hours=read_hours("周一 9:00-11:00"), **member)
    assert faults(body=two, hours=read_hours("周一 10:30-12:00"), **member) == {"hours"}
    assert not faults(body=two, hours=read_hours("周一 11:00-12:00；周二 9:00-11:00"), **member)


def test_a_post_with_a_filing_begins_with_its_receipt(place: Community, branch: Body, persons: Any) -> None:
    chosen, other = persons(2)
    committee = Body.objects.get(kind="community_committee")
    row = Filing.objects.create(
        kind="secretary",
        title="小区书记人选",
        by=committee,
        subject=branch,
        person=chosen,
        post="estate_secretary",
        place_code=COMMUNITY,
        filed_at=now(),
        due_at=now(),
    )
    seat = {"body": branch, "key": "estate_secretary"}
    assert faults(person=chosen, **seat) == {"person"}
    Filing.objects.filter(pk=row.pk).update(state=FilingState.ACCEPTED, receipt="虹街备〔2026〕1号")
    assert faults(person=other, **seat) == {"person"}
    assert not faults(person=chosen, **seat)


def test_an_inactive_body_takes_nobody_and_a_proposal_takes_offers(
    place: Community, branch: Body, new_body: NewBody, persons: Any
) -> None:
    proposal = new_body("estate_branch", zone=place.estates[1], founded_on=None)
    one, two = persons(2)
    assert faults(person=one, body=proposal, key="first_secretary") == {"body"}
    assert not faults(person=one, body=proposal, key="retired_member_lead")
    accept_post(actor=Actor(person_id=one.pk), appointment_id=one.appointments.get().pk)
    Body.objects.filter(pk=branch.pk).update(active=False, ended_on=today())
    assert faults(person=two, body=branch, key="retired_member_lead") == {"body"}


def test_unknown_posts_and_other_bodies_posts_are_refused(place: Community, branch: Body, persons: Any) -> None:
    [person] = persons(1)
    assert faults(person=person, body=branch, key="no_such_post") == {"post"}
    assert "post" in faults(person=person, body=branch, key="grid_member")


def test_who_gives_what(place: Community, branch: Body, persons: Any) -> None:
    [person] = persons(1)
    committee = Body.objects.get(kind="residents_committee")
    without = NewAppointment(person, branch, "first_secretary", today())
    with_rights = NewAppointment(person, committee, "grid_member", today(), zone=place.grids[1])
    givers = {
        "administrator": (True, True),
        "community_worker": (True, False),
        "community_secretary": (True, False),
        "subdistrict_officer": (True, False),
        "district_officer": (True, False),
        "grid_member": (False, False),
        "neighbour_head": (False, False),
        "property_manager": (False, False),
        "department_officer": (False, False),
        "auditor": (False, False),
        "resident": (False, False),
    }
    for name, allowed in givers.items():
        assert tuple(given(place.actor(name), new) for new in (without, with_rights)) == allowed, name
        Appointment.objects.filter(person=person).delete()


def given(actor: Actor, new: NewAppointment) -> bool:
    try:
        appoint(actor=actor, new=new)
    except NotAllowed:
        return False
    return True


def test_nobody_gives_a_post_to_themselves_nor_in_another_area(place: Community, branch: Body, persons: Any) -> None:
    worker, [person] = place.actor("community_worker"), persons(1)
    own = place.persons["community_worker"]
    with pytest.raises(NotAllowed):
        appoint(actor=worker, new=NewAppointment(own, branch, "first_secretary", today()))
    elsewhere = Body.objects.create(name="他处支部", kind="estate_branch", place_code=f"{SUBDISTRICT}002")
    with pytest.raises(NotAllowed):
        appoint(actor=worker, new=NewAppointment(person, elsewhere, "first_secretary", today()))


@pytest.fixture
def count_queries() -> Callable[[Callable[[], object]], int]:
    def count(act: Callable[[], object]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            act()
        return len(caught)

    return count


def test_a_roster_costs_few_queries_however_long_it_is(
    place: Community, new_body: NewBody, persons: Any, count_queries: Any
) -> None:
    team = new_body("work_team", zone=place.estates[0])

    def give(people: list[Person]) -> list[Appointment]:
        first = NewAppointment(people[0], team, "work_team_member", today(), origin="office_cadre")
        return appoint_all(actor=SYSTEM, roster=[replace(first, person=person) for person in people])

    give(persons(1))
    few, many = persons(5), persons(549)
    assert count_queries(lambda: give(few)) <= 10
    assert count_queries(lambda: give(many)) <= 20
    assert Appointment.objects.filter(key="work_team_member").count() == 555
    assert AuditEntry.objects.filter(verb="organisations.appoint_all").count() == 2


def test_those_who_are_given_a_post_by_somebody_are_told(place: Community, branch: Body, persons: Any) -> None:
    one, two = persons(2)
    appoint(actor=place.actor("community_worker"), new=NewAppointment(one, branch, "first_secretary", today()))
    appoint(actor=SYSTEM, new=NewAppointment(two, branch, "retired_member_lead", today()))
    told = {notice.person_id: notice.link for notice in Notice.objects.filter(person_id__in=[one.pk, two.pk])}
    assert told == {one.pk: "/me/posts/", two.pk: "/me/posts/"}

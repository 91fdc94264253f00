"""The life of an appointment: offered, answered by its person alone, deputised, recalled, handed over; and in any order."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from jinlin.api.authentication import actor_of_token
from jinlin.organisations import actions, queries
from jinlin.organisations.actions import NewAppointment, PledgeItem
from jinlin.organisations.models import Appointment, Body, Task
from jinlin.organisations.rules import may_act_for
from jinlin.organisations.states import TaskState
from jinlin.people.actions import create_token
from jinlin.people.models import ApiToken, Person
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid, JinlinError, NotAllowed, NotFound, NotSignedIn, WrongState
from jinlin.platform.models import AuditEntry, Notice
from tests.organisations.conftest import NewBody
from tests.support.clocks import START
from tests.support.community import COMMUNITY, Community, make_community
from tests.support.methods import post, with_posts, work_by

DAY = timedelta(days=1)
POSTS = (
    post("retired_member_lead", "estate_branch", level="estate", consent=True),
    post("committee_member", "residents_committee", pledges=True),
    post("volunteer_worker", "service_station", role="community_worker", consent=True),
    post("grid_member", "residents_committee", level="grid", role="grid_member", seats=1, needed=1),
)


@pytest.fixture(autouse=True)
def work_method(monkeypatch: pytest.MonkeyPatch) -> None:
    work_by(monkeypatch, with_posts(*POSTS))


@pytest.fixture
def branch(place: Community, new_body: NewBody) -> Body:
    return new_body("estate_branch", zone=place.estates[0])


@pytest.fixture
def offer(place: Community, branch: Body) -> Appointment:
    """An offer to the resident."""
    return offered(place, branch)


def offered(place: Community, branch: Body, name: str = "resident") -> Appointment:
    new = NewAppointment(place.persons[name], branch, "retired_member_lead", today())
    return actions.appoint(actor=SYSTEM, new=new)


def serving(on: date | None = None) -> int:
    return queries.tally(on or today(), keys=["retired_member_lead"]).persons


ANSWERS = (actions.accept_post, actions.decline_post, actions.leave_post)


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("name", ["neighbour", "administrator", "community_worker", "platform"])
def test_nobody_answers_for_somebody_else(place: Community, offer: Appointment, answer: Any, name: str) -> None:
    actor = SYSTEM if name == "platform" else place.actor(name)
    with pytest.raises((NotAllowed, NotFound)):
        answer(actor=actor, appointment_id=offer.pk)
    assert Appointment.objects.get(pk=offer.pk).is_offer


def test_an_offer_counts_once_it_is_accepted_and_not_after_it_was_left(
    place: Community, offer: Appointment, clock: Any
) -> None:
    resident = place.actor("resident")
    assert serving() == 0
    actions.accept_post(actor=resident, appointment_id=offer.pk, listed=True)
    accepted_on = today()
    assert serving() == 1 and serving(accepted_on - DAY) == 0
    clock.forward(days=30)
    actions.leave_post(actor=resident, appointment_id=offer.pk)
    assert serving() == 0 and serving(today() - DAY) == 1 and serving(accepted_on) == 1
    assert not Appointment.objects.get(pk=offer.pk).listed
    with pytest.raises(WrongState):
        actions.leave_post(actor=resident, appointment_id=offer.pk)


def test_who_leaves_on_the_day_of_the_acceptance_was_never_there(place: Community, offer: Appointment) -> None:
    resident = place.actor("resident")
    actions.accept_post(actor=resident, appointment_id=offer.pk)
    actions.leave_post(actor=resident, appointment_id=offer.pk)
    assert serving() == 0 and serving(today() + DAY) == 0


def test_an_offer_that_was_declined_or_withdrawn_is_over(place: Community, branch: Body) -> None:
    resident, worker = place.actor("resident"), place.actor("community_worker")
    declined = offered(place, branch)
    actions.decline_post(actor=resident, appointment_id=declined.pk)
    withdrawn = offered(place, branch)
    actions.withdraw_offer(actor=worker, appointment_id=withdrawn.pk)
    for offer in (declined, withdrawn):
        with pytest.raises(WrongState):
            actions.accept_post(actor=resident, appointment_id=offer.pk)
    accepted = offered(place, branch)
    actions.accept_post(actor=resident, appointment_id=accepted.pk)
    with pytest.raises(WrongState):
        actions.withdraw_offer(actor=worker, appointment_id=accepted.pk)


def test_a_post_given_without_asking_is_not_left(place: Community) -> None:
    held = place.persons["grid_member"].appointments.get()
    with pytest.raises(WrongState):
        actions.leave_post(actor=place.actor("grid_member"), appointment_id=held.pk)


def test_a_post_with_a_pledge_begins_when_it_is_published(place: Community) -> None:
    committee, resident = Body.objects.get(kind="residents_committee"), place.actor("resident")
    new = NewAppointment(place.persons["resident"], committee, "committee_member", today())
    offer = actions.appoint(actor=SYSTEM, new=new)
    with pytest.raises(WrongState):
        actions.accept_post(actor=resident, appointment_id=offer.pk)
    for items in ([], [PledgeItem("修好路灯", None)], [PledgeItem(" ", today())], [PledgeItem("早了", today() - DAY)]):
        with pytest.raises(Invalid):
            actions.publish_pledge(actor=resident, appointment_id=offer.pk, items=items)
    with pytest.raises((NotAllowed, NotFound)):
        actions.publish_pledge(
            actor=place.actor("neighbour"), appointment_id=offer.pk, items=[PledgeItem("代写", today())]
        )
    actions.publish_pledge(actor=resident, appointment_id=offer.pk, items=[PledgeItem("修好路灯", today() + DAY)])
    actions.accept_post(actor=resident, appointment_id=offer.pk)
    assert offer.tasks.get().kind == "duty_pledge"


def test_nothing_is_pledged_for_an_offer_that_was_declined_or_a_post_that_is_over(place: Community, clock: Any) -> None:
    committee, resident = Body.objects.get(kind="residents_committee"), place.actor("resident")

    def asked(**more: Any) -> Appointment:
        new = NewAppointment(place.persons["resident"], committee, "committee_member", today(), **more)
        return actions.appoint(actor=SYSTEM, new=new)

    def pledged(held: Appointment) -> list[Task]:
        items = [PledgeItem("修好路灯", today())]
        return actions.publish_pledge(actor=resident, appointment_id=held.pk, items=items)

    declined = asked()
    actions.decline_post(actor=resident, appointment_id=declined.pk)
    over = asked(term_to=today() + DAY)
    pledged(over)
    actions.accept_post(actor=resident, appointment_id=over.pk)
    assert pledged(over)
    clock.forward(days=2)
    for held in (declined, over):
        with pytest.raises(WrongState):
            pledged(held)
    assert not declined.tasks.exists() and over.tasks.count() == 2


def grid_post(place: Community) -> Appointment:
    return place.persons["grid_member"].appointments.get()


def test_a_deputy_has_the_rights_for_the_leave_and_is_no_holder(place: Community, clock: Any) -> None:
    admin, held, person = place.actor("administrator"), grid_post(place), place.persons["neighbour"]
    first, last = today() + DAY, today() + 5 * DAY
    before = queries.tally(today() + DAY, keys=["grid_member"])
    actions.appoint_deputy(actor=admin, appointment_id=held.pk, person=person, first_day=first, last_day=last)
    assert not place.actor("neighbour").grants
    clock.forward(days=1)
    assert place.actor("neighbour").grants == place.actor("grid_member").grants != ()
    assert queries.tally(today(), keys=["grid_member"]) == before
    clock.forward(days=5)
    assert not place.actor("neighbour").grants and place.actor("grid_member").grants


def test_leaves_do_not_overlap_and_lie_in_the_term(place: Community) -> None:
    admin, held = place.actor("administrator"), grid_post(place)
    one, two = place.persons["neighbour"], place.persons["resident"]

    def leave(person: Person, first: int, last: int) -> Appointment:
        days = {"first_day": today() + first * DAY, "last_day": today() + last * DAY}
        return actions.appoint_deputy(actor=admin, appointment_id=held.pk, person=person, **days)

    leave(one, 1, 5)
    for person, first, last in (
        (two, 5, 9),
        (two, 0, 1),
        (one, 2, 3),
        (two, 9, 8),
        (place.persons["grid_member"], 20, 21),
    ):
        with pytest.raises(Invalid):
            leave(person, first, last)
    leave(two, 6, 9)
    with pytest.raises(Invalid):
        actions.appoint_deputy(
            actor=admin, appointment_id=held.pk, person=two, first_day=held.term_from - DAY, last_day=held.term_from
        )
    with pytest.raises(NotAllowed):
        actions.appoint_deputy(
            actor=place.actor("community_worker"),
            appointment_id=held.pk,
            person=two,
            first_day=today() + 40 * DAY,
            last_day=today() + 41 * DAY,
        )


def test_deputies_end_with_the_post(place: Community) -> None:
    admin, held = place.actor("administrator"), grid_post(place)
    for name, first in (("neighbour", 0), ("resident", 10)):
        actions.appoint_deputy(
            actor=admin,
            appointment_id=held.pk,
            person=place.persons[name],
            first_day=today() + first * DAY,
            last_day=today() + (first + 5) * DAY,
        )
    actions.end_appointment(actor=admin, appointment_id=held.pk, last_day=today() + DAY)
    running = queries.running_appointments
    assert held.deputies.filter(pk__in=running(today() + DAY)).count() == 1
    for days in (2, 12):
        assert not held.deputies.filter(pk__in=running(today() + days * DAY)).exists()


def worker_by_consent(place: Community) -> Appointment:
    """Return the accepted post of the resident at the service station."""
    station = place.bodies["service_station"]
    offer = actions.appoint(
        actor=SYSTEM, new=NewAppointment(place.persons["resident"], station, "volunteer_worker", today())
    )
    return actions.accept_post(actor=place.actor("resident"), appointment_id=offer.pk)


def test_deputies_end_when_the_holder_leaves_by_their_own_wish(place: Community, clock: Any) -> None:
    held = worker_by_consent(place)
    clock.forward(days=3)
    days = {"first_day": today(), "last_day": today() + 5 * DAY}
    actions.appoint_deputy(actor=SYSTEM, appointment_id=held.pk, person=place.persons["neighbour"], **days)
    deputy = held.deputies.get()
    if deputy.accepted_on is None:
        actions.accept_post(actor=place.actor("neighbour"), appointment_id=deputy.pk)
    assert place.actor("neighbour").grants
    actions.leave_post(actor=place.actor("resident"), appointment_id=held.pk)
    assert not place.actor("neighbour").grants and not place.actor("resident").grants


def test_work_waits_until_the_one_who_is_asked_has_accepted_and_pledges_stay_with_whom_they_bind(
    place: Community, clock: Any
) -> None:
    held = worker_by_consent(place)
    waiting, pledged = open_task(held), open_task(held, kind="duty_pledge")
    clock.forward(days=3)
    after = actions.replace_holder(
        actor=place.actor("administrator"),
        appointment_id=held.pk,
        last_day=today(),
        because="调离社区",
        successor=place.persons["neighbour"],
    )
    assert after.is_offer and not after.tasks.exists()
    actions.accept_post(actor=place.actor("neighbour"), appointment_id=after.pk)
    assert list(after.tasks.all()) == [waiting] and list(held.tasks.all()) == [pledged]


def test_a_body_that_ends_takes_posts_with_a_set_end_and_those_to_come_with_it(place: Community, clock: Any) -> None:
    station = place.bodies["service_station"]
    offer = NewAppointment(place.persons["resident"], station, "volunteer_worker", today())
    later = NewAppointment(place.persons["neighbour"], station, "community_worker", today() + 9 * DAY)
    made = actions.appoint_all(actor=SYSTEM, roster=[offer, later])
    running = place.persons["community_worker"].appointments.get()
    Appointment.objects.filter(pk=running.pk).update(term_to=today() + 500 * DAY)
    actions.end_body(actor=SYSTEM, body_id=station.pk, last_day=today())
    running.refresh_from_db()
    assert running.term_to == today()
    assert {row.ended_because for row in Appointment.objects.filter(body=station)} == {running.ended_because} != {""}
    assert not Appointment.objects.filter(pk__in=[row.pk for row in made], accepted_on__isnull=False).exists()


def test_heads_do_not_speak_for_the_body_that_their_post_is_at(place: Community) -> None:
    committee = place.bodies["residents_committee"]
    assert may_act_for(place.actor("grid_member"), committee)
    assert not may_act_for(place.actor("neighbour_head"), committee)


def open_task(held: Appointment, state: TaskState = TaskState.OPEN, kind: str = "grid_duty") -> Task:
    return Task.objects.create(
        kind=kind,
        title="巡查",
        body=held.body,
        appointment=held,
        place_code=held.place_code,
        due_on=today(),
        state=state,
        given_at=now(),
    )


def test_a_recall_gives_its_reason_and_a_successor_takes_the_open_work(place: Community, clock: Any) -> None:
    admin, held = place.actor("administrator"), grid_post(place)
    waiting, confirmed = open_task(held), open_task(held, TaskState.CONFIRMED)
    with pytest.raises(Invalid):
        actions.recall_holder(actor=admin, appointment_id=held.pk, last_day=today(), because=" ")
    new = actions.replace_holder(
        actor=admin,
        appointment_id=held.pk,
        last_day=today(),
        because="调离社区",
        successor=place.persons["neighbour"],
    )
    held.refresh_from_db(), waiting.refresh_from_db(), confirmed.refresh_from_db()
    assert (held.successor, held.ended_because, held.term_to) == (new, "调离社区", today())
    assert (waiting.appointment, confirmed.appointment) == (new, held)
    assert "调离社区" in Notice.objects.filter(person_id=held.person_id).latest("pk").text
    assert place.actor("grid_member").grants and not place.actor("neighbour").grants
    clock.forward(days=1)
    assert place.actor("neighbour").grants and not place.actor("grid_member").grants


def test_work_is_handed_over_to_a_holder_at_the_same_body_only(place: Community, branch: Body) -> None:
    admin, held = place.actor("administrator"), grid_post(place)
    head, station = (
        place.persons["neighbour_head"].appointments.get(),
        place.persons["community_worker"].appointments.get(),
    )
    open_task(held)
    with pytest.raises(Invalid):
        actions.hand_over(actor=admin, appointment_id=held.pk, successor_id=head.pk)
    actions.end_appointment(actor=admin, appointment_id=held.pk, last_day=today())
    for wrong in (station.pk, held.pk):
        with pytest.raises(Invalid):
            actions.hand_over(actor=admin, appointment_id=held.pk, successor_id=wrong)
    assert actions.hand_over(actor=admin, appointment_id=held.pk, successor_id=head.pk) == 1
    assert head.tasks.count() == 1


def token_of(place: Community, name: str = "resident", days: int = 300) -> str:
    return create_token(actor=place.actor(name), name="t", last_day=today() + days * DAY)[1]


def test_a_token_has_exactly_what_a_page_has(place: Community, clock: Any) -> None:
    """The call of a program reads rights in a statement of its own; it finds what every other door finds."""
    resident, station = place.persons["resident"], Body.objects.get(kind="service_station")
    token = token_of(place)

    def rights() -> int:
        grants = queries.grants_of(resident.pk, today())
        assert set(actor_of_token(token).grants) == set(grants) == set(place.actor("resident").grants)
        return len(grants)

    offer = actions.appoint(
        actor=SYSTEM,
        new=NewAppointment(resident, station, "volunteer_worker", today(), term_to=today() + 100 * DAY),
    )
    assert rights() == 0, "an offer"
    actions.accept_post(actor=place.actor("resident"), appointment_id=offer.pk)
    token = token_of(place)
    assert rights() == 1
    held = grid_post(place)
    days = {"first_day": today() + 10 * DAY, "last_day": today() + 11 * DAY}
    actions.appoint_deputy(actor=SYSTEM, appointment_id=held.pk, person=resident, **days)
    token = token_of(place, days=9)
    assert rights() == 1, "a deputy before the leave"
    clock.forward(days=10)
    token = token_of(place)
    assert rights() == 2, "a deputy"
    clock.forward(days=2)
    assert rights() == 1
    Body.objects.filter(pk=station.pk).update(active=False)
    assert rights() == 0, "an inactive body"
    Body.objects.filter(pk=station.pk).update(active=True)
    clock.forward(days=100)
    assert rights() == 0, "an ended term"


def gives_a_post(place: Community) -> None:
    new = NewAppointment(place.persons["resident"], place.bodies["residents_committee"], "grid_member", today())
    actions.appoint(actor=SYSTEM, new=replace(new, zone=place.grids[1]))


def accepts_a_post(place: Community) -> None:
    station = Body.objects.get(kind="service_station")
    new = NewAppointment(place.persons["resident"], station, "volunteer_worker", today())
    offer = actions.appoint(actor=SYSTEM, new=new)
    assert ApiToken.objects.exists(), "an offer gives no rights and ends nothing"
    actions.accept_post(actor=place.actor("resident"), appointment_id=offer.pk)


def stands_in(place: Community) -> None:
    days = {"first_day": today() + DAY, "last_day": today() + 5 * DAY}
    person = place.persons["resident"]
    actions.appoint_deputy(actor=SYSTEM, appointment_id=grid_post(place).pk, person=person, **days)


@pytest.mark.parametrize("gets_rights", [gives_a_post, accepts_a_post, stands_in])
def test_a_post_with_rights_ends_the_tokens_that_were_made_before_it(place: Community, gets_rights: Any) -> None:
    token, other = token_of(place), token_of(place, "neighbour")
    gets_rights(place)
    with pytest.raises(NotSignedIn):
        actor_of_token(token)
    assert actor_of_token(other).person_id == place.persons["neighbour"].pk
    assert Notice.objects.filter(person_id=place.persons["resident"].pk, link="/me/keys/").count() == 1
    assert AuditEntry.objects.filter(verb="people.end_token").count() == 1


def test_a_post_without_rights_ends_no_token(place: Community, branch: Body) -> None:
    token = token_of(place)
    actions.accept_post(actor=place.actor("resident"), appointment_id=offered(place, branch).pk)
    assert actor_of_token(token).person_id == place.persons["resident"].pk


def test_no_token_outlasts_the_day_before_a_post_with_rights(place: Community) -> None:
    stands_in(place)
    with pytest.raises(Invalid) as error:
        token_of(place, days=1)
    assert set(error.value.fields) == {"last_day"}
    assert token_of(place, days=0)


def test_a_token_is_not_made_while_the_sign_in_of_ones_post_is_wanting(place: Community) -> None:
    halfway = replace(place.actor("community_worker"), grants=())
    with pytest.raises(Invalid):
        create_token(actor=halfway, name="t", last_day=today())
    assert not ApiToken.objects.exists()
    assert token_of(place, "community_worker")


NAMES = ("resident", "neighbour", "grid_member")
WHO = (*NAMES, "administrator", "community_worker")


class PostsLife(RuleBasedStateMachine):
    """Anybody tries anything with the posts of one estate's branch and one grid."""

    place: Community
    branch: Body
    traveller: time_machine.Traveller

    def __init__(self) -> None:
        super().__init__()
        Appointment.objects.filter(key__in=["retired_member_lead", "grid_member"], body__isnull=False).update(
            successor=None
        )
        Appointment.objects.filter(deputises__isnull=False).delete()
        Appointment.objects.filter(key__in=["retired_member_lead", "grid_member"]).delete()
        self.past: dict[date, int] = {}

    def tries(self, act: Any, **words: Any) -> None:
        before = list(Appointment.objects.order_by("pk").values())
        try:
            act(**words)
        except JinlinError:
            assert list(Appointment.objects.order_by("pk").values()) == before

    @rule(days=st.integers(1, 40))
    def days_pass(self, days: int) -> None:
        for ahead in range(days):
            self.past[today() + ahead * DAY] = serving(today() + ahead * DAY)
        self.traveller.shift(timedelta(days=days))

    @rule(who=st.sampled_from(WHO), name=st.sampled_from(NAMES), days=st.integers(0, 60), grid=st.booleans())
    def give(self, who: str, name: str, days: int, grid: bool) -> None:
        body = Body.objects.get(kind="residents_committee") if grid else self.branch
        key, zone = ("grid_member", self.place.grids[0]) if grid else ("retired_member_lead", None)
        new = NewAppointment(self.place.persons[name], body, key, today(), today() + days * DAY, zone=zone)
        self.tries(actions.appoint, actor=self.place.actor(who), new=new)

    @rule(who=st.sampled_from(WHO), which=st.integers(0, 9), act=st.sampled_from(ANSWERS))
    def answer(self, who: str, which: int, act: Any) -> None:
        if (pk := self.some(which)) is not None:
            self.tries(act, actor=self.place.actor(who), appointment_id=pk)

    @rule(who=st.sampled_from(WHO), which=st.integers(0, 9), days=st.integers(0, 9), name=st.sampled_from(NAMES))
    def recall(self, who: str, which: int, days: int, name: str) -> None:
        if (pk := self.some(which)) is None:
            return
        words = {"actor": self.place.actor(who), "appointment_id": pk, "last_day": today() + days * DAY, "because": "x"}
        self.tries(actions.replace_holder, **words, successor=self.place.persons[name])

    @rule(which=st.integers(0, 9), first=st.integers(0, 9), last=st.integers(0, 20), name=st.sampled_from(NAMES))
    def stand_in(self, which: int, first: int, last: int, name: str) -> None:
        if (pk := self.some(which)) is None:
            return
        days = {"first_day": today() + first * DAY, "last_day": today() + last * DAY}
        person = self.place.persons[name]
        self.tries(actions.appoint_deputy, actor=SYSTEM, appointment_id=pk, person=person, **days)

    def some(self, which: int) -> int | None:
        keys = list(
            Appointment.objects.filter(key__in=["retired_member_lead", "grid_member"])
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        return keys[which % len(keys)] if keys else None

    @invariant()
    def a_seat_has_one_holder(self) -> None:
        for ahead in range(0, 70, 7):
            assert queries.tally(today() + ahead * DAY, keys=["grid_member"]).posts <= 1

    @invariant()
    def rights_are_those_of_running_posts(self) -> None:
        for name in NAMES:
            running = queries.running_appointments(today()).filter(person=self.place.persons[name], key="grid_member")
            held = [grant for grant in self.place.actor(name).grants if grant.role == "grid_member"]
            assert len(held) == running.count()

    @invariant()
    def the_past_stays_as_it_was(self) -> None:
        for day, count in self.past.items():
            if day < today() - DAY:
                assert serving(day) == count


@pytest.mark.django_db
def test_any_order_of_steps_by_anybody() -> None:
    with time_machine.travel(START, tick=False) as traveller:
        PostsLife.place, PostsLife.traveller = make_community(), traveller
        PostsLife.branch = Body.objects.create(
            name="支部",
            kind="estate_branch",
            zone=PostsLife.place.estates[0],
            place_code=COMMUNITY,
            founded_on=date(2020, 1, 1),
        )
        run_state_machine_as_test(
            PostsLife,
            settings=settings(
                max_examples=8, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )

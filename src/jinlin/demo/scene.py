"""The district while a demo is built in it: the place that was drawn, and verbs to fill it with bodies and people."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property

from django.contrib.auth.hashers import make_password

from jinlin.demo.accounts import PASSWORD, STAFF_PHONE_BLOCK
from jinlin.demo.founding import BEGINNING
from jinlin.demo.people import Resident, endless_names
from jinlin.demo.places import DemoPlace
from jinlin.organisations.actions import NewAppointment, NewBody, accept_post, appoint_all, found_bodies
from jinlin.organisations.models import Appointment, Body
from jinlin.people.actions import NewMember, register_households
from jinlin.people.models import Account, Person
from jinlin.people.phones import phone_index
from jinlin.platform.access import SYSTEM, Actor, Role, actor_for
from jinlin.platform.dates import LOCAL, now, told_at
from jinlin.playbooks.schema import Playbook, Post
from jinlin.territory.actions import Wanted, approve_plan, hand_in_plan, propose_grids
from jinlin.territory.models import Zone, ZoneMembership

BATCH = 2_000

Progress = Callable[[str], None]


@dataclass
class Scene:
    """A demo under construction; `persons` are the residents who are known by name."""

    plan: DemoPlace
    playbook: Playbook
    report: Progress
    staff: dict[tuple[int, Role], Account] = field(default_factory=dict)
    persons: dict[Resident, Person] = field(default_factory=dict)
    _names: Iterator[str] = field(default_factory=endless_names)
    _numbers: Iterator[int] = field(default_factory=lambda: iter(range(1, 1_000_000)))

    @cached_property
    def _password(self) -> str:
        return make_password(PASSWORD)

    @cached_property
    def homes_of(self) -> dict[str, list[str]]:
        """The codes of the homes of each building."""
        return {building.code: [home.code for home in building.homes] for building in self.plan.buildings}

    def bodies(self, kind: str) -> list[Body]:
        """The active bodies of a kind, place by place."""
        return list(Body.objects.filter(kind=kind, active=True).select_related("zone").order_by("place_code", "pk"))

    def zones(self, kind: Zone.Kind) -> list[Zone]:
        """The zones of a kind, by number."""
        return list(Zone.objects.filter(kind=kind, valid_to__isnull=True).order_by("label"))

    def buildings_of(self, kind: Zone.Kind) -> dict[int, list[str]]:
        """The codes of the buildings of each zone of a kind, by the zone's id."""
        rows = ZoneMembership.objects.filter(kind=kind, valid_to__isnull=True).order_by("member_code")
        found: dict[int, list[str]] = defaultdict(list)
        for zone_id, code in rows.values_list("zone_id", "member_code"):
            found[zone_id].append(code)
        return found

    def found(self, new: Sequence[NewBody]) -> list[Body]:
        """Found bodies."""
        return found_bodies(actor=SYSTEM, new=new)

    def found_at_estates(self, since: date) -> None:
        """Found what estates have of their own and the playbook does not found by itself: firms, owners' committees."""
        kinds = {row.kind: row for row in self.playbook.body if not row.founded and row.level == "estate"}
        zones = {zone.label: zone for zone in self.zones(Zone.Kind.ESTATE)}
        self.found(
            [
                NewBody(kind, kinds[kind].name.format(place=estate.name), estate.community, zones[estate.label],
                        founded_on=since)
                for estate in self.plan.estates
                for kind in estate.bodies
                if kind in kinds
            ]
        )  # fmt: skip

    def newcomers(self, count: int) -> list[Person]:
        """People from outside the households: officers, staff, partners."""
        at = now()
        made = [Person(name=next(self._names), created_at=at) for _ in range(count)]
        return Person.objects.bulk_create(made, batch_size=BATCH)

    def householders(self, homes: Sequence[str]) -> list[Person]:
        """Somebody who lives in each of these homes; entered in the register where nobody there is known yet."""
        known: dict[str, Person] = {}
        for resident, person in self.persons.items():
            if resident.age_band != "child":
                known.setdefault(resident.home_code, person)
        unknown = [home for home in homes if home not in known]
        members = [NewMember(home, next(self._names), "", "owner") for home in unknown]
        entered = register_households(actor=SYSTEM, members=members, valid_from=BEGINNING)
        known |= zip(unknown, entered, strict=True)
        return [known[home] for home in homes]

    def appoint(self, roster: Sequence[NewAppointment]) -> list[Appointment]:
        """Give the posts of a roster; the first holder of each role gets the demo's account of that name."""
        given = appoint_all(actor=SYSTEM, roster=roster)
        for post in given:
            if post.role and not Account.objects.filter(username=post.role).exists():
                self._open(post)
        return given

    def accept(self, offered: Iterable[Appointment]) -> None:
        """Let everybody who was asked accept, on the first day of the post."""
        for one in offered:
            if one.accepted_on is None:
                with told_at(self.morning_of(one.term_from)):
                    accept_post(actor=Actor(person_id=one.person_id), appointment_id=one.pk, listed=True)

    def divide_into_grids(self, households: int, day: date) -> None:
        """Let each subdistrict's communities be divided by the platform, and an officer approve the plan for the day."""
        self.fill(self.playbook.post_named("subdistrict_officer"))
        for body in self.bodies("subdistrict_office"):
            account = self.staff[body.pk, Role.SUBDISTRICT_OFFICER]
            with told_at(self.morning_of(day)):
                plan = propose_grids(actor=SYSTEM, place_code=body.place_code, wanted=Wanted(households))
                hand_in_plan(actor=SYSTEM, plan_id=plan.pk)
                officer = actor_for(account.pk, account.person_id)
                approve_plan(actor=officer, plan_id=plan.pk, effective_from=day)

    @staticmethod
    def morning_of(day: date) -> datetime:
        """Nine o'clock where the people are."""
        return datetime.combine(day, time(9), LOCAL)

    def holds(self, key: str) -> bool:
        """Say whether somebody holds the post."""
        return Appointment.objects.filter(key=key).exists()

    def fill(self, post: Post) -> None:
        """Give the post to one new person at each of its bodies, with accounts that sign in."""
        seats = [
            (body, scope) for kind in post.bodies for body in self.bodies(kind) for scope in self._scopes(post, body)
        ]
        people = self.newcomers(len(seats))
        roster = [self.post(post.key, body, one, **scope) for (body, scope), one in zip(seats, people, strict=True)]
        given = self.appoint(roster)
        self.accept(given)
        for one in given:
            self._open(one)

    def _scopes(self, post: Post, body: Body) -> Iterable[Mapping[str, object]]:
        """What a post at a body is for: each grid of its place, the first building or estate there, or the whole of it."""
        match post.level:
            case "estate" if body.joint:
                return [{"zone": body.coverages.first().zone}]
            case "grid" if body.zone is None:
                return [{"zone": zone} for zone in self.zones(Zone.Kind.GRID) if zone.label.startswith(body.place_code)]
            case "building":
                return [{"place_code": self._first_building(body)}]
        return [{}]

    def _first_building(self, body: Body) -> str:
        here = (one for one in self.plan.buildings if one.code.startswith(body.place_code))
        return next(one.code for one in here if body.zone is None or body.zone.label in {one.estate, one.grid})

    def post(self, key: str, body: Body, person: Person, since: date = BEGINNING, **more: object) -> NewAppointment:
        """A line of a roster."""
        return NewAppointment(person, body, key, since, source=f"{self.playbook.name}工作法", **more)

    def _open(self, given: Appointment) -> None:
        """Open the account of somebody with a post; the first of each role is called by it."""
        if Account.objects.filter(person=given.person).exists():
            return
        first = not Account.objects.filter(username=given.role).exists()
        number = next(self._numbers)
        person, phone = given.person, f"{STAFF_PHONE_BLOCK}{number:06d}"
        person.phone, person.phone_index, person.phone_proved_at = phone, phone_index(phone), now()
        person.save(update_fields=["phone", "phone_index", "phone_proved_at"])
        name = given.role if first else f"{given.role}{number}"
        account = Account.objects.create(username=name, person=person, password=self._password, date_joined=now())
        self.staff.setdefault((given.body_id, Role(given.role)), account)

"""The district while a demo is built in it: the place that was drawn, and verbs to fill it with people and posts."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.contrib.auth.hashers import make_password

from jinlin.demo.accounts import PASSWORD, STAFF_PHONE_BLOCK
from jinlin.demo.founding import BEGINNING
from jinlin.demo.people import Resident, staff_names
from jinlin.demo.places import DemoPlace
from jinlin.organisations.actions import NewAppointment, appoint_all
from jinlin.organisations.models import Appointment, Body
from jinlin.people.models import Account, Person
from jinlin.people.phones import phone_index
from jinlin.platform.access import SYSTEM, Role
from jinlin.platform.dates import now
from jinlin.playbooks.schema import Playbook, Post
from jinlin.territory.models import Zone

BATCH = 2_000
MOST_NAMES = 20_000

Progress = Callable[[str], None]


@dataclass
class Scene:
    """A demo under construction."""

    plan: DemoPlace
    playbook: Playbook
    report: Progress
    staff: dict[tuple[int, Role], Account] = field(default_factory=dict)
    persons: dict[Resident, Person] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: iter(range(1, 1_000_000)))

    @cached_property
    def _names(self) -> Iterator[str]:
        return iter(staff_names(MOST_NAMES))

    @cached_property
    def _password(self) -> str:
        return make_password(PASSWORD)

    def bodies(self, kind: str) -> list[Body]:
        """The active bodies of a kind, place by place."""
        return list(Body.objects.filter(kind=kind, active=True).select_related("zone").order_by("place_code", "pk"))

    def zones(self, kind: Zone.Kind) -> list[Zone]:
        """The zones of a kind, by number."""
        return list(Zone.objects.filter(kind=kind, valid_to__isnull=True).order_by("label"))

    def newcomers(self, count: int) -> list[Person]:
        """People from outside the households: officers, staff, partners."""
        at = now()
        made = [Person(name=next(self._names), created_at=at) for _ in range(count)]
        return Person.objects.bulk_create(made, batch_size=BATCH)

    def appoint(self, roster: Sequence[NewAppointment]) -> list[Appointment]:
        """Give the posts of a roster; the first holder of each role gets the demo's account of that name."""
        given = appoint_all(actor=SYSTEM, roster=roster)
        for post in given:
            if post.role and not Account.objects.filter(username=post.role).exists():
                self._open(post)
        return given

    def holds(self, key: str) -> bool:
        """Say whether somebody holds the post."""
        return Appointment.objects.filter(key=key).exists()

    def fill(self, post: Post) -> None:
        """Give the post to one new person at each of its bodies, with accounts that sign in."""
        places = [body for kind in post.bodies for body in self.bodies(kind)]
        people = self.newcomers(len(places))
        scope = self._first_scope(post.level)
        roster = [self.post(post.key, body, person, **scope) for body, person in zip(places, people, strict=True)]
        for given in self.appoint(roster):
            self._open(given)

    def _first_scope(self, level: str) -> dict[str, object]:
        """The scope of a post that is for less than its body's area: the first grid, or the first building."""
        match level:
            case "grid":
                return {"zone": self.zones(Zone.Kind.GRID)[0]}
            case "building":
                return {"place_code": self.plan.buildings[0].code}
        return {}

    def post(self, key: str, body: Body, person: Person, **more: object) -> NewAppointment:
        """A line of a roster."""
        source = f"{self.playbook.name}工作法"
        return NewAppointment(person, body, key, BEGINNING, source=source, **more)

    def _open(self, given: Appointment) -> None:
        """Open the account of somebody with a post, unless there is one."""
        if (given.body_id, Role(given.role)) in self.staff:
            return
        first = not Account.objects.filter(username=given.role).exists()
        number = next(self._numbers)
        person, phone = given.person, f"{STAFF_PHONE_BLOCK}{number:06d}"
        person.phone, person.phone_index, person.phone_proved_at = phone, phone_index(phone), now()
        person.save(update_fields=["phone", "phone_index", "phone_proved_at"])
        name = given.role if first else f"{given.role}{number}"
        account = Account.objects.create(username=name, person=person, password=self._password, date_joined=now())
        self.staff[(given.body_id, Role(given.role))] = account


def by_community(zones: Iterable[Zone]) -> dict[str, list[Zone]]:
    """Zones by the community in which they lie."""
    found: dict[str, list[Zone]] = defaultdict(list)
    for zone in zones:
        found[zone.community_code].append(zone)
    return found

"""Bodies, persons, zones and rosters for tests about posts, made in bulk where the mission counts hundreds."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jinlin.organisations.actions import NewAppointment, appoint_all
from jinlin.organisations.models import Appointment, Body, Filing
from jinlin.organisations.rosters import COLUMNS
from jinlin.organisations.states import FilingState
from jinlin.people.models import Account, Person
from jinlin.people.phones import phone_index
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import now, today
from jinlin.platform.spreadsheets import write_workbook
from jinlin.territory.models import Place, Zone
from tests.support.community import BEGINNING, COMMUNITY, SUBDISTRICT, Community

NewBody = Callable[..., Body]
NewPersons = Callable[[int], list[Person]]


def new_body(
    kind: str,
    name: str = "",
    *,
    zone: Zone | None = None,
    place_code: str = COMMUNITY,
    founded_on: date | None = BEGINNING,
) -> Body:
    """Make a body of a kind in the community or in a zone of it: active since the beginning, or a proposal."""
    return Body.objects.create(
        name=name or f"{kind}{Body.objects.count()}",
        kind=kind,
        zone=zone,
        place_code=place_code,
        active=founded_on is not None,
        founded_on=founded_on,
    )


def new_bodies(kind: str, zones: Iterable[Zone]) -> list[Body]:
    """Make a body of a kind for each zone."""
    return Body.objects.bulk_create(
        Body(name=f"{zone.name}{kind}", kind=kind, zone=zone, place_code=zone.community_code, founded_on=BEGINNING)
        for zone in zones
    )


def new_persons(count: int, *, phones: bool = False) -> list[Person]:
    """Make so many persons without accounts, with proved numbers if need be."""
    known = Person.objects.count()
    rows = []
    for number in range(known, known + count):
        phone = f"139{number:08d}" if phones else ""
        proved = now() if phones else None
        rows.append(
            Person(
                name=f"人{number}",
                phone=phone,
                phone_index=phone_index(phone),
                phone_proved_at=proved,
                created_at=now(),
            )
        )
    return Person.objects.bulk_create(rows)


def new_zones(kind: Zone.Kind, count: int, community: str = COMMUNITY) -> list[Zone]:
    """Make so many more zones of a kind."""
    return Zone.objects.bulk_create(
        Zone(kind=kind, label=f"{community}{kind[0].upper()}{number}", name=f"{kind}{number}",
             community_code=community, valid_from=BEGINNING)
        for number in range(100, 100 + count)
    )  # fmt: skip


def new_places(level: int, codes: Iterable[str]) -> list[Place]:
    """Make places of a level with these codes."""
    return Place.objects.bulk_create(
        Place(code=code, level=level, name=f"地点{code[-4:]}", address=f"地址{code}", search="", valid_from=BEGINNING)
        for code in codes
    )


def new_communities(count: int) -> list[Place]:
    """Make so many more communities in the subdistrict."""
    return new_places(12, (f"{SUBDISTRICT}{number:03d}" for number in range(101, 101 + count)))


def appointed(persons: Sequence[Person], body: Body, key: str, **more: Any) -> list[Appointment]:
    """Give all these persons the same post at a body."""
    first = NewAppointment(persons[0], body, key, more.pop("term_from", today()), **more)
    return appoint_all(actor=SYSTEM, roster=[replace(first, person=person) for person in persons])


def file_choices(kind: str, post: str, persons: Sequence[Person], bodies: Sequence[Body]) -> list[Filing]:
    """Put each person's choice for the post at the body beside it on file, accepted with a receipt."""
    return Filing.objects.bulk_create(
        Filing(
            kind=kind,
            title="人选",
            by=body,
            subject=body,
            person=person,
            post=post,
            place_code=body.place_code,
            state=FilingState.ACCEPTED,
            filed_at=now(),
            due_at=now(),
            decided_at=now(),
            receipt=f"BA{number}",
        )
        for number, (person, body) in enumerate(zip(persons, bodies, strict=True))
    )


def client_of(person: Person | Account) -> Client:
    """Return a browser in which this person has signed in."""
    if isinstance(person, Person):
        account = Account(username=f"t-{person.pk}", person=person, date_joined=now())
        account.set_unusable_password()
        account.save()
        person = account
    client = Client()
    client.force_login(person)
    return client


def desk_of(place: Community, name: str = "administrator") -> Client:
    """Return the browser of somebody at the desk."""
    return client_of(place.account(name))


def roster_file(rows: Iterable[Sequence[Any]], name: str = "roster.xlsx") -> SimpleUploadedFile:
    """Return a roster with these rows as a browser sends it."""
    buffer = BytesIO()
    write_workbook(buffer, COLUMNS, rows)
    return SimpleUploadedFile(name, buffer.getvalue())


def send_roster(client: Client, rows: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """Send a roster, take it in where it is in order, and return the notes that its page shows."""
    answer = client.post("/desk/posts/roster/", {"file": roster_file(rows)})
    path = answer["Location"]
    if not client.get(path).context["notes"]["findings"]:
        client.post(path)
    return client.get(path).context["notes"]

"""Builds a demo place by doing: places are founded, people appointed, and every request walks through the actions."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from jinlin.demo import people, place, texts
from jinlin.demo.walks import ENTERED, Cast, walk
from jinlin.organisations.actions import NewAppointment, adopt_playbook, appoint_all
from jinlin.organisations.models import Body
from jinlin.people.actions import NewMember, register_households
from jinlin.people.models import Account, Person
from jinlin.people.phones import phone_index
from jinlin.platform.access import SYSTEM, Role
from jinlin.platform.dates import LOCAL, now
from jinlin.playbooks.loader import load_playbook
from jinlin.playbooks.schema import Playbook
from jinlin.region.calendars import load_calendars
from jinlin.region.districts import forget_districts
from jinlin.region.models import District, Domain
from jinlin.requests.actions import load_catalogue
from jinlin.territory.actions import NewPlace, NewZone, found_places, found_zones
from jinlin.territory.models import Zone

PASSWORD = "jinlin-demo-2026"  # noqa: S105 - a demo's, shown to everybody
BEGINNING = date(2020, 1, 1)
REQUESTS = 600
HOSTS = ("127.0.0.1", "localhost", "testserver")
STAFF_PHONE_BLOCK = "1980000"

Progress = Callable[[str], None]


@dataclass(frozen=True)
class DemoAccount:
    """An account that the demo prints: user name, whose part it plays, and the door it enters by."""

    username: str
    part: str
    door: str


ACCOUNTS = (
    DemoAccount("resident", "居民", "/"),
    DemoAccount("neighbour_head", "楼栋长", "/field/"),
    DemoAccount("grid_member", "网格员", "/field/"),
    DemoAccount("community_worker", "社工", "/desk/"),
    DemoAccount("community_secretary", "社区书记", "/desk/"),
    DemoAccount("property_manager", "物业", "/desk/"),
    DemoAccount("subdistrict_officer", "街道", "/cockpit/"),
    DemoAccount("district_officer", "区诉求中心", "/cockpit/"),
    DemoAccount("department_officer", "部门", "/desk/"),
    DemoAccount("auditor", "审计", "/desk/audit/"),
    DemoAccount("administrator", "管理员", "/desk/accounts/"),
)


def found_district() -> District:
    """Found the demo's district (on PostgreSQL its schema too), or return the one that is there."""
    known = District.objects.filter(code=place.hongshan().district.code).first()
    if known is None:
        area = place.hongshan().district
        known = District.objects.create(
            code=area.code,
            name=area.name,
            schema_name=f"district_{area.code}",
            playbook="hongshan",
            service_phone="0871-12345678",
            service_hours="8:30—18:00",
        )
        Domain.objects.bulk_create(Domain(domain=host, tenant=known, is_primary=host == HOSTS[0]) for host in HOSTS)
        forget_districts()
    return known


def is_built() -> bool:
    """Say whether this district holds its demo already."""
    return Account.objects.filter(username="administrator").exists()


def build_hongshan(report: Progress, requests: int = REQUESTS) -> None:
    """Build the whole community inside the current district: 2,000 households, 6,000 residents, `requests` requests."""
    plan, cast = found_community(report)
    stories = _stories(plan, list(cast.persons), requests)
    cast.open_accounts([story.reporter for story in stories if story.reporter])
    _name_demo_resident(cast, stories)
    for done, story in enumerate(stories, start=1):
        walk(story, cast, plan)
        if done % 50 == 0:
            report(f"requests {done}/{len(stories)}")


def found_community(report: Progress) -> tuple[place.DemoPlace, Cast]:
    """Found the community without requests: places, bodies, residents, and somebody in every post."""
    playbook, plan = load_playbook("hongshan"), place.hongshan()
    report("places")
    load_calendars()
    _found_places(plan)
    adopt_playbook(actor=SYSTEM, playbook=playbook, estates={zone.label: zone.bodies for zone in plan.estates})
    load_catalogue(actor=SYSTEM, playbook=playbook)
    report("people")
    residents = people.residents(plan)
    persons = _register(residents)
    staff = _appoint_staff(playbook, plan)
    return plan, Cast(staff=staff, persons=dict(zip(residents, persons, strict=True)))


def _stories(plan: place.DemoPlace, residents: Sequence[people.Resident], count: int) -> list[texts.Story]:
    present = now().astimezone(LOCAL)
    return texts.stories(plan, residents, texts.moments(present, count), present)


def _found_places(plan: place.DemoPlace) -> None:
    zones = [
        NewZone(kind, zone.label, zone.name, plan.community.code, _polygon(zone.ring))
        for kind, group in ((Zone.Kind.ESTATE, plan.estates), (Zone.Kind.GRID, plan.grids))
        for zone in group
    ]
    found_zones(actor=SYSTEM, zones=zones, valid_from=BEGINNING)
    areas = [
        NewPlace(area.code, area.name, area.name, boundary=_polygon(area.ring))
        for area in (plan.district, plan.subdistrict, plan.community)
    ]
    buildings = [row for building in plan.buildings for row in _rows_of(building, plan.estate_of(building).name)]
    found_places(actor=SYSTEM, places=[*areas, *buildings], valid_from=BEGINNING)


def _rows_of(building: place.Building, estate: str) -> list[NewPlace]:
    zones = {"estate": building.estate, "grid": building.grid}
    point = {"longitude": building.longitude, "latitude": building.latitude}
    address = f"{estate}{building.name}"
    rows = [NewPlace(building.code, building.name, address, boundary=_polygon(building.ring), **zones, **point)]
    for entrance in building.entrances:
        stairs = f"{address}{entrance.name}"
        rows.append(NewPlace(entrance.code, entrance.name, stairs, **zones, **point))
        rows += [
            NewPlace(
                home.code,
                home.name,
                f"{stairs}{home.name}",
                floor=home.floor,
                floor_area=home.floor_area,
                **zones,
                **point,
            )
            for home in entrance.homes
        ]
    return rows


def _polygon(ring: Sequence[Sequence[float]]) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": [[list(point) for point in ring]]}


def _register(residents: Sequence[people.Resident]) -> list[Person]:
    members = [NewMember(one.home_code, one.name, one.phone, one.role) for one in residents]
    return register_households(actor=SYSTEM, members=members, valid_from=BEGINNING)


def _appoint_staff(playbook: Playbook, plan: place.DemoPlace) -> dict[tuple[int, Role], Account]:
    """Appoint one person to every post with rights at every body; the first of each role is the demo's account."""
    with_rights = [post for post in playbook.post if post.role]
    posts = [(post, body) for post in with_rights for body in Body.objects.filter(kind__in=post.bodies).order_by("pk")]
    names = people.staff_names(len(posts))
    password = make_password(PASSWORD)
    first_of_role: set[str] = set()
    roster: list[NewAppointment] = []
    staff: dict[tuple[int, Role], Account] = {}
    for number, ((post, body), name) in enumerate(zip(posts, names, strict=True), start=1):
        username = f"{post.role}{number}" if post.role in first_of_role else post.role
        first_of_role.add(post.role)
        account = _account(username, name, f"{STAFF_PHONE_BLOCK}{number:04d}", password)
        zone = Zone.objects.filter(label=plan.grids[0].label).first() if post.level in {"grid", "building"} else None
        roster.append(
            NewAppointment(
                account.person, body, post.key, BEGINNING, zone=zone, source=f"{playbook.name}工作法", listed=True
            )
        )
        staff[(body.pk, Role(post.role))] = account
    appoint_all(actor=SYSTEM, roster=roster)
    return staff


def _account(username: str, name: str, phone: str, password: str) -> Account:
    at = now()
    person = Person.objects.create(
        name=name, phone=phone, phone_index=phone_index(phone), phone_proved_at=at, created_at=at
    )
    return Account.objects.create(username=username, person=person, password=password, date_joined=at)


def _name_demo_resident(cast: Cast, stories: Sequence[texts.Story]) -> None:
    """Give the account named `resident` to somebody with a request to rate and, if possible, others under way."""
    endings: dict[people.Resident, list[str]] = defaultdict(list)
    for story in stories:
        if story.reporter and story.channel not in ENTERED:
            endings[story.reporter].append(story.ending)
    busiest = max(endings, key=lambda one: ("handled" in endings[one], len(set(endings[one])), len(endings[one])))
    account = cast.accounts[busiest]
    account.username, account.password = "resident", make_password(PASSWORD)
    account.save(update_fields=["username", "password"])

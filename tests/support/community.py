"""A small place for tests: the Hongshan work method over one community with two estates, and somebody in every role."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from jinlin.organisations.actions import NewAppointment, adopt_playbook, appoint
from jinlin.organisations.models import Body
from jinlin.people.models import Account, Household, Person, Residence
from jinlin.people.phones import phone_index
from jinlin.platform.access import SYSTEM, Actor, Role, actor_for
from jinlin.platform.dates import now
from jinlin.playbooks.loader import load_playbook
from jinlin.region.calendars import load_calendars
from jinlin.region.models import District, Domain
from jinlin.requests.actions import load_catalogue
from jinlin.territory.models import Place, Zone, ZoneMembership
from jinlin.territory.queries import forget_boundaries
from tests.support.recorded import made_by

DISTRICT, SUBDISTRICT, COMMUNITY = "530199", "530199001", "530199001001"
BEGINNING = date(2020, 1, 1)
PASSWORD = "stairwell-3-lamp"
SQUARE = [[102.70, 25.04], [102.74, 25.04], [102.74, 25.07], [102.70, 25.07], [102.70, 25.04]]
POSTS = {
    Role.NEIGHBOUR_HEAD: ("residents_committee", "building_head"),
    Role.GRID_MEMBER: ("residents_committee", "grid_member"),
    Role.COMMUNITY_WORKER: ("service_station", "community_worker"),
    Role.COMMUNITY_SECRETARY: ("community_committee", "community_secretary"),
    Role.PROPERTY_MANAGER: ("property_firm", "property_manager"),
    Role.SUBDISTRICT_OFFICER: ("subdistrict_office", "subdistrict_officer"),
    Role.DISTRICT_OFFICER: ("request_centre", "request_centre_officer"),
    Role.DEPARTMENT_OFFICER: ("city_management_department", "department_officer"),
    Role.AUDITOR: ("request_centre", "auditor"),
    Role.ADMINISTRATOR: ("request_centre", "administrator"),
}


@dataclass
class Community:
    """The place and its people; `actor("community_worker")`, `actor("resident")`, `account(...)`."""

    estates: list[Zone] = field(default_factory=list)
    grids: list[Zone] = field(default_factory=list)
    buildings: list[Place] = field(default_factory=list)
    homes: list[Place] = field(default_factory=list)
    persons: dict[str, Person] = field(default_factory=dict)

    def account(self, name: str) -> Account:
        return self.persons[name].account

    def actor(self, name: str) -> Actor:
        """Return the actor of a role's holder, of `resident` or of `neighbour` (another household)."""
        account = self.account(name)
        return actor_for(account.pk, account.person_id)

    @cached_property
    def bodies(self) -> dict[str, Body]:
        """The bodies by kind; of the property firms the first estate's."""
        return {body.kind: body for body in Body.objects.order_by("-pk")}


def make_district() -> District:
    """Return the district of the tests; on PostgreSQL it is the schema that the test session has made."""
    known = District.objects.first()
    if known is None:
        known = District.objects.create(code=DISTRICT, name="示范区", schema_name=f"d{DISTRICT}", playbook="hongshan")
        Domain.objects.create(domain="testserver", tenant=known)
    return known


def make_community() -> Community:
    """Return the place as `build_community` makes it, without making it anew for each test."""
    make_district()
    forget_boundaries()
    return made_by(build_community)


def build_community() -> Community:
    """Build the place: 2 estates, 4 buildings, 2 grids, 16 homes with households, all bodies and one holder per role."""
    district = make_district()
    load_calendars()
    made = Community()
    _places(made, district)
    playbook = load_playbook("hongshan")
    adopt_playbook(actor=SYSTEM, playbook=playbook)
    load_catalogue(actor=SYSTEM, playbook=playbook)
    _people(made)
    return made


def _places(made: Community, district: District) -> None:
    rows = [(DISTRICT, 6, district.name), (SUBDISTRICT, 9, "虹山街道"), (COMMUNITY, 12, "虹山社区")]
    for code, level, name in rows:
        boundary = {"type": "Polygon", "coordinates": [SQUARE]}
        Place.objects.create(
            code=code, level=level, name=name, address=name, search="", boundary=boundary, valid_from=BEGINNING
        )
    for number, name in enumerate(("幸福里", "安宁苑"), start=1):
        made.estates.append(_zone(Zone.Kind.ESTATE, f"{COMMUNITY}E{number:02d}", name))
        made.grids.append(_zone(Zone.Kind.GRID, f"{COMMUNITY}{number:03d}", f"第{number}网格"))
    for number in range(1, 5):
        _building(made, number)


def _zone(kind: Zone.Kind, label: str, name: str) -> Zone:
    return Zone.objects.create(kind=kind, label=label, name=name, community_code=COMMUNITY, valid_from=BEGINNING)


def _building(made: Community, number: int) -> None:
    from jinlin.algorithms.chinese_text import bigrams

    estate, grid = made.estates[(number - 1) // 2], made.grids[(number - 1) // 2]
    code = f"{COMMUNITY}{number:04d}"

    def place(code: str, name: str, address: str, **more: object) -> Place:
        return Place.objects.create(
            code=code,
            level=len(code),
            name=name,
            address=address,
            search=bigrams(address),
            grid=grid,
            estate=estate,
            longitude=102.71 + number / 1000,
            latitude=25.05,
            valid_from=BEGINNING,
            **more,
        )

    address = f"{estate.name}{number}号楼"
    made.buildings.append(place(code, f"{number}号楼", address))
    place(f"{code}01", "1单元", f"{address}1单元")
    for zone in (estate, grid):
        ZoneMembership.objects.create(zone=zone, kind=zone.kind, member_code=code, valid_from=BEGINNING)
    for floor in (1, 2, 3, 4):
        home = place(f"{code}01{floor:02d}01", f"{floor}01", f"{address}1单元{floor}01", floor=floor, floor_area=8000)
        made.homes.append(home)
        Household.objects.create(home_code=home.code, valid_from=BEGINNING)


def _people(made: Community) -> None:
    for index, name in enumerate(["resident", "neighbour", *POSTS]):
        made.persons[str(name)] = _person(index, str(name))
    for name, home in (("resident", made.homes[0]), ("neighbour", made.homes[5])):
        household = Household.objects.get(home_code=home.code)
        Residence.objects.create(
            person=made.persons[name],
            household=household,
            role=Residence.Role.OWNER,
            proof=Residence.Proof.DESK,
            valid_from=BEGINNING,
        )
    for role, (kind, post) in POSTS.items():
        body = made.bodies[kind]
        zone = made.grids[0] if role == Role.GRID_MEMBER else None
        place_code = made.buildings[0].code if role == Role.NEIGHBOUR_HEAD else ""
        new = NewAppointment(made.persons[role], body, post, BEGINNING, place_code=place_code, zone=zone)
        appoint(actor=SYSTEM, new=new)


def _person(index: int, name: str) -> Person:
    phone = f"1990000{index:04d}"
    person = Person.objects.create(
        name=f"测试{index}", phone=phone, phone_index=phone_index(phone), phone_proved_at=now(), created_at=now()
    )
    account = Account(username=name, person=person, date_joined=now())
    account.set_password(PASSWORD)
    account.save()
    return person

"""Whether every place has the posts that the playbook needs there: coverage, vacancies, and the staff that a population needs."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import Left

from jinlin.algorithms.place_codes import Level, prefix_range
from jinlin.algorithms.staffing import Need, posts_required, posts_required_in_all, seems_in_ten_thousands
from jinlin.organisations.models import Appointment, SheetEntry
from jinlin.organisations.queries.holders import Tally, serving, tally
from jinlin.playbooks.schema import PlaceLevel, Playbook, Post
from jinlin.territory.models import Place, Zone

POPULATION = ("residents", "population")
ZONES = {kind.value for kind in Zone.Kind}


@dataclass(frozen=True)
class Spot:
    """A place or zone at which a post is needed: `key` is its code or the zone's id."""

    key: str | int
    name: str
    community_code: str
    since: date


@dataclass(frozen=True)
class Vacancy:
    """Seats of a post that are empty at a place, since when, and whether that is longer than the place allows."""

    post: Post
    spot: Spot
    missing: int
    since: date
    overdue: bool


@dataclass(frozen=True)
class Coverage:
    """At how many of the places of its level a post is filled as far as it is needed."""

    post: Post
    need: Need
    vacancies: tuple[Vacancy, ...]

    @property
    def percent(self) -> str:
        """The filled share with one decimal, such as 60.2%; empty where there is no place."""
        return percent(self.need.share)


def percent(share: Fraction | None) -> str:
    """Return a share with one decimal, rounded half up; empty for none."""
    return f"{one_decimal(share * 100)}%" if share is not None else ""


def one_decimal(number: Fraction | None) -> str:
    """Return a number that is not negative with one decimal, rounded half up; empty for none."""
    if number is None:
        return ""
    tenths = int(number * 10 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}"


def spots(level: PlaceLevel, place_code: str, on: date) -> list[Spot]:
    """Return the places or zones of a level below a place that there were on a day, in the order of their codes."""
    there = Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    if level in ZONES:
        rows = _below(Zone.objects.filter(there, kind=level), "community_code", place_code).order_by("label")
        return [
            Spot(row[0], row[1], row[2], row[3])
            for row in rows.values_list("pk", "name", "community_code", "valid_from")
        ]
    places = _below(Place.objects.filter(there, level=Level[level.upper()]), "code", place_code).order_by("code")
    columns = "name" if Level[level.upper()] <= Level.COMMUNITY else "address"
    return [
        Spot(code, name, code[: Level.COMMUNITY], since)
        for code, name, since in places.values_list("code", columns, "valid_from")
    ]


def _below(rows: QuerySet, column: str, place_code: str) -> QuerySet:
    if not place_code:
        return rows
    low, high = prefix_range(place_code[: Level.COMMUNITY] if column == "community_code" else place_code)
    return rows.filter(**{f"{column}__gte": low, f"{column}__lt": high})


def coverage_of(post: Post, playbook: Playbook, on: date, *, place_code: str = "") -> Coverage:
    """Return at how many places of its level a post is filled, with the places at which it is not."""
    places = spots(post.level, place_code, on)
    filled = _filled(post, on, place_code)
    empty = [spot for spot in places if filled.get(spot.key, 0) < post.needed]
    left = _last_days(post, on, place_code) if empty else {}
    alert_after = timedelta(days=playbook.norms.vacancy_alert_days)
    vacancies = tuple(_vacancy(post, spot, filled.get(spot.key, 0), left, on, alert_after) for spot in empty)
    return Coverage(post, Need(len(places), len(places) - len(empty)), vacancies)


def _spot_column(post: Post) -> str:
    return "zone_id" if post.level in ZONES else "place_code"


def _at_level(rows: QuerySet[Appointment], post: Post) -> QuerySet[Appointment]:
    return rows.filter(zone__kind=post.level) if post.level in ZONES else rows


def _filled(post: Post, on: date, place_code: str) -> dict[str | int, int]:
    column = _spot_column(post)
    rows = _at_level(serving(on, place_code=place_code, keys=[post.key]), post).values(column).order_by(column)
    return {row[column]: row["held"] for row in rows.annotate(held=Count("person_id", distinct=True))}


def _last_days(post: Post, on: date, place_code: str) -> dict[str | int, date]:
    column = _spot_column(post)
    past = _at_level(Appointment.objects.filter(key=post.key, accepted_on__isnull=False, term_to__lt=on), post)
    past = _below(past.filter(deputises__isnull=True), "place_code", place_code)
    rows = past.values(column).order_by(column).annotate(last=Max("term_to"))
    return {row[column]: row["last"] for row in rows}


def _vacancy(
    post: Post, spot: Spot, held: int, left: Mapping[str | int, date], on: date, alert_after: timedelta
) -> Vacancy:
    last = left.get(spot.key)
    since = last + timedelta(days=1) if last is not None else spot.since
    return Vacancy(post, spot, post.needed - held, since, overdue=on - since > alert_after)


def needed_posts(playbook: Playbook) -> list[Post]:
    """Return the posts that the playbook needs at every place of their level."""
    return [post for post in playbook.post if post.needed]


def coverages(playbook: Playbook, on: date, *, place_code: str = "") -> list[Coverage]:
    """Return the coverage of every post that is needed somewhere below a place."""
    return [coverage_of(post, playbook, on, place_code=place_code) for post in needed_posts(playbook)]


def vacancies(playbook: Playbook, on: date, *, place_code: str = "") -> list[Vacancy]:
    """Return the vacancies of all needed posts, the longest empty first."""
    found = [vacancy for row in coverages(playbook, on, place_code=place_code) for vacancy in row.vacancies]
    return sorted(found, key=lambda one: (one.since, one.post.key, str(one.spot.key)))


@dataclass(frozen=True)
class StaffingRow:
    """A community's residents, and the workers it needs and has; `need` is None while nobody knows the residents."""

    code: str
    name: str
    population: int | None
    staff: int
    need: Need | None
    in_ten_thousands: bool = False


@dataclass(frozen=True)
class Staffing:
    """The staffing table: a row for each community, and the whole both ways (each rounded up, and the sum rounded up once)."""

    post: Post
    rows: tuple[StaffingRow, ...]
    plan: Need
    headline: Need
    population: int

    @property
    def unknown(self) -> int:
        """Communities whose residents nobody has entered."""
        return sum(row.need is None for row in self.rows)


def staffed_post(playbook: Playbook) -> Post | None:
    """Return the post that the playbook staffs by population, None where there is none."""
    return next((post for post in playbook.post if post.per_10000_residents), None)


def staffing_table(post: Post, on: date, *, place_code: str = "") -> Staffing:
    """Return required, filled and missing posts for each community below a place, by its residents on a day."""
    people, homes, staff = populations(on, place_code), _homes(place_code, on), _staff(post, on, place_code)
    rows = tuple(
        _staffing_row(spot, people.get(str(spot.key)), homes.get(str(spot.key), 0), staff.get(str(spot.key), 0), post)
        for spot in spots("community", place_code, on)
    )
    known = [row for row in rows if row.need is not None]
    plan, headline = posts_required_in_all([row.population for row in known], post.per_10000_residents)
    filled = sum(row.staff for row in rows)
    total = sum(row.population for row in known)
    return Staffing(post, rows, Need(plan, filled), Need(headline, filled), total)


def _staffing_row(spot: Spot, population: int | None, homes: int, staff: int, post: Post) -> StaffingRow:
    known = population is not None and population > 0
    need = Need(posts_required(population, post.per_10000_residents), staff) if known else None
    doubtful = known and seems_in_ten_thousands(population, homes)
    return StaffingRow(str(spot.key), spot.name, population, staff, need, in_ten_thousands=doubtful)


def populations(on: date, place_code: str = "") -> dict[str, int]:
    """Return the residents of each place as the sheet of residents has them on a day."""
    sheet, item = POPULATION
    lines = SheetEntry.objects.filter(sheet=sheet, item=item, holds_from__lte=on, zone__isnull=True, body__isnull=True)
    lines = _below(lines, "place_code", place_code).order_by("holds_from", "pk")
    return {code: value for code, value in lines.values_list("place_code", "value") if isinstance(value, int)}


def _homes(place_code: str, on: date) -> dict[str, int]:
    homes = _below(
        Place.objects.filter(level=Level.HOME, valid_from__lte=on, valid_to__isnull=True), "code", place_code
    )
    rows = homes.annotate(community=Left("code", Level.COMMUNITY)).values("community").order_by("community")
    return {row["community"]: row["homes"] for row in rows.annotate(homes=Count("pk"))}


def _staff(post: Post, on: date, place_code: str) -> dict[str, int]:
    held = serving(on, place_code=place_code, keys=[post.key]).values_list("place_code", "person_id").distinct()
    persons: dict[str, set[int]] = defaultdict(set)
    for code, person in held:
        persons[code[: Level.COMMUNITY]].add(person)
    return {code: len(found) for code, found in persons.items()}


def households_per_holder(key: str, households: int, on: date, *, place_code: str = "") -> Fraction | None:
    """Return how many households there are for each person who holds a post; None where nobody does."""
    held: Tally = tally(on, place_code=place_code, keys=[key])
    return Fraction(households, held.persons) if held.persons else None

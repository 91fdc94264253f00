"""Who is on duty for a home or a community: only those who let their names be shown, with post, unit and hours, no more."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from jinlin.algorithms.duty_hours import as_words, from_rows, next_opening
from jinlin.algorithms.place_codes import Level, ancestors_of
from jinlin.organisations.models import Appointment, Task
from jinlin.organisations.queries.desk import area_names, area_of
from jinlin.organisations.queries.holders import serving, standing_in
from jinlin.organisations.states import PLEDGE
from jinlin.platform.dates import local_day
from jinlin.territory.models import Place

MOST_SHOWN = 500


@dataclass(frozen=True)
class OnDuty:
    """Somebody on duty, as the public sees them."""

    post: str
    name: str
    unit: str
    area: str
    hours: str
    opening: tuple[datetime, datetime] | None
    phone: str
    office: str
    stands_in: bool

    @property
    def is_open(self) -> bool:
        """Whether a time of duty is known."""
        return self.opening is not None


def on_duty_in(community_code: str, moment: datetime) -> list[OnDuty]:
    """Return who is on duty in a community, by post and area. `moment` is a local time."""
    here = Q(place_code__startswith=community_code) | Q(place_code__in=_areas_above(community_code), zone=None)
    return _shown(here, moment)


def on_duty_for(home: Place, moment: datetime) -> list[OnDuty]:
    """Return who is on duty for a home: over it or its building, grid, estate and community, the closest first."""
    zones = {home.grid_id, home.estate_id, home.neighbours_id} - {None}
    here = Q(place_code__in=[home.code, *_areas_above(home.code)])
    return _shown(here & (Q(zone=None) | Q(zone__in=zones)), moment)


def _areas_above(code: str) -> list[str]:
    """Return the places above that somebody is on duty for; a whole district has offices instead."""
    return [above for above in ancestors_of(code) if len(above) > Level.DISTRICT]


def listed_on_duty(where: Q, day: date) -> list[Appointment]:
    """Return who serves or stands in on a day and lets their name be shown, each with body and person."""
    return [row for found in (serving(day), standing_in(day)) for row in _listed(found.filter(where))]


def _shown(where: Q, moment: datetime) -> list[OnDuty]:
    rows = listed_on_duty(where, local_day(moment))
    rows.sort(key=lambda row: (-len(row.place_code), row.zone_id is None, row.post, row.place_code, row.pk))
    names = area_names(row.place_code for row in rows)
    return [_line(row, names, moment) for row in rows[:MOST_SHOWN]]


def _listed(rows: QuerySet[Appointment]) -> list[Appointment]:
    """Return those who let their names be shown and have one."""
    return [row for row in rows.filter(listed=True).select_related("body", "person", "zone") if row.person.name]


def _line(row: Appointment, names: dict[str, str], moment: datetime) -> OnDuty:
    spans = from_rows(row.hours)
    return OnDuty(
        row.post,
        row.person.name,
        row.body.name,
        area_of(row, names),
        as_words(spans),
        next_opening(spans, moment),
        row.body.phone,
        row.body.office,
        row.deputises_id is not None,
    )


def communities() -> list[tuple[str, str]]:
    """Return code and name of every community."""
    rows = Place.objects.filter(level=Level.COMMUNITY, valid_to__isnull=True).order_by("code")
    return list(rows.values_list("code", "name"))


def poster_of(appointment: Appointment, moment: datetime) -> OnDuty | None:
    """Return what the poster of a running post says; None for one whose holder does not let their name be shown."""
    if not appointment.listed or not appointment.person.name or not appointment.is_running(local_day(moment)):
        return None
    return _line(appointment, area_names([appointment.place_code]), moment)


@dataclass(frozen=True)
class Pledged:
    """The published pledge of a post: its items with their days and how far they are; a name only where it may be shown."""

    post: str
    name: str
    unit: str
    items: list[Task]


def pledges_in(community_code: str, on: date) -> list[Pledged]:
    """Return the published pledges of the posts that are held in a community."""
    rows = Task.objects.filter(kind=PLEDGE, appointment__in=serving(on, place_code=community_code))
    rows = rows.select_related("appointment__body", "appointment__person").order_by("appointment_id", "due_on", "pk")
    found: dict[int, Pledged] = {}
    for task in rows:
        held = task.appointment
        name = held.person.name if held.listed else ""
        found.setdefault(held.pk, Pledged(held.post, name, held.body.name, [])).items.append(task)
    return list(found.values())

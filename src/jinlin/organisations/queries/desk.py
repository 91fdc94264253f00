"""The desk's list of posts: filters that stand in the address, and the words that its rows are shown with."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from jinlin.algorithms.duty_hours import as_words, from_rows
from jinlin.algorithms.place_codes import Level
from jinlin.organisations import rules
from jinlin.organisations.models import Appointment
from jinlin.organisations.queries.holders import open_offers, serving, standing_in
from jinlin.organisations.queries.staffing import households_per_holder, one_decimal
from jinlin.people.models import Household
from jinlin.platform.access import Actor
from jinlin.playbooks.schema import Playbook
from jinlin.territory.models import Place

PAGE = 50
SMALL = {"building", "entrance", "neighbours"}
STATES = {"serving": serving, "offers": open_offers, "deputies": standing_in}


@dataclass(frozen=True)
class PostFilter:
    """Which posts a list shows: their key, words of the body's name, a place and all below, a day, and a state."""

    on: date
    key: str = ""
    words: str = ""
    place_code: str = ""
    state: str = "serving"


@dataclass(frozen=True)
class PostRow:
    """A post as lists show it."""

    appointment: Appointment
    area: str
    origin: str
    hours: str


def posts_found(actor: Actor, wanted: PostFilter) -> QuerySet[Appointment]:
    """Return the posts of the actor's area that a filter asks for, the newest first."""
    keys = [wanted.key] if wanted.key else []
    rows = STATES.get(wanted.state, serving)(wanted.on, place_code=wanted.place_code, keys=keys)
    rows = rows.filter(pk__in=rules.rosters_visible_to(actor).values("pk"))
    if wanted.words:
        rows = rows.filter(body__name__icontains=wanted.words)
    return rows.select_related("body", "person", "zone", "deputises").order_by("-pk")


def post_rows(appointments: Iterable[Appointment], playbook: Playbook) -> Iterator[PostRow]:
    """Yield the rows with area, source and hours in words; one statement more for the places."""
    rows = list(appointments)
    names = area_names(row.place_code for row in rows)
    origins = {(post.key, source.key): source.name for post in playbook.post for source in post.sources}
    for row in rows:
        origin = origins.get((row.key, row.origin), row.origin)
        yield PostRow(row, area_of(row, names), origin, as_words(from_rows(row.hours)))


def area_of(appointment: Appointment, names: dict[str, str]) -> str:
    """Return over what a post is held, in words."""
    deep = len(appointment.place_code) >= Level.BUILDING
    if appointment.zone is not None and not deep:
        return appointment.zone.name
    return names.get(appointment.place_code, appointment.place_code)


def area_names(codes: Iterable[str]) -> dict[str, str]:
    """Return the names of areas, and the addresses of buildings and homes, by code."""
    rows = Place.objects.filter(code__in=set(codes)).values_list("code", "name", "address")
    return {code: address if len(code) >= Level.BUILDING else name for code, name, address in rows}


def households_for(wanted: PostFilter, playbook: Playbook, actor: Actor) -> str:
    """Return how many households there are for each holder of a post that is for buildings or less; empty for others."""
    post = next((post for post in playbook.post if post.key == wanted.key), None)
    place = wanted.place_code or min(
        (grant.place_code for grant in actor.grants_as(rules.KEEPERS)), key=len, default=""
    )
    if post is None or post.level not in SMALL or wanted.state != "serving":
        return ""
    households = Household.objects.filter(home_code__startswith=place, valid_from__lte=wanted.on)
    open_then = households.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=wanted.on)).count()
    return one_decimal(households_per_holder(post.key, open_then, wanted.on, place_code=place))

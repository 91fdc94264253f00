"""Who sits at a table, such as 1+6 or the five parties, and who is missing: for one place, or for all estates at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from jinlin.organisations.models import Appointment, Body, Partnership
from jinlin.organisations.queries.locating import Locator, Spot, estates_locator, places_locator
from jinlin.organisations.queries.posts import running_appointments
from jinlin.playbooks.schema import Composition, Part, Playbook
from jinlin.territory.models import Zone


@dataclass(frozen=True)
class Holder:
    """Somebody at the table: a body or unit with its contact, or the holder of a post."""

    name: str
    phone: str = ""
    office: str = ""
    body_id: int | None = None
    appointment_id: int | None = None
    person_id: int | None = None
    listed: bool = False


@dataclass
class Seat:
    """One part of a composition with those who fill it; persons who sit on another side already do not count again."""

    part: Part
    holders: list[Holder] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.part.name

    @property
    def is_needed(self) -> bool:
        return self.part.least > 0

    @property
    def is_filled(self) -> bool:
        return len(self.holders) >= max(self.part.least, 1)


@dataclass
class Table:
    """A composition at one place or body."""

    composition: Composition
    seats: list[Seat]

    @property
    def needed(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.is_needed]

    @property
    def missing(self) -> list[Seat]:
        return [seat for seat in self.needed if not seat.is_filled]

    @property
    def is_complete(self) -> bool:
        return not self.missing

    @property
    def filled(self) -> int:
        return len(self.needed) - len(self.missing)

    @property
    def words(self) -> str:
        """How complete it is: `3/7`, or `1+2 of 3` where one leads, some are needed and others may join."""
        needed = self.needed
        lead = next((seat for seat in needed if seat.part.key == self.composition.lead), None)
        if lead is None or len(needed) == len(self.seats):
            return f"{self.filled}/{len(needed)}"
        led = int(lead.is_filled)
        numbers = {"lead": led, "filled": self.filled - led, "needed": len(needed) - 1}
        return _("%(lead)s+%(filled)s of %(needed)s") % numbers


def composition_named(playbook: Playbook, key: str) -> Composition | None:
    """Return a composition of the playbook by its key."""
    return next((row for row in playbook.composition if row.key == key), None)


def tables_of_estates(playbook: Playbook, key: str, estates: Iterable[Zone], on: date) -> dict[int, Table]:
    """Return the table of each estate by its id, in a fixed number of queries however many there are."""
    composition = composition_named(playbook, key)
    zones = list(estates)
    if composition is None or not zones:
        return {}
    found = _tables(composition, playbook, estates_locator(zones, playbook), on)
    return {zone.pk: found[zone.pk] for zone in zones}


def table_of_estate(playbook: Playbook, key: str, estate: Zone, on: date) -> Table | None:
    """Return the table of one estate."""
    return tables_of_estates(playbook, key, [estate], on).get(estate.pk)


def tables_of_places(playbook: Playbook, key: str, codes: Iterable[str], on: date) -> dict[str, Table]:
    """Return the table of each community by its code."""
    composition = composition_named(playbook, key)
    wanted = list(codes)
    if composition is None or not wanted:
        return {}
    return _tables(composition, playbook, places_locator(wanted), on)


def table_of_body(playbook: Playbook, key: str, body: Body, on: date) -> Table | None:
    """Return the table of a body: the posts at it, its partners, and the bodies beside and above it."""
    composition = composition_named(playbook, key)
    return _table_of_body(composition, body, on) if composition is not None else None


def table_at(
    composition: Composition, playbook: Playbook, on: date, *, place_code: str, estate: Zone | None, body: Body
) -> Table:
    """Return the table of any composition, also of one that stands in no list: of the body, the estate or else the place."""
    if composition.body:
        return _table_of_body(composition, body, on)
    locator = places_locator([place_code]) if estate is None else estates_locator([estate], playbook)
    return _tables(composition, playbook, locator, on)[place_code if estate is None else estate.pk]


def _table_of_body(composition: Composition, body: Body, on: date) -> Table:
    posts = _running_posts(on).filter(body=body).order_by("pk")
    beside = Q(place_code=body.place_code) | Q(pk=body.parent_id)
    bodies = Body.objects.filter(beside, active=True, kind__in=_kinds(composition)).order_by("pk")
    ties = _running_ties(on).filter(host=body)
    holders: dict[str, list[Holder]] = {}
    for part in composition.parts:
        holders[part.key] = [holder for holder, _row in _fillers(part, bodies, posts, ties)]
    return _seated(composition, holders)


def _kinds(composition: Composition) -> set[str]:
    return {kind for part in composition.parts for kind in part.bodies}


def _running_posts(on: date) -> QuerySet[Appointment]:
    """Return the accepted appointments of a day, at proposals too: a body is filled before it begins."""
    not_over = Q(term_to__isnull=True) | Q(term_to__gte=on)
    return Appointment.objects.filter(not_over, term_from__lte=on, accepted_on__lte=on)


def _running_ties(on: date) -> QuerySet[Partnership]:
    not_over = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    ties = Partnership.objects.filter(not_over, valid_from__lte=on, unit__active=True)
    return ties.select_related("unit").order_by("pk")


def _tables(composition: Composition, playbook: Playbook, locator: Locator, on: date) -> dict:
    posts = {part.post for part in composition.parts if part.post}
    kinds = {part.partnership for part in composition.parts if part.partnership}
    bodies = list(locator.near(Body.objects.filter(active=True, kind__in=_kinds(composition))).order_by("pk"))
    appointments = list(locator.near(running_appointments(on).filter(key__in=posts)).order_by("pk")) if posts else []
    ties = list(locator.near(_running_ties(on).filter(kind__in=kinds))) if kinds else []
    locator.learn(bodies, appointments)
    found: dict = {key: defaultdict(list) for key in locator.subjects}
    for part in composition.parts:
        for holder, row in _fillers(part, bodies, appointments, ties):
            for key in locator.subjects_of(row):
                found[key][part.key].append(holder)
    return {key: _seated(composition, holders) for key, holders in found.items()}


def _fillers(
    part: Part, bodies: Iterable[Body], appointments: Iterable[Appointment], ties: Iterable[Partnership]
) -> Iterable[tuple[Holder, Spot]]:
    """Yield those who can fill a part, each with where it stands."""
    for body in bodies:
        if body.kind in part.bodies:
            yield Holder(body.name, body.phone, body.office, body_id=body.pk), Spot.of_body(body)
    for post in appointments:
        if part.post and post.key == part.post and part.source in (None, post.origin):
            yield _post_holder(post), Spot.of_post(post)
    for tie in ties:
        if part.partnership and tie.kind == part.partnership and part.sector in (None, tie.sector):
            unit = tie.unit
            yield Holder(unit.name, unit.phone, unit.office, body_id=unit.pk), Spot(tie.place_code, tie.zone_id)


def _post_holder(post: Appointment) -> Holder:
    return Holder(post.post, body_id=post.body_id, appointment_id=post.pk, person_id=post.person_id, listed=post.listed)


def _seated(composition: Composition, holders: Mapping[str, list[Holder]]) -> Table:
    """Return the table; a person or body that could sit in several parts is counted in one, where it is missing most."""
    seats = {part.key: Seat(part) for part in composition.parts}
    could: dict[tuple[str, int | None], list[tuple[str, Holder]]] = defaultdict(list)
    for part in composition.parts:
        for holder in holders.get(part.key, []):
            who = ("person", holder.person_id) if holder.person_id else ("body", holder.body_id)
            could[who].append((part.key, holder))
    for places in sorted(could.values(), key=len):
        free = [(key, holder) for key, holder in places if not seats[key].is_filled]
        key, holder = (free or places)[0]
        seats[key].holders.append(holder)
    return Table(composition, list(seats.values()))

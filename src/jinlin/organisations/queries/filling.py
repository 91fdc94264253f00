"""Gathers what the rules of filling posts look at, for a whole roster in a few statements."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

from django.db.models import Model, Q, QuerySet

from jinlin.algorithms.duty_hours import from_rows
from jinlin.organisations.models import Appointment, Body, Filing
from jinlin.organisations.rules.filling import FOR_EVER, Holding, Known, NewAppointment, scope_of
from jinlin.organisations.rules.scopes import Ground, Scope
from jinlin.organisations.states import FilingState
from jinlin.playbooks.schema import Playbook
from jinlin.territory.models import Place, Zone, ZoneMembership

BATCH = 1_000
COLUMNS = {Zone.Kind.GRID: "grid_id", Zone.Kind.ESTATE: "estate_id", Zone.Kind.NEIGHBOURS: "neighbours_id"}


def known_about(roster: Sequence[NewAppointment], playbook: Playbook) -> Known:
    """Return what the rules need to know of the bodies, places and persons of a roster."""
    bodies = {body.pk: body for body in _in_batches({new.body.pk for new in roster}, _bodies)}
    since = min((new.term_from for new in roster), default=FOR_EVER)
    known = Known(playbook, bodies, _ground(roster), filed=frozenset(_filed(roster, playbook)))
    known.add(_holdings({new.person.pk for new in roster}, set(bodies), since))
    return known


def _in_batches(ids: Iterable[int | str], rows: Callable[[list], QuerySet]) -> Iterator:
    rest = iter(sorted(ids))
    while batch := list(islice(rest, BATCH)):
        yield from rows(batch)


def _bodies(ids: list[int]) -> QuerySet[Body]:
    return Body.objects.filter(pk__in=ids)


def lock_rows(model: type[Model], ids: Iterable[int]) -> None:
    """Lock rows by id, so that two rosters about the same are checked one after the other."""
    for _row in _in_batches(set(ids), lambda batch: _locked(model, batch)):
        pass


def _locked(model: type[Model], ids: list[int]) -> QuerySet:
    return model.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk", flat=True)


def _holdings(person_ids: set[int], body_ids: set[int], since: date) -> Iterable[Holding]:
    """Return the posts of these persons and at these bodies that run on `since` or later, offers included, each once."""
    counting = ~Q(accepted_on__isnull=True, ended_because__gt="") & (Q(term_to__isnull=True) | Q(term_to__gte=since))
    held = Appointment.objects.filter(counting)
    rows = {row.pk: row for row in _in_batches(person_ids, lambda ids: held.filter(person_id__in=ids))}
    rows |= {row.pk: row for row in _in_batches(body_ids, lambda ids: held.filter(body_id__in=ids))}
    return [holding_from(row) for row in rows.values()]


def holding_from(row: Appointment) -> Holding:
    """Return how an appointment counts among those that are held."""
    scope = Scope(row.place_code, row.zone_id)
    until, deputises = row.term_to or FOR_EVER, row.deputises_id is not None
    return Holding(
        row.person_id, row.body_id, row.key, scope, row.term_from, until, from_rows(row.hours), deputises=deputises
    )


def _filed(roster: Iterable[NewAppointment], playbook: Playbook) -> Iterator[tuple[str, int, str, int]]:
    kinds = {post.key: post.filing for post in playbook.post if post.filing}
    persons = {new.person.pk for new in roster if new.key in kinds}
    accepted = Filing.objects.filter(kind__in=set(kinds.values()), state=FilingState.ACCEPTED)
    yield from _in_batches(
        persons,
        lambda ids: accepted.filter(person_id__in=ids).values_list("kind", "person_id", "post", "subject_id"),
    )


def _ground(roster: Iterable[NewAppointment]) -> Ground:
    scopes = {(scope_of(new), new.body.place_code, new.body.zone_id) for new in roster}
    wanted = {zone for scope, _place, within in scopes for zone in (scope.zone_id, within) if zone is not None}
    zones = {zone.pk: zone for zone in _in_batches(wanted, lambda ids: Zone.objects.filter(pk__in=ids))}
    codes = {scope.place_code for scope, place, _within in scopes if scope.place_code != place}
    places = {row.code: row for row in _in_batches(codes, _places)}
    nested = {scope.zone_id for scope, _place, within in scopes if within and scope.zone_id and scope.zone_id != within}
    unnamed = {pk for pk, zone in zones.items() if zone.kind not in COLUMNS}
    members = {(zone, code) for zone, code in _in_batches(unnamed if codes else (), _members)}
    return Ground(zones, places, frozenset(_inside(nested, zones)), frozenset(members))


def _places(codes: list[str]) -> QuerySet[Place]:
    rows = Place.objects.filter(code__in=codes, valid_to__isnull=True)
    return rows.only("code", "grid_id", "estate_id", "neighbours_id")


def _members(zone_ids: list[int]) -> QuerySet:
    rows = ZoneMembership.objects.filter(zone_id__in=zone_ids, valid_to__isnull=True)
    return rows.values_list("zone_id", "member_code")


def _inside(nested: set[int], zones: dict[int, Zone]) -> Iterator[tuple[int, int]]:
    """Yield (zone, estate or grid that it lies in wholly) for zones within the zone of a body."""
    around: dict[int, list[set[int | None]]] = {}
    members = list(_in_batches(nested, _members))
    codes = {code for _zone, code in members}
    homes = {row.code: row for row in _in_batches(codes, _places)}
    for zone_id, code in members:
        place = homes.get(code)
        if place is not None:
            around.setdefault(zone_id, []).append({place.estate_id, place.grid_id} - {None})
    for zone_id, found in around.items():
        yield from ((zone_id, outer) for outer in set.intersection(*found))

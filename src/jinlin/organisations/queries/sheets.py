"""Sheets on a day: what holds in each cell, which subjects a definition fits, when they came and went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jinlin.algorithms.place_codes import Level
from jinlin.organisations.models import Body, SheetEntry
from jinlin.organisations.rules.sheets import items_of, sheet_named
from jinlin.platform.errors import NotFound
from jinlin.playbooks.schema import Definition, Item, Playbook, Sheet
from jinlin.playbooks.wording import name_of
from jinlin.territory.models import Zone

Key = tuple[str, int | str]
Cells = dict[Key, dict[str, SheetEntry]]


def sheet_or_404(playbook: Playbook, key: str) -> Sheet:
    """Return a sheet of the playbook.

    Raises:
        NotFound.
    """
    sheet = sheet_named(playbook, key)
    if sheet is None:
        raise NotFound
    return sheet


def definition_named(playbook: Playbook, key: str) -> Definition:
    """Return a definition of the playbook.

    Raises:
        NotFound: for an unknown name.
    """
    for row in playbook.definition:
        if row.key == key:
            return row
    raise NotFound


def key_of(entry: SheetEntry) -> Key:
    """Return whom a line is about."""
    if entry.zone_id:
        return "zone", entry.zone_id
    if entry.body_id:
        return "body", entry.body_id
    if entry.appointment_id:
        return "appointment", entry.appointment_id
    return "place", entry.place_code


def lines_of(sheet: str, under: str = "") -> QuerySet[SheetEntry]:
    """Return the lines of a sheet at a place and below, in the order in which they hold."""
    rows = SheetEntry.objects.filter(sheet=sheet, place_code__startswith=under)
    return rows.order_by("holds_from", "written_at", "pk")


def cells_on(sheet: str, on: date, under: str = "") -> Cells:
    """Return what holds on a day, by subject and item; one query."""
    found: Cells = defaultdict(dict)
    for entry in lines_of(sheet, under).filter(holds_from__lte=on):
        found[key_of(entry)][entry.item] = entry
    return dict(found)


def values_on(sheet: str, on: date, under: str = "") -> dict[Key, dict[str, Any]]:
    """Return the values that hold on a day, by subject and item."""
    cells = cells_on(sheet, on, under)
    return {key: {item: entry.value for item, entry in row.items()} for key, row in cells.items()}


def fits(definition: Definition, values: Mapping[str, Any]) -> bool:
    """Say whether a definition fits: all of its items are known, and none of them is there."""
    return all(values.get(item) is False for item in definition.absent)


def listed_on(definition: Definition, on: date, under: str = "") -> set[Key]:
    """Return the subjects that a definition fits on a day."""
    return {key for key, values in values_on(definition.sheet, on, under).items() if fits(definition, values)}


@dataclass(frozen=True)
class Turn:
    """A day on which a subject came onto a list or went off it, and by which proof."""

    key: Key
    on: date
    entered: bool
    evidence: str


def turns(definition: Definition, under: str = "") -> list[Turn]:
    """Return every entry and exit under a definition, by day; what changes on one day counts as its evening."""
    found: list[Turn] = []
    values: dict[Key, dict[str, Any]] = defaultdict(dict)
    by_day: dict[date, list[SheetEntry]] = defaultdict(list)
    for entry in lines_of(definition.sheet, under).filter(item__in=definition.absent):
        by_day[entry.holds_from].append(entry)
    for day, entries in sorted(by_day.items()):
        touched = {key_of(entry): entry.evidence for entry in entries}
        before = {key: fits(definition, values[key]) for key in touched}
        for entry in entries:
            values[key_of(entry)][entry.item] = entry.value
        for key, evidence in touched.items():
            after = fits(definition, values[key])
            if after != before[key]:
                found.append(Turn(key, day, after, evidence))
    return found


def history_of(sheet: str, key: Key) -> QuerySet[SheetEntry]:
    """Return every line about one subject, the newest first."""
    kind, value = key
    column = {"zone": "zone_id", "body": "body_id", "appointment": "appointment_id", "place": "place_code"}[kind]
    rows = SheetEntry.objects.filter(sheet=sheet, **{column: value})
    if kind == "place":
        rows = rows.filter(zone__isnull=True, body__isnull=True, appointment__isnull=True)
    return rows.order_by("-holds_from", "-written_at", "-pk")


@dataclass(frozen=True)
class Answer:
    """One answer of a look-back: about which body and item, and what was found; None where nobody has looked yet."""

    body: Body
    item: str
    name: str
    entry: SheetEntry | None


def answers_on(playbook: Playbook, sheet: str, bodies: Iterable[Body], on: date) -> list[Answer]:
    """Return an answer for each body and each item of a sheet, such as 2 subdistricts by 5 powers."""
    known = sheet_or_404(playbook, sheet)
    cells = cells_on(sheet, on)
    return [
        Answer(body, item.key, item.name, cells.get(("body", body.pk), {}).get(item.key))
        for body in bodies
        for item in items_of(playbook, known)
    ]


UNITS = (Zone.Kind.ESTATE, "entrance", Zone.Kind.COURTYARD, Zone.Kind.GRID)
"""The four kinds of unit that organisation is extended into (M020)."""
NONE = "none"


@dataclass(frozen=True)
class Embedding:
    """How far organisation is embedded in bodies: by kind of body and kind of unit, in all, and which are gaps."""

    kinds: list[str]
    cells: dict[tuple[str, str], tuple[int, int]]
    gaps: list[Body]
    embedded: int
    total: int

    @property
    def rate(self) -> Fraction | None:
        """The share of bodies with a status other than none."""
        return Fraction(self.embedded, self.total) if self.total else None

    def rows(self) -> list[tuple[str, list[tuple[int, int]]]]:
        """Return for each kind of body (embedded, all) by kind of unit."""
        return [(kind, [self.cells.get((kind, unit), (0, 0)) for unit in UNITS]) for kind in self.kinds]


def embedding_on(playbook: Playbook, on: date, under: str = "", sheet: str = "embedding") -> Embedding:
    """Return the matrix of 4 kinds of body by 4 kinds of unit on a day; two queries."""
    known = sheet_or_404(playbook, sheet)
    item = known.items[0].key
    values = values_on(sheet, on, under)
    bodies = Body.objects.filter(kind__in=known.bodies, active=True, place_code__startswith=under)
    cells: dict[tuple[str, str], tuple[int, int]] = {}
    gaps = []
    rows = list(bodies.select_related("zone").order_by("place_code", "name"))
    for body in rows:
        embedded = values.get(("body", body.pk), {}).get(item, NONE) != NONE
        done, total = cells.get((body.kind, unit_of(body)), (0, 0))
        cells[body.kind, unit_of(body)] = (done + embedded, total + 1)
        if not embedded:
            gaps.append(body)
    return Embedding(list(known.bodies), cells, gaps, len(rows) - len(gaps), len(rows))


def unit_of(body: Body) -> str:
    """Return the kind of unit that a body stands in; a body of a whole community counts with its grids."""
    if body.zone is not None:
        return body.zone.kind
    return "entrance" if len(body.place_code) >= Level.BUILDING else Zone.Kind.GRID


def value_words(item: Item, value: Any) -> str:
    """Return a value in words."""
    if value is None:
        return ""
    if item.kind == "yes_no":
        return _("yes") if value else _("no")
    if item.kind == "choice":
        return next((name_of(row) for row in item.choices if row.key == value), str(value))
    return str(value)

"""How the records behind an indicator are listed; names are masked unless their owners let themselves be shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import Model
from django.utils.translation import pgettext_lazy

from jinlin.algorithms.place_codes import Level
from jinlin.assessment.indicators.base import Rows
from jinlin.lists.models import ItemList
from jinlin.organisations.models import Appointment, Body, Partnership, SheetEntry
from jinlin.people.phones import masked_name
from jinlin.platform.errors import Words
from jinlin.territory.models import Place, Zone
from jinlin.volunteering.models import Pairing, Posting, Report

Addresses = dict[str, str]


@dataclass(frozen=True)
class Table:
    """The columns of one kind of record, what is read along with it, and where its place stands."""

    heads: tuple[Words, ...]
    cells: Callable[[Any, Addresses], tuple[Any, ...]]
    related: tuple[str, ...] = ()
    place: str = "place_code"


@dataclass(frozen=True)
class Listed:
    """Some records as lines of a table."""

    heads: tuple[Words, ...]
    lines: list[tuple[Any, ...]]


def listed(rows: Rows, after: int = 0, most: int | None = None) -> tuple[Listed, int]:
    """Return at most so many records that come after the one of id `after`, and the id to go on from (0: no more)."""
    table = TABLES[rows.model]
    ordered = rows.select_related(*table.related).order_by("pk").filter(pk__gt=after)
    found = list(ordered if most is None else ordered[: most + 1])
    shown = found if most is None else found[:most]
    addresses = _addresses(shown, table.place)
    lines = [table.cells(row, addresses) for row in shown]
    return Listed(table.heads, lines), shown[-1].pk if len(found) > len(shown) else 0


def _addresses(rows: Sequence[Model], column: str) -> Addresses:
    """Return {code: address} of the places, no closer than their building, since a home says who is meant."""
    codes = {attrgetter(column)(row)[: Level.BUILDING] for row in rows}
    return dict(Place.objects.filter(code__in=codes).values_list("code", "address"))


def _where(code: str, addresses: Addresses) -> str:
    return addresses.get(code[: Level.BUILDING], code[: Level.BUILDING])


def _place(row: Place, _addresses: Addresses) -> tuple[Any, ...]:
    return row.name, row.code, row.valid_from


def _zone(row: Zone, addresses: Addresses) -> tuple[Any, ...]:
    return row.name, row.label, _where(row.community_code, addresses), row.valid_from


def _body(row: Body, addresses: Addresses) -> tuple[Any, ...]:
    return row.name, _where(row.place_code, addresses), row.founded_on


def _appointment(row: Appointment, addresses: Addresses) -> tuple[Any, ...]:
    name = row.person.name if row.listed else masked_name(row.person.name)
    return name, row.post, row.body.name, _where(row.place_code, addresses), row.term_from, row.term_to


def _partnership(row: Partnership, addresses: Addresses) -> tuple[Any, ...]:
    partner = row.zone.name if row.zone else row.host.name if row.host else ""
    return row.unit.name, partner, _where(row.place_code, addresses), row.valid_from, row.valid_to


def _cell(row: SheetEntry, addresses: Addresses) -> tuple[Any, ...]:
    subject = row.appointment.body if row.appointment else row.body
    value = pgettext_lazy("column", "yes") if row.value is True else row.value
    return subject.name if subject else "", _where(row.place_code, addresses), value, row.holds_from, row.evidence


def _report(row: Report, addresses: Addresses) -> tuple[Any, ...]:
    who = masked_name(row.person.name) if row.person else row.unit.name
    return who, row.unit.name if row.unit else "", _where(row.place_code, addresses), row.reported_on


def _posting(row: Posting, addresses: Addresses) -> tuple[Any, ...]:
    return row.title, row.body.name if row.body else "", _where(row.place_code, addresses), row.places, row.first_day


def _pairing(row: Pairing, addresses: Addresses) -> tuple[Any, ...]:
    who = masked_name(row.person.name) if row.person else ""
    place = _where(row.posting.place_code, addresses)
    return who, row.posting.title, place, row.get_state_display(), row.served_on, row.solved


def _list(row: ItemList, addresses: Addresses) -> tuple[Any, ...]:
    estate = row.zone.name if row.zone else ""
    return row.title, estate, _where(row.place_code, addresses), row.body.name, row.opened_on


NAME, PLACE = pgettext_lazy("column", "Name"), pgettext_lazy("column", "Place")
CODE, NUMBER = pgettext_lazy("column", "Code"), pgettext_lazy("column", "Number")
SINCE, UNTIL, DAY = pgettext_lazy("column", "Since"), pgettext_lazy("column", "Until"), pgettext_lazy("column", "Day")
COMMUNITY, BODY, POST = (
    pgettext_lazy("column", "Community"), pgettext_lazy("column", "Body"), pgettext_lazy("column", "Post"),
)  # fmt: skip
UNIT, PARTNER = pgettext_lazy("column", "Unit"), pgettext_lazy("column", "Stands by")
ENTRY, EVIDENCE = pgettext_lazy("column", "Entry"), pgettext_lazy("column", "Evidence")
PLACES, STATE = pgettext_lazy("column", "Places"), pgettext_lazy("column", "State")
SOLVED = pgettext_lazy("column", "Problem solved")
ESTATE = pgettext_lazy("column", "Estate")
TABLES: dict[type[Model], Table] = {
    Place: Table((NAME, CODE, SINCE), _place, place="code"),
    Zone: Table((NAME, NUMBER, COMMUNITY, SINCE), _zone, place="community_code"),
    Body: Table((NAME, PLACE, SINCE), _body),
    Appointment: Table((NAME, POST, BODY, PLACE, SINCE, UNTIL), _appointment, ("person", "body")),
    Partnership: Table((UNIT, PARTNER, PLACE, SINCE, UNTIL), _partnership, ("unit", "host", "zone")),
    Report: Table((NAME, UNIT, PLACE, DAY), _report, ("unit", "person")),
    Posting: Table((POST, BODY, PLACE, PLACES, SINCE), _posting, ("body",)),
    Pairing: Table(
        (NAME, POST, PLACE, STATE, DAY, SOLVED), _pairing, ("person", "posting"), place="posting.place_code"
    ),
    ItemList: Table((NAME, ESTATE, PLACE, BODY, SINCE), _list, ("zone", "body")),
    SheetEntry: Table((BODY, PLACE, ENTRY, DAY, EVIDENCE), _cell, ("appointment__body", "body")),
}

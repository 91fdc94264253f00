"""A spreadsheet of a sheet (台账), read into the lines that change it; what stays as it was is passed over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.organisations.actions.sheets import NewLine
from jinlin.organisations.imports.bodies import refuse_roster
from jinlin.organisations.models import Appointment, SheetEntry
from jinlin.organisations.rules.sheets import Subject, subject_key
from jinlin.platform.dates import today
from jinlin.platform.spreadsheets import Column, Finding, Row, read_table
from jinlin.playbooks.schema import Item
from jinlin.territory.models import Place, Zone


@dataclass
class SheetLines:
    """What was read: the lines with the number of their row, and the findings."""

    lines: list[tuple[int, NewLine]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    rows: int = 0


def columns_of(items: Iterable[Item]) -> list[Column]:
    """Return the columns of a sheet's file: whom, by number and name, each item, since when and by which proof."""
    first = [
        Column("subject", gettext_lazy("Number"), ("编号",), needed=True, as_text=True, width=24),
        Column("called", gettext_lazy("Name"), ("名称",), width=28),
    ]
    middle = [Column(item.key, item.name, (item.name_en,), width=18) for item in items]
    last = [
        Column("holds_from", gettext_lazy("Since"), ("起始日期",)),
        Column("evidence", gettext_lazy("Evidence"), ("依据",), width=28),
    ]
    return [*first, *middle, *last]


def key_text(subject: Subject) -> str:
    """Return the number by which a file names a subject."""
    if isinstance(subject, Zone):
        return subject.label
    return subject.code if isinstance(subject, Place) else str(subject.pk)


def name_text(subject: Subject) -> str:
    """Return how a file calls a subject."""
    if isinstance(subject, Appointment):
        return f"{subject.body.name} {subject.post}"
    return subject.address if isinstance(subject, Place) else subject.name


def cell_text(item: Item, value: Any) -> Any:
    """Return a value as a file has it."""
    if item.kind == "yes_no":
        return "是" if value else "否"
    if item.kind == "choice":
        return next((row.name for row in item.choices if row.key == value), value)
    return value


def read_sheet(
    source: Path | str | IO[bytes],
    items: tuple[Item, ...],
    subjects: Iterable[Subject],
    cells: Mapping[Any, dict[str, SheetEntry]],
) -> SheetLines:
    """Read the lines that a file changes; empty cells and those that say what holds already are passed over.

    Raises:
        Invalid: for no table at all, or a column of identity numbers.
    """
    known = {key_text(subject): subject for subject in subjects}
    found = SheetLines()
    with read_table(source, columns_of(items)) as table:
        refuse_roster(table.header.cells)
        found.headers = dict(table.header.texts)
        for row in table.rows:
            found.rows += 1
            subject = known.get(row.text("subject"))
            if subject is None:
                row.blame("subject", _("Nothing in this sheet has this number."))
            else:
                found.lines += [(row.number, line) for line in _lines(row, items, subject, cells)]
            found.findings += row.findings
    return found


def _lines(
    row: Row, items: tuple[Item, ...], subject: Subject, cells: Mapping[Any, dict[str, SheetEntry]]
) -> list[NewLine]:
    day, held = row.day("holds_from") or today(), cells.get(subject_key(subject), {})
    lines = []
    for item in items:
        if not row.text(item.key):
            continue
        value = _value(row, item)
        same = item.key in held and held[item.key].value == value
        if value is not None and not same:
            lines.append(NewLine(item.key, subject, value, day, row.text("evidence", most=200)))
    return lines


def _value(row: Row, item: Item) -> Any:
    text = row.text(item.key)
    match item.kind:
        case "yes_no":
            return row.yes_no(item.key)
        case "count":
            return row.whole(item.key)
        case "choice":
            chosen = {name: choice.key for choice in item.choices for name in (choice.key, choice.name, choice.name_en)}
            if text not in chosen:
                row.blame(item.key, _("There is no such choice."))
            return chosen.get(text)
        case _:
            return text

"""Writes lines into sheets; a line is never changed, a later one takes its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jinlin.organisations import rules
from jinlin.organisations.models import SheetEntry
from jinlin.organisations.queries.sheets import Key, key_of
from jinlin.organisations.rules.sheets import (
    Subject,
    columns_of,
    items_of,
    may_be_about,
    needs_evidence,
    place_of,
    sheet_named,
    subject_key,
    wrong_value,
)
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid, Words
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import Item, Sheet

BATCH = 2_000
LONGEST_EVIDENCE = 200
Slot = tuple[Key, str]


@dataclass(frozen=True)
class NewLine:
    """A line to write: which item of whom holds which value from a day on, and by which proof."""

    item: str
    subject: Subject
    value: Any
    holds_from: date
    evidence: str = ""


def write_sheet(*, actor: Actor, sheet: str, line: NewLine) -> SheetEntry:
    """Write one line into a sheet.

    Raises:
        NotAllowed: outside the actor's area.
        Invalid: for an unknown sheet or item, the wrong kind of subject, a value that does not fit, no day, a change
            without its proof, or what stands there already.
    """
    return write_sheets(actor=actor, sheet=sheet, lines=[line])[0]


def write_sheets(*, actor: Actor, sheet: str, lines: Sequence[NewLine]) -> list[SheetEntry]:
    """Write all these lines into a sheet or none, with one line in the audit trail.

    Raises:
        NotAllowed, Invalid: as `write_sheet`, for the first that cannot be written.
    """
    for line in lines:
        rules.may_keep_bodies(actor, place_of(line.subject)).enforce()
    faults = read_line_faults(sheet=sheet, lines=lines)
    for _at, wrong in sorted(faults.items()):
        raise Invalid(fields=wrong)
    at = now()
    rows = [
        SheetEntry(
            sheet=sheet,
            item=line.item,
            value=line.value.strip() if isinstance(line.value, str) else line.value,
            holds_from=line.holds_from,
            evidence=line.evidence.strip(),
            written_at=at,
            written_by_id=actor.account_id,
            **columns_of(line.subject),
        )
        for line in lines
    ]
    with transaction.atomic():
        made = SheetEntry.objects.bulk_create(rows, batch_size=BATCH)
        if made:
            first = made[0]
            record_change(
                actor, "organisations.write_sheet", first, place_code=first.place_code, sheet=sheet, rows=len(made)
            )
    return made


def read_line_faults(*, sheet: str, lines: Sequence[NewLine]) -> dict[int, dict[str, Words]]:
    """Return what is wrong with each of many lines, by position; nothing is written.

    Raises:
        Invalid: for a sheet that this place does not keep.
    """
    playbook = current_playbook()
    known = sheet_named(playbook, sheet)
    if known is None:
        raise Invalid(fields={"sheet": _("This place keeps no such sheet.")})
    items = {item.key: item for item in items_of(playbook, known)}
    before = _lines_before(sheet, lines)
    found: dict[int, dict[str, Words]] = {}
    for at, line in enumerate(lines):
        slot = (subject_key(line.subject), line.item)
        wrong = _wrong(known, items.get(line.item), line, before.get(slot, []))
        if wrong:
            found[at] = wrong
        else:
            before.setdefault(slot, []).append((line.holds_from, line.value))
    return found


def _lines_before(sheet: str, lines: Sequence[NewLine]) -> dict[Slot, list[tuple[date, Any]]]:
    places = {place_of(line.subject) for line in lines}
    found: dict[Slot, list[tuple[date, Any]]] = {}
    rows = SheetEntry.objects.filter(sheet=sheet, place_code__in=places).order_by("holds_from", "written_at", "pk")
    for entry in rows:
        found.setdefault((key_of(entry), entry.item), []).append((entry.holds_from, entry.value))
    return found


def _wrong(sheet: Sheet, item: Item | None, line: NewLine, before: list[tuple[date, Any]]) -> dict[str, Words]:
    if item is None:
        return {"item": _("This sheet has no such column.")}
    if not may_be_about(sheet, line.subject):
        return {"subject": _("This sheet is not kept about such places, bodies or posts.")}
    if words := wrong_value(item, line.value):
        return {item.key: words}
    if line.holds_from is None or line.holds_from > today():
        return {"holds_from": _("Say since which day it holds; it cannot be a day to come.")}
    return _repeated(item, line, before) or _unproved(sheet, item, line, before)


def _repeated(item: Item, line: NewLine, before: list[tuple[date, Any]]) -> dict[str, Words]:
    """Say whether a line stands there already: the same value holds, or in words the same was entered for that year."""
    if item.kind == "text":
        same = any(day.year == line.holds_from.year and value == line.value.strip() for day, value in before)
    else:
        held = [value for day, value in before if day <= line.holds_from]
        same = bool(held) and held[-1] == line.value
    return {item.key: _("“%(item)s”: this stands there already.") % {"item": item.name}} if same else {}


def _unproved(sheet: Sheet, item: Item, line: NewLine, before: list[tuple[date, Any]]) -> dict[str, Words]:
    held = [value for day, value in before if day <= line.holds_from]
    if needs_evidence(sheet, item, held[-1] if held else None) and not line.evidence.strip():
        return {"evidence": _("A change of “%(item)s” needs a document that proves it.") % {"item": item.name}}
    if len(line.evidence) > LONGEST_EVIDENCE:
        return {"evidence": _("At most %(most)s characters.") % {"most": LONGEST_EVIDENCE}}
    return {}

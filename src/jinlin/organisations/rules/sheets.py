"""What a cell of a sheet may hold, whom it is about, and when a change needs proof."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from jinlin.organisations.models import Appointment, Body
from jinlin.organisations.rules.founding import PLACE_LEVELS
from jinlin.platform.errors import Words
from jinlin.playbooks.schema import Item, Playbook, Sheet
from jinlin.territory.models import Place, Zone

LONGEST_TEXT = 300
Subject = Place | Zone | Body | Appointment


def sheet_named(playbook: Playbook, key: str) -> Sheet | None:
    """Return a sheet of the playbook by its key."""
    return next((row for row in playbook.sheet if row.key == key), None)


def items_of(playbook: Playbook, sheet: Sheet) -> tuple[Item, ...]:
    """Return the columns of a sheet: its own, and one for each entry of its slot, numbered where the place named none.

    The items of a slot have the slot's key and their number as key; whoever wants a sixth amends the slot first.
    """
    if sheet.slot is None:
        return sheet.items
    slot = next(row for row in playbook.slot if row.key == sheet.slot)
    names = [*slot.filled, *(f"{slot.name}{number}" for number in range(len(slot.filled) + 1, slot.count + 1))]
    numbered = [
        Item(key=f"{slot.key}_{number}", name=name, name_en=f"{slot.key} {number}")
        for number, name in enumerate(names[: slot.count], start=1)
    ]
    return (*sheet.items, *numbered)


def may_be_about(sheet: Sheet, subject: Subject) -> bool:
    """Say whether a sheet is kept about such a place, body or post."""
    match subject:
        case Zone():
            return subject.kind == sheet.level
        case Place():
            return PLACE_LEVELS.get(sheet.level or "") == subject.level
        case Body():
            return subject.kind in sheet.bodies
        case Appointment():
            return subject.key in sheet.posts


def wrong_value(item: Item, value: Any) -> Words:
    """Say what is wrong with a value for an item; nothing where it fits."""
    match item.kind:
        case "yes_no":
            fits = isinstance(value, bool)
        case "count":
            fits = isinstance(value, int) and not isinstance(value, bool) and value >= 0
        case "choice":
            fits = value in {choice.key for choice in item.choices}
        case _:
            fits = isinstance(value, str) and 0 < len(value.strip()) <= LONGEST_TEXT
    return "" if fits else WRONG[item.kind] % {"item": item.name, "most": LONGEST_TEXT}


WRONG = {
    "yes_no": _("“%(item)s” is answered with yes or no."),
    "count": _("“%(item)s” is a whole number, 0 or more."),
    "choice": _("“%(item)s” has no such choice."),
    "text": _("“%(item)s” needs words, at most %(most)s characters."),
}


def needs_evidence(sheet: Sheet, item: Item, before: Any) -> bool:
    """Say whether a line needs proof: a change does, and every fact about a body or in words.

    The first yes or no about a place is an inventory, and needs none.
    """
    is_inventory = before is None and sheet.level is not None and item.kind != "text"
    return item.evidence and not is_inventory


def subject_key(subject: Subject) -> tuple[str, int | str]:
    """Return what tells the subjects of sheets apart."""
    return ("place", subject.code) if isinstance(subject, Place) else (type(subject).__name__.lower(), subject.pk)


def place_of(subject: Subject) -> str:
    """Return the code of the place at which a subject stands."""
    match subject:
        case Zone():
            return subject.community_code
        case Place():
            return subject.code
        case _:
            return subject.place_code


def columns_of(subject: Subject) -> dict[str, Any]:
    """Return the columns with which a line names its subject."""
    named = {Zone: "zone", Body: "body", Appointment: "appointment"}
    column = named.get(type(subject))
    return {"place_code": place_of(subject)} | ({column: subject} if column else {})

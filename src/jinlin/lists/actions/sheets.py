"""Takes a sheet of items in: all rows or none, each fault at its row; a title that is on the list already is only counted."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from jinlin.lists.actions.opening import NewItem, add_items, check_item
from jinlin.lists.imports import ItemLine, Lines
from jinlin.lists.models import Item, ItemList
from jinlin.lists.queries import kind_of
from jinlin.platform.access import Actor
from jinlin.platform.errors import Invalid, NotFound
from jinlin.platform.spreadsheets import Finding

SOURCES = {"": Item.Source.RESIDENT, "居民": Item.Source.RESIDENT, "政府": Item.Source.GOVERNMENT}


@dataclass(frozen=True)
class SheetReport:
    """How many rows were taken in, and how many were there before; with findings none was taken."""

    taken: int = 0
    known: int = 0
    findings: list[Finding] = field(default_factory=list)


def take_items(*, actor: Actor, list_id: int, lines: Lines) -> SheetReport:
    """Put a sheet of items on a list.

    Raises:
        NotFound, NotAllowed, WrongState: as `add_items`; Invalid where a link of a row cannot be.
    """
    item_list = ItemList.objects.filter(pk=list_id).first()
    if item_list is None:
        raise NotFound
    kind, known = kind_of(item_list.kind), set(item_list.items.values_list("title", flat=True))
    findings, new, before, seen = list(lines.findings), [], 0, set()
    for line in lines.lines:
        try:
            item = _item(line)
            check_item(item, kind)
        except Invalid as error:
            findings += [lines.finding(line, name, why) for name, why in error.fields.items()]
            continue
        if item.title in seen:
            findings.append(lines.finding(line, "title", _("This row stands in the sheet twice.")))
        elif item.title in known:
            before += 1
        else:
            new.append(item)
        seen.add(item.title)
    if findings:
        return SheetReport(findings=sorted(findings, key=lambda finding: finding.row))
    add_items(actor=actor, list_id=list_id, items=new)
    return SheetReport(len(new), before)


def _item(line: ItemLine) -> NewItem:
    if line.source not in SOURCES:
        raise Invalid(fields={"source": _("Write 居民 or 政府.")})
    words = [word for word in re.split(r"[、,，;；\s]+", line.answers) if word]
    if not all(word.isdecimal() and len(word) < 19 for word in words):
        raise Invalid(fields={"answers": _("Write the ids of items, such as 12，15.")})
    return NewItem(line.title, line.words, SOURCES[line.source], answers=tuple(map(int, words)))

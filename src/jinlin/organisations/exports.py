"""Bodies and sheets as spreadsheets, under the headers that their imports know."""

from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jinlin.organisations.imports.bodies import COLUMNS as BODY_COLUMNS
from jinlin.organisations.imports.sheets import cell_text, columns_of, key_text, name_text
from jinlin.organisations.models import Body, Coverage, SheetEntry
from jinlin.organisations.rules.sheets import subject_key
from jinlin.platform.spreadsheets import write_workbook
from jinlin.playbooks.schema import Item, Playbook, Sheet

AT_ONCE = 500


def write_bodies(target: IO[bytes], bodies: QuerySet[Body], playbook: Playbook) -> int:
    """Write an XLSX file of bodies; return the number of rows."""
    return write_workbook(target, BODY_COLUMNS, _body_rows(bodies, playbook), sheet=_("Bodies"))


def _body_rows(bodies: QuerySet[Body], playbook: Playbook) -> Iterator[list[Any]]:
    names = {row.kind: row.short_name for row in playbook.body}
    rows = list(bodies)
    cares: dict[int, list[str]] = {}
    open_care = Coverage.objects.filter(body__in=[row.pk for row in rows if row.joint], valid_to__isnull=True)
    for care in open_care.select_related("zone"):
        cares.setdefault(care.body_id, []).append(care.zone.label if care.zone else care.place_code)
    for body in rows:
        yield [
            names.get(body.kind, body.kind),
            body.name,
            body.zone.label if body.zone else body.place_code,
            body.parent.name if body.parent else "",
            _("yes") if body.joint else "",
            "、".join(cares.get(body.pk, [])),
            body.phone,
            body.office,
            body.head_count,
            body.founded_on,
        ]


def write_sheet(
    target: IO[bytes],
    sheet: Sheet,
    items: tuple[Item, ...],
    subjects: Iterable[Any],
    cells: Mapping[Any, dict[str, SheetEntry]],
) -> int:
    """Write an XLSX file of a sheet as it is in `cells`; return the number of rows."""
    rows = ([key_text(subject), name_text(subject), *_values(items, cells, subject)] for subject in subjects)
    return write_workbook(target, columns_of(items), ([*row, None, ""] for row in rows), sheet=sheet.name)


def _values(items: tuple[Item, ...], cells: Mapping[Any, dict[str, SheetEntry]], subject: Any) -> list[Any]:
    from_key = cells.get(subject_key(subject), {})
    return [cell_text(item, from_key[item.key].value) if item.key in from_key else "" for item in items]

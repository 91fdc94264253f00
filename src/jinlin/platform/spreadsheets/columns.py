"""Which column of a file holds which field: by the field's name, its label in any language, or an alias."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from jinlin.algorithms.chinese_text import fold
from jinlin.platform.errors import Invalid, Words
from jinlin.platform.spreadsheets.kinds import refusal

HEADER_SEARCHED_ROWS = 30
MOST_NAMED = 30


@dataclass(frozen=True)
class Column:
    """A field that a spreadsheet can bring: `label` is what the reader sees, `aliases` are other usual headers.

    `hint` and `example` explain it in the template; `as_text` keeps codes and numbers as they are typed there.
    """

    name: str
    label: Words
    aliases: tuple[str, ...] = ()
    needed: bool = False
    hint: Words = ""
    example: str = ""
    as_text: bool = False
    width: int = 14


@dataclass(frozen=True)
class Header:
    """The header row that was found: its row number, {field: column index} and the texts of all its cells."""

    row: int
    fields: Mapping[str, int]
    cells: Sequence[str]

    @property
    def texts(self) -> dict[str, str]:
        """The header of each field as the file writes it."""
        return {name: self.cells[index] for name, index in self.fields.items()}

    @property
    def unused(self) -> list[str]:
        """The headers that no field takes."""
        used = set(self.fields.values())
        return [cell for index, cell in enumerate(self.cells) if cell and index not in used]


def mapping_from(pairs: Iterable[str]) -> dict[str, str]:
    """Return {header: field} from texts such as `反映时间=raised_at`.

    Raises:
        Invalid: for a text without an equals sign.
    """
    found = {}
    for pair in pairs:
        header, equals, name = pair.rpartition("=")
        if not equals or not header.strip() or not name.strip():
            raise Invalid(
                _("“%(pair)s” does not say which column is which field.") % {"pair": pair},
                remedy=_("Write it as column=field, such as 反映时间=raised_at."),
            )
        found[header.strip()] = name.strip()
    return found


def find_header(
    rows: Sequence[tuple[int, list[str]]], columns: Sequence[Column], mapping: Mapping[str, str] | None = None
) -> Header:
    """Return the header among the first rows: the first that has all needed columns, or else says what is missing.

    Raises:
        Invalid: when no row is a header, or it lacks a needed column, or two of its columns are the same field.
    """
    known = _known_headers(columns)
    given = _checked_mapping(mapping or {}, columns)
    matches = [_match(number, cells, known, given) for number, cells in rows]
    needed = {column.name for column in columns if column.needed}
    whole = (match for match in matches if needed <= match.keys())
    best = next(whole, None) or max(matches, key=len, default=None)
    if not best:
        raise _no_header(rows, columns, given)
    best.refuse_missing(columns, given)
    return Header(best.row, {name: indexes[0] for name, indexes in best.items()}, best.cells)


def fields_by_header(headers: Iterable[str], columns: Sequence[Column]) -> dict[str, str]:
    """Return {field: header} for those headers that say themselves what they hold; the first of several."""
    known = _known_headers(columns)
    found: dict[str, str] = {}
    for header in headers:
        if name := _field_of(header, known):
            found.setdefault(name, header)
    return found


class _Match(dict[str, list[int]]):
    """{field: indexes of its columns} of one row."""

    def __init__(self, row: int, cells: Sequence[str]) -> None:
        super().__init__()
        self.row, self.cells = row, cells

    def refuse_missing(self, columns: Sequence[Column], given: Mapping[str, str]) -> None:
        twice = [self.cells[index] for indexes in self.values() if len(indexes) > 1 for index in indexes]
        if twice:
            words = {"row": self.row, "headers": _named(twice)}
            raise refusal(
                _("Several columns in row %(row)s hold the same: %(headers)s.") % words,
                _("Keep one of them, or say by hand which column is which."),
            )
        lost = [header for header in given if header not in {cell.strip() for cell in self.cells}]
        if lost:
            raise _lost(lost, self.cells)
        missing = [str(column.label) for column in columns if column.needed and column.name not in self]
        if missing:
            raise _missing(missing, self.row, self.cells, columns)


def _match(row: int, cells: Sequence[str], known: Mapping[str, str], given: Mapping[str, str]) -> _Match:
    match = _Match(row, [cell.strip() for cell in cells])
    by_hand = set(given.values())
    for index, cell in enumerate(match.cells):
        name = given.get(cell) or _field_of(cell, known)
        if name and (cell in given or name not in by_hand):
            match.setdefault(name, []).append(index)
    return match


def _field_of(cell: str, known: Mapping[str, str]) -> str | None:
    plain = normal_header(cell)
    return known.get(plain) or known.get(plain.partition("(")[0])


def normal_header(text: str) -> str:
    """Return the form in which headers are compared: folded, without blanks and marks of duty."""
    return "".join(fold(text).split()).strip("*:").removesuffix("(必填)")


def _known_headers(columns: Sequence[Column]) -> dict[str, str]:
    known: dict[str, str] = {}
    for column in columns:
        for text in (column.name, column.name.replace("_", " "), *labels_of(column), *column.aliases):
            known.setdefault(normal_header(text), column.name)
    return known


def labels_of(column: Column) -> list[str]:
    """Return a column's label in every language of the platform."""
    labels = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            labels.append(str(column.label))
    return labels


def _checked_mapping(mapping: Mapping[str, str], columns: Sequence[Column]) -> Mapping[str, str]:
    names = {column.name for column in columns}
    unknown = [name for name in mapping.values() if name not in names]
    if unknown:
        words = {"unknown": _named(unknown), "known": _(", ").join(sorted(names))}
        raise refusal(_("There is no field %(unknown)s; there are %(known)s.") % words)
    return mapping


def _lost(headers: Iterable[str], cells: Sequence[str]) -> Invalid:
    words = {"lost": _named(headers), "found": _named(cells)}
    return refusal(_("There is no column %(lost)s; the header row has %(found)s.") % words)


def _no_header(rows: Sequence[tuple[int, list[str]]], columns: Sequence[Column], given: Mapping[str, str]) -> Invalid:
    if not rows:
        return refusal(_("The file has no rows."))
    number, cells = rows[0]
    if given:
        return _lost(given, cells)
    return _missing([str(column.label) for column in columns if column.needed], number, cells, columns)


def _missing(missing: Sequence[str], row: int, cells: Sequence[str], columns: Sequence[Column]) -> Invalid:
    words = {
        "row": row,
        "missing": _named(missing),
        "found": _named(cells),
        "expected": _named([str(column.label) for column in columns]),
    }
    return refusal(
        _("The header row lacks %(missing)s. Row %(row)s has: %(found)s. Expected are: %(expected)s.") % words,
        _("Take the headers of the template, or say by hand which column is which."),
    )


def _named(headers: Iterable[str]) -> str:
    texts = [f"“{text[:40]}”" for text in headers if text]
    return _(", ").join(texts[:MOST_NAMED]) or _("nothing")

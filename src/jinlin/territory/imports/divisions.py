"""Reads an operator's table of division codes: provinces, cities, counties, subdistricts and communities."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.platform.spreadsheets import Column, Finding, Row, read_table

DIVISION_COLUMNS = (
    Column(
        "code",
        gettext_lazy("Division code"),
        aliases=("代码", "统计用区划代码", "行政区划代码", "编码"),
        needed=True,
        as_text=True,
        hint=gettext_lazy("2, 4, 6, 9 or 12 digits; the zeros that fill up a full code may stay"),
        example="430202001",
    ),
    Column(
        "name", gettext_lazy("Division name"), aliases=("名称", "区划名称", "单位名称"), needed=True, example="月塘街道"
    ),
)
LENGTHS = (2, 4, 6, 9, 12)
LONGEST_NAME = 64


@dataclass
class DivisionLines:
    """{code: name} of all files, and what is wrong in them; `places` says in which row a code stands."""

    names: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    rows: int = 0
    findings: list[Finding] = field(default_factory=list)


def read_divisions(sources: Iterable[Path | str | IO[bytes]]) -> DivisionLines:
    """Read the files, which may come in any order; other columns than code and name are left alone.

    Raises:
        Invalid: for a file that cannot be read as a table.
    """
    lines = DivisionLines()
    for source in sources:
        file = Path(getattr(source, "name", "") or str(source)).name
        with read_table(source, DIVISION_COLUMNS) as table:
            for row in table.rows:
                lines.rows += 1
                _take(lines, file, row)
                lines.findings += row.findings
    return _unpadded(lines)


def _take(lines: DivisionLines, file: str, row: Row) -> None:
    code, name = trimmed(row.code("code")), row.text("name", most=LONGEST_NAME)
    if row.findings:
        return
    if len(code) not in LENGTHS:
        row.blame("code", _("A division code has 2, 4, 6, 9 or 12 digits, not %(count)s.") % {"count": len(code)})
    elif not "11" <= code[:2] <= "82":
        row.blame("code", _("No province has the number %(number)s.") % {"number": code[:2]})
    elif lines.names.setdefault(code, name) != name:
        words = {"code": code, "name": lines.names[code], "row": lines.places[code][1]}
        row.blame("code", _("The code %(code)s is %(name)s in row %(row)s already.") % words)
    else:
        lines.places.setdefault(code, (file, row.number))


def trimmed(code: str) -> str:
    """Return a code of 12 digits without the zeros that fill it up: 430202001000 is the subdistrict 430202001."""
    if len(code) == 12 and code.endswith("000"):
        return code[:6] if code.endswith("000000") else code[:9]
    return code


def _unpadded(lines: DivisionLines) -> DivisionLines:
    """Take the zeros from codes such as 430000 and 430200 where the files write provinces and cities so.

    Other tables have 441900 as the county of a city without counties, beside the city 4419.
    """
    if not any(len(code) == 6 and code.endswith("0000") for code in lines.names):
        return lines
    for long in [code for code in lines.names if len(code) == 6 and code.endswith("00")]:
        short = long[:2] if long.endswith("0000") else long[:4]
        if short not in lines.names:
            lines.names[short], lines.places[short] = lines.names.pop(long), lines.places.pop(long)
    return lines


def parent_code(code: str) -> str:
    """Return the code of the division above, empty for a province."""
    return code[: LENGTHS[LENGTHS.index(len(code)) - 1]] if len(code) > 2 else ""

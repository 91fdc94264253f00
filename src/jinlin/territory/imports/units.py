"""Reads units of the tree from a table: their level, the unit that they lie in, their code and the day they begin."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.platform.dates import today
from jinlin.platform.spreadsheets import Column, Finding, Row, read_table
from jinlin.territory.unit_words import level_keys

UNIT_COLUMNS = (
    Column(
        "level",
        gettext_lazy("Level"),
        aliases=("层级", "级别"),
        needed=True,
        hint=gettext_lazy("as the place calls it, such as 社区, 小区, 网格, 楼栋"),
        example="小区",
    ),
    Column("name", gettext_lazy("Unit name"), aliases=("名称",), needed=True, example="紫藤苑"),
    Column(
        "parent",
        gettext_lazy("Code of the unit above"),
        aliases=("上级编码", "上级代码", "上级"),
        needed=True,
        as_text=True,
        width=20,
        example="530199001001",
    ),
    Column(
        "code",
        gettext_lazy("Unit code"),
        aliases=("编码", "代码"),
        as_text=True,
        hint=gettext_lazy("stays empty for the platform to give one"),
        width=20,
    ),
    Column(
        "since",
        gettext_lazy("Valid from"),
        aliases=("起始日期", "启用日期"),
        hint=gettext_lazy("today, where it stays empty"),
        example="2026-05-01",
    ),
)
LONGEST_NAME, LONGEST_CODE = 64, 22


@dataclass(frozen=True)
class UnitLine:
    """What one row says; `row` is the file's own number."""

    row: int
    level: str
    name: str
    parent: str
    code: str
    since: date


@dataclass
class UnitLines:
    """All rows of a table, and what is wrong in them."""

    lines: list[UnitLine] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_units(source: Path | str | IO[bytes]) -> UnitLines:
    """Read every row; a row with findings gives no line.

    Raises:
        Invalid: for a file that cannot be read as a table.
    """
    found = UnitLines()
    levels = level_keys()
    with read_table(source, UNIT_COLUMNS) as table:
        for row in table.rows:
            line = _line(row, levels)
            if row.findings:
                found.findings += row.findings
            else:
                found.lines.append(line)
    return found


def _line(row: Row, levels: dict[str, str]) -> UnitLine:
    word = row.text("level", most=LONGEST_NAME)
    if word and word not in levels:
        row.blame("level", _("This place has no level called “%(word)s”.") % {"word": word})
    return UnitLine(
        row=row.number,
        level=levels.get(word, ""),
        name=row.text("name", most=LONGEST_NAME),
        parent=row.text("parent", most=LONGEST_CODE),
        code=row.text("code", most=LONGEST_CODE),
        since=row.day("since") or today(),
    )

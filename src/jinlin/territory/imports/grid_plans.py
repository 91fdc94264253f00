"""Reads a division from a table of buildings with their grids, and says which rows cannot be."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.algorithms.place_codes import Level, fault_in
from jinlin.platform.spreadsheets import Column, Finding, Row, read_table

PLAN_COLUMNS = (
    Column(
        "building",
        gettext_lazy("Building code"),
        aliases=("楼栋代码", "楼栋编码"),
        needed=True,
        as_text=True,
        width=20,
        example="5301990010010003",
    ),
    Column("address", gettext_lazy("Address"), aliases=("地址", "楼栋地址"), width=28, example="幸福里3号楼"),
    Column("estate", gettext_lazy("Estate"), aliases=("小区",), example="幸福里"),
    Column("households", gettext_lazy("Households"), aliases=("户数",), example="48"),
    Column(
        "grid",
        gettext_lazy("Grid"),
        aliases=("网格", "网格编码"),
        needed=True,
        as_text=True,
        hint=gettext_lazy("its code, or any name that the buildings of one grid share"),
        width=20,
        example="530199001001003",
    ),
)
LONGEST_GRID = 40


@dataclass
class PlanTable:
    """{building: grid} of a table, and what is wrong in it."""

    assignment: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_plan(source: Path | str | IO[bytes]) -> PlanTable:
    """Read every row; a building in no grid, or in two, is a finding.

    Raises:
        Invalid: for a file that cannot be read as a table.
    """
    found = PlanTable()
    with read_table(source, PLAN_COLUMNS) as table:
        for row in table.rows:
            _take(row, found.assignment)
            found.findings += row.findings
    return found


def _take(row: Row, assignment: dict[str, str]) -> None:
    building, grid = row.code("building"), row.text("grid", most=LONGEST_GRID)
    if fault_in(building) or len(building) != Level.BUILDING:
        row.blame("building", _("The code of a building has 16 digits."))
        return
    if not grid:
        return
    before = assignment.setdefault(building, grid)
    if before != grid:
        words = {"one": before, "other": grid}
        row.blame("grid", _("This building is in two grids, %(one)s and %(other)s.") % words)

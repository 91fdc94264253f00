"""A spreadsheet of bodies, read into bodies to found; a roster of persons is turned away."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.algorithms.chinese_text import find_personal
from jinlin.algorithms.chinese_text.personal import PersonalKind
from jinlin.organisations.models import Body
from jinlin.organisations.rules.founding import NewBody
from jinlin.platform.errors import Invalid
from jinlin.platform.spreadsheets import Column, Finding, Row, read_table
from jinlin.playbooks.schema import Playbook
from jinlin.territory.models import Place, Zone

COLUMNS = (
    Column("kind", gettext_lazy("Kind of body"), ("类别", "组织类别"), needed=True, example="小区党支部"),
    Column(
        "name", gettext_lazy("Name of the body"), ("名称", "组织名称"), needed=True, example="幸福里党支部", width=28
    ),
    Column(
        "place",
        gettext_lazy("Place"),
        ("位置", "地点", "所在地"),
        needed=True,
        hint=gettext_lazy("Code of the place, number of the estate or grid, or its name."),
        example="幸福里",
        as_text=True,
        width=24,
    ),
    Column("parent", gettext_lazy("Stands under"), ("上级", "上级组织"), width=24),
    Column("joint", gettext_lazy("Set up jointly"), ("联合组建",)),
    Column(
        "covers",
        gettext_lazy("Looks after"),
        ("覆盖",),
        hint=gettext_lazy("For a body set up jointly: the numbers of its estates or grids, with 、 between them."),
        as_text=True,
        width=28,
    ),
    Column("phone", gettext_lazy("Telephone"), ("电话", "联系电话"), as_text=True),
    Column("office", gettext_lazy("Office and hours"), ("办公地点", "办公地点和时间"), width=28),
    Column("head_count", gettext_lazy("Number of people"), ("人数",)),
    Column("founded_on", gettext_lazy("Founded on"), ("成立日期",)),
)
ROSTER = re.compile(r"身份证|证件号|公民身份|identity|id\s*(number|card|no)", re.IGNORECASE)
BETWEEN = re.compile(r"[、,，;；\s]+")


@dataclass
class Lines:
    """What was read: the bodies with the number of their row, and the findings."""

    bodies: list[tuple[int, NewBody]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    rows: int = 0


def read_bodies(source: Path | str | IO[bytes], playbook: Playbook, areas: Iterable[str]) -> Lines:
    """Read a spreadsheet of bodies; places and parents are looked for in `areas`.

    Raises:
        Invalid: for no table at all, and for a roster of persons: a column of identity numbers is never taken in.
    """
    lines, known = Lines(), Known(playbook, areas)
    with read_table(source, COLUMNS) as table:
        refuse_roster(table.header.cells)
        lines.headers = dict(table.header.texts)
        for row in table.rows:
            lines.rows += 1
            body = known.read(row)
            if body is not None and not row.findings:
                lines.bodies.append((row.number, body))
            lines.findings += row.findings
    return lines


def refuse_roster(headers: Iterable[str]) -> None:
    """Refuse a file with a column of identity numbers.

    Raises:
        Invalid.
    """
    for header in headers:
        if ROSTER.search(header):
            raise Invalid(
                _("The column “%(header)s” lists persons; this register keeps teams, never their members.")
                % {"header": header},
                remedy=_("Take the column out, and enter the number of people."),
            )


class Known:
    """The kinds, places and bodies by which a row is understood."""

    def __init__(self, playbook: Playbook, areas: Iterable[str]) -> None:
        self.kinds = {row.kind: row for row in playbook.body}
        self.by_name = {name: row.kind for row in playbook.body for name in (row.kind, row.short_name, row.name_en)}
        self.areas = tuple(areas)
        zones = [
            zone for zone in Zone.objects.filter(valid_to__isnull=True) if zone.community_code.startswith(self.areas)
        ]
        self.labels = {zone.label: zone for zone in zones}
        self.names: dict[tuple[str, str], list[Zone]] = {}
        for zone in zones:
            self.names.setdefault((zone.kind, zone.name), []).append(zone)
        running = Body.objects.filter(ended_on__isnull=True).order_by("pk")
        self.bodies = {body.name: body for body in running if body.place_code.startswith(self.areas)}

    def read(self, row: Row) -> NewBody | None:
        """Return the body of a row; None after a finding."""
        kind = self.kinds.get(self.by_name.get(row.text("kind"), ""))
        if kind is None:
            row.blame("kind", _("This place's work method has no such body."))
            return None
        for name in ("name", "phone", "office"):
            found = find_personal(row.text(name))
            if any(finding.kind == PersonalKind.IDENTITY_NUMBER for finding in found):
                row.blame(name, _("An identity number does not belong here."))
        code, zone = self._place(row, kind.level)
        parent = self.bodies.get(row.text("parent"))
        if row.text("parent") and parent is None:
            row.blame("parent", _("There is no such body."))
        joint = row.yes_no("joint")
        return NewBody(
            kind.kind,
            row.text("name", most=64),
            code,
            zone=None if joint else zone,
            parent=parent,
            phone=row.text("phone", most=32),
            office=row.text("office", most=120),
            joint=joint,
            head_count=row.whole("head_count"),
            outside=kind.outside,
            founded_on=row.day("founded_on"),
            covers=tuple(part for part in BETWEEN.split(row.text("covers")) if part),
        )

    def _place(self, row: Row, level: str) -> tuple[str, Zone | None]:
        text = row.text("place")
        zones = [self.labels[text]] if text in self.labels else self.names.get((level, text), [])
        if len(zones) == 1:
            return zones[0].community_code, zones[0]
        if len(zones) > 1:
            row.blame("place", _("Several places have this name; write the number."))
            return text, None
        place = Place.objects.filter(valid_to__isnull=True, address=text).first() if not text.isdecimal() else None
        if place is None and not text.isdecimal():
            row.blame("place", _("There is no such place."))
        return place.code if place else text, None

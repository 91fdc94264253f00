"""Reads spreadsheets of volunteering row by row: posts, offers and needs, reports of units, services with hours."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, Generic, TypeVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.platform.spreadsheets import Column, Finding, Row, read_table
from jinlin.volunteering.models import Posting
from jinlin.volunteering.times import Window, windows_of

LONGEST_NAME = 128
MOST_NUMBER = 2**31 - 1
_SPLIT = re.compile(r"[、,，;；]")
Source = Path | str | IO[bytes]


def posting_columns(kind: Posting.Kind) -> Sequence[Column]:
    """Return the columns of a list of postings; an offer says at which hours, if only that any time will do."""
    is_offer = kind == Posting.Kind.OFFER
    hours = _("such as 周六9-12，周日14-17; write 随时 for any time")
    return (
        Column("category", pgettext_lazy("posting", "Kind"), ("类别", "类型", "岗位类别"), needed=True),
        Column("title", _("What is it"), ("岗位", "资源", "需求", "名称", "内容"), needed=True, width=30),
        Column("body", _("For which body"), ("单位", "组织", "发布单位"), needed=True, width=24),
        Column(
            "place", _("Community"), ("社区", "社区编码"), needed=True, hint=_("its name or its code"), as_text=True
        ),
        Column("zone", _("Grid or estate"), ("网格", "小区"), hint=_("its name or its label; may stay empty")),
        Column("places", pgettext_lazy("posting", "How many"), ("数量", "名额", "人数"), needed=True, example="2"),
        Column("skills", _("Skills"), ("技能", "要求"), hint=_("several with a comma between them")),
        Column("windows", _("Times"), ("时间", "时段"), needed=is_offer, hint=hours, example="周六9-12", width=24),
        Column("first_day", _("First day"), ("起始日期", "开始日期"), example="2026-05-08"),
        Column("last_day", _("Last day"), ("截止日期", "结束日期"), example="2026-12-31"),
        Column("text", _("More about it"), ("说明", "备注"), hint=_("no names, no telephone numbers"), width=40),
    )


REPORT_COLUMNS = (
    Column("unit", _("Unit"), ("单位", "单位名称"), needed=True, width=28),
    Column("place", _("Community"), ("社区", "社区编码"), needed=True, hint=_("its name or its code"), as_text=True),
    Column(
        "stage", _("What it is"), ("类型", "事项"), hint=_("报到 or 报告; 报到 where it stays empty"), example="报到"
    ),
    Column("reported_on", _("Day"), ("日期", "报到日期"), hint=_("today, where it stays empty"), example="2026-05-08"),
    Column("words", _("Remark"), ("备注", "说明"), hint=_("no names, no telephone numbers"), width=40),
)
SERVICE_COLUMNS = (
    Column("number", _("Number of the service"), ("编号", "序号", "服务编号"), needed=True, as_text=True),
    Column("day", _("Day"), ("日期", "服务日期"), needed=True, example="2026-05-08"),
    Column("minutes", _("Minutes"), ("分钟", "时长", "服务时长"), needed=True, example="90"),
    Column("solved", _("Problem solved"), ("解决问题", "问题"), hint=_("if it settled one; no names"), width=40),
)


@dataclass(frozen=True)
class PostingLine:
    """What one row of a list of postings says, names as they are written; `row` is the file's own number."""

    row: int
    category: str
    title: str
    body: str
    place: str
    zone: str
    places: int
    skills: Sequence[str]
    windows: Sequence[Window]
    first_day: date | None
    last_day: date | None
    text: str


@dataclass(frozen=True)
class ReportLine:
    """What one row of a list of units' reports says."""

    row: int
    unit: str
    place: str
    stage: str
    reported_on: date | None
    words: str


@dataclass(frozen=True)
class ServiceLine:
    """What one row of a sheet of services says: which pairing was served, on which day and for how long."""

    row: int
    number: int
    day: date | None
    minutes: int
    solved: str


Line = TypeVar("Line", PostingLine, ReportLine, ServiceLine)


@dataclass
class Lines(Generic[Line]):
    """All rows of a table that can be read, and what is wrong in the others."""

    columns: Sequence[Column]
    lines: list[Line] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    headers: Mapping[str, str] = field(default_factory=dict)

    def finding(self, line: Line, name: str, why: object) -> Finding:
        """Return a finding about a field of a line, under the header that the file has, else the template."""
        label = next((str(column.label) for column in self.columns if column.name == name), name)
        return Finding(line.row, self.headers.get(name, label), str(why))


def read_postings(source: Source, kind: Posting.Kind) -> Lines[PostingLine]:
    """Read a list of posts, offers or needs.

    Raises:
        Invalid: for a file that cannot be read as a table.
    """
    return _read(source, posting_columns(kind), _posting)


def read_reports(source: Source) -> Lines[ReportLine]:
    """Read a list of reports of units. Raises as `read_postings`."""
    return _read(source, REPORT_COLUMNS, _report)


def read_services(source: Source) -> Lines[ServiceLine]:
    """Read a sheet of services with hours. Raises as `read_postings`."""
    return _read(source, SERVICE_COLUMNS, _service)


def _read(source: Source, columns: Sequence[Column], line_of: Callable[[Row], Line]) -> Lines[Line]:
    found: Lines[Line] = Lines(columns)
    with read_table(source, columns) as table:
        found.headers = table.header.texts
        for row in table.rows:
            line = line_of(row)
            if row.findings:
                found.findings += row.findings
            else:
                found.lines.append(line)
    return found


def _posting(row: Row) -> PostingLine:
    return PostingLine(
        row=row.number,
        category=row.text("category", most=LONGEST_NAME),
        title=row.text("title", most=80),
        body=row.text("body", most=LONGEST_NAME),
        place=row.text("place", most=LONGEST_NAME),
        zone=row.text("zone", most=LONGEST_NAME),
        places=_number(row, "places"),
        skills=[word.strip() for word in _SPLIT.split(row.text("skills", most=500)) if word.strip()],
        windows=_windows(row),
        first_day=row.day("first_day"),
        last_day=row.day("last_day"),
        text=row.text("text", most=500),
    )


def _report(row: Row) -> ReportLine:
    return ReportLine(
        row=row.number,
        unit=row.text("unit", most=LONGEST_NAME),
        place=row.text("place", most=LONGEST_NAME),
        stage=row.text("stage", most=32),
        reported_on=row.day("reported_on"),
        words=row.text("words", most=300),
    )


def _service(row: Row) -> ServiceLine:
    return ServiceLine(
        row=row.number,
        number=_number(row, "number", most=2**63 - 1),
        day=row.day("day"),
        minutes=_number(row, "minutes"),
        solved=row.text("solved", most=120),
    )


def _number(row: Row, name: str, most: int = MOST_NUMBER) -> int:
    number = row.whole(name)
    if number is not None and not 0 <= number <= most:
        row.blame(name, _("This number cannot be; 0 or more is expected."))
    return number or 0


def _windows(row: Row) -> Sequence[Window]:
    text = row.text("windows", most=500)
    try:
        return windows_of(text) if text else []
    except ValueError as error:
        row.blame("windows", str(error))
        return []

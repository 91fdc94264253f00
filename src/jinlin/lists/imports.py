"""Reads spreadsheets of items row by row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.platform.spreadsheets import Column, Finding, Row, read_table

COLUMNS = (
    Column("title", _("What it is about"), ("问题", "需求", "项目", "事项", "内容", "名称"), needed=True, width=30),
    Column("words", _("More about it"), ("说明", "备注", "详细情况"), hint=_("no names, no telephone numbers"), width=40),
    Column("source", pgettext_lazy("item", "Source"), ("来源",), hint=_("居民 or 政府; 居民 where it stays empty"),
           example="居民"),
    Column("answers", pgettext_lazy("item", "Answers"), ("对应需求", "对应问题", "对应"),
           hint=_("ids of the items that it answers, with a comma between them"), as_text=True),
)  # fmt: skip
Source = Path | str | IO[bytes]


@dataclass(frozen=True)
class ItemLine:
    """What one row says; `row` is the file's own number."""

    row: int
    title: str
    words: str
    source: str
    answers: str


@dataclass
class Lines:
    """All rows that can be read, and what is wrong in the others."""

    lines: list[ItemLine] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    headers: Mapping[str, str] = field(default_factory=dict)

    def finding(self, line: ItemLine, name: str, why: object) -> Finding:
        """Return a finding about a field of a line, under the header that the file has, else the template."""
        label = next((str(column.label) for column in COLUMNS if column.name == name), name)
        return Finding(line.row, self.headers.get(name, label), str(why))


def read_items(source: Source) -> Lines:
    """Read a sheet of items. Raises: Invalid, for a file that cannot be read as a table."""
    found = Lines()
    with read_table(source, COLUMNS) as table:
        found.headers = table.header.texts
        for row in table.rows:
            line = _line(row)
            if row.findings:
                found.findings += row.findings
            else:
                found.lines.append(line)
    return found


def _line(row: Row) -> ItemLine:
    return ItemLine(
        row=row.number,
        title=row.text("title", most=80),
        words=row.text("words", most=500),
        source=row.text("source", most=20),
        answers=row.text("answers", most=500),
    )

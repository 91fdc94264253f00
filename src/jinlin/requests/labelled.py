"""Reads labelled messages from spreadsheets with headers of any kind, for training triage and for measuring it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from jinlin.platform.errors import Invalid
from jinlin.platform.spreadsheets import Column, Finding, Row, read_table

MOST_FINDINGS = 100
MOST_SHOWN = 5
ADVANCE_EVERY = 500


@dataclass
class Labelled:
    """Texts, each with its label and its row in the file; `passed_over` counts the rows that have no text or no label."""

    texts: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    passed_over: int = 0
    rows: list[int] = field(default_factory=list)

    def take(self, text: str, label: str, row: int) -> None:
        """Add a row."""
        if text and label:
            self.texts.append(text)
            self.labels.append(label)
            self.rows.append(row)
        else:
            self.passed_over += 1


def read_labelled(
    path: Path,
    text_columns: Sequence[str],
    label_column: str,
    advance: Callable[[int], None] = lambda rows: None,
) -> Labelled:
    """Return the labelled messages of a CSV, CSV.gz or XLSX file; the text columns of a row are joined by a blank.

    Raises:
        Invalid: for a file that is no table, lacks one of the columns, has cells that cannot be read, or no labelled row.
        OSError: when the file cannot be opened.
    """
    fields = _fields(text_columns, label_column)
    columns = [Column(name, header) for header, name in fields.items()]
    read, findings = Labelled(), []
    with read_table(path, columns, mapping=fields) as table:
        for count, row in enumerate(table.rows, start=1):
            read.take(_joined(row, len(fields) - 1), row.text("label"), row.number)
            findings += row.findings
            if len(findings) > MOST_FINDINGS:
                break
            if count % ADVANCE_EVERY == 0:
                advance(ADVANCE_EVERY)
    _refuse(findings)
    if not read.texts:
        raise Invalid(
            _("No row of the file has both a text and a label."), remedy=_("Fill the columns that were named.")
        )
    return read


def _fields(text_columns: Sequence[str], label_column: str) -> dict[str, str]:
    """Return {header: field}.

    Raises:
        Invalid: when the label would be read out of the text.
    """
    texts = dict.fromkeys(header.strip() for header in text_columns)
    if label_column.strip() in texts:
        raise Invalid(
            _("The column “%(column)s” cannot be text and label at once.") % {"column": label_column},
            remedy=_("Name the column that holds the category of each message as the label."),
        )
    return {header: f"text{number}" for number, header in enumerate(texts)} | {label_column.strip(): "label"}


def _joined(row: Row, columns: int) -> str:
    return " ".join(text for number in range(columns) if (text := row.text(f"text{number}")))


def _refuse(findings: Sequence[Finding]) -> None:
    if findings:
        raise Invalid(
            "; ".join(
                _("row %(row)s, %(column)s: %(why)s") % {"row": found.row, "column": found.column, "why": found.why}
                for found in findings[:MOST_SHOWN]
            ),
            remedy=_("Correct these cells and start again."),
        )

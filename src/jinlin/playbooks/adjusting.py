"""Which numbers and lists of a playbook a place may set for itself, and the playbook with such values in place.

A value is named by a path `table:row:column`: the table, the row by what tells it apart, and the column, such as
`post:grid_member:needed` or `clock:final,H110,:amount`; single tables and values leave the other parts empty.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import TypeAdapter, ValidationError

from jinlin.playbooks.checks import playbook_problems
from jinlin.playbooks.checks.problems import said
from jinlin.playbooks.describing import fault
from jinlin.playbooks.merging import KEYS
from jinlin.playbooks.schema import Playbook, Row

COLUMNS = {
    "": ("warning_share",),
    "grid_size": ("households", "tolerance"),
    "norms": (
        "visits_a_week_least",
        "visits_a_week_most",
        "vacancy_alert_days",
        "unit_reports_active_days",
        "committee_member_share_least",
        "wish_check_days",
        "wish_claim_days",
        "wish_cost_most_fen",
        "wishes_claimed_most",
        "wishes_open_most",
        "pairs_most",
        "pair_days_most",
        "call_back_attempts",
        "statements_most",
        "statements_a_sitting",
    ),
    "item_list": ("claim_days",),
    "ballot": ("days_least", "days_most", "least_shown"),
    "notice": ("least_days",),
    "convention": ("comment_days",),
    "clock": ("amount",),
    "post": ("seats", "needed", "per_10000_residents", "term_years"),
    "filing": ("days",),
    "entitlement": ("amount_fen",),
    "grid_duty": ("every_days",),
    "rating": ("rating_days",),
    "hot_rule": ("threshold", "days"),
    "slot": ("count", "filled"),
}
SHARES = frozenset({"warning_share", "tolerance", "committee_member_share_least"})
LISTS = frozenset({"filled"})
MONEY = frozenset({"amount_fen", "wish_cost_most_fen"})


class NotAdjustable(Exception):
    """A value cannot be set: `what` says why, `remedy` what to do."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(said(what, remedy))
        self.what, self.remedy = what, remedy


@dataclass(frozen=True)
class Adjustable:
    """A value that a place may set: where it stands, the row that it belongs to, and what it is."""

    path: str
    table: str
    row: Row
    column: str

    @property
    def value(self) -> Any:
        return getattr(self.row, self.column)


def adjustables(playbook: Playbook) -> Iterator[Adjustable]:
    """Give every value of a playbook that a place may set for itself, in the order of the tables above."""
    for table, columns in COLUMNS.items():
        for row in _rows(playbook, table):
            key = row_key(table, row)
            yield from (Adjustable(f"{table}:{key}:{column}", table, row, column) for column in columns)


def adjustable(playbook: Playbook, path: str) -> Adjustable | None:
    """Return the value at a path; None for one that a place may not set, or that the playbook does not have."""
    return next((found for found in adjustables(playbook) if found.path == path), None)


def adjusted(playbook: Playbook, values: Mapping[str, Any]) -> Playbook:
    """Return the playbook with these values in place of its own, sound as a whole.

    Raises:
        NotAdjustable: for a path that a place may not set, a value that the column does not take, or one that does not fit
            the rest of the playbook.
    """
    for path, value in values.items():
        playbook = _with(playbook, path, value)
    for _path, what, remedy in playbook_problems(playbook):
        raise NotAdjustable(what, remedy)
    return playbook


def row_key(table: str, row: Row) -> str:
    """What tells a row apart from the others of its table, as a path names it; empty for a single table."""
    columns = () if table in SINGLE else KEYS.get(table, ("key",))
    return ",".join(str(getattr(row, column) or "") for column in columns)


SINGLE = frozenset({"", "grid_size", "norms"})


def _rows(playbook: Playbook, table: str) -> tuple[Row, ...]:
    if not table:
        return (playbook,)
    held = getattr(playbook, table)
    return (held,) if table in SINGLE else held


def _with(playbook: Playbook, path: str, value: Any) -> Playbook:
    found = adjustable(playbook, path)
    if found is None:
        what = _("this work method has no value “%(path)s” that a place sets") % {"path": path}
        raise NotAdjustable(what, _("Choose one from the list."))
    row = _changed(found.row, found.column, value)
    if isinstance(row, Playbook):
        return row
    rows = tuple(row if old is found.row else old for old in _rows(playbook, found.table))
    return playbook.model_copy(update={found.table: row if found.table in SINGLE else rows})


def _changed(row: Row, column: str, value: Any) -> Row:
    field = type(row).model_fields[column]
    judge = TypeAdapter(Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation)
    try:
        return row.model_copy(update={column: judge.validate_python(value)})
    except ValidationError as error:
        remedy = _("The value is %(value)s; write another one.") % {"value": value}
        raise NotAdjustable(fault(column, error.errors()[0]), remedy) from error

"""Answers and call-backs that go back to the system which handed requests over: its own numbers, in its own layout."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.platform.errors import Invalid
from jinlin.platform.spreadsheets import (
    Column,
    fields_by_header,
    headers_of,
    read_table,
    write_csv,
    write_workbook,
)
from jinlin.requests.imports import COLUMNS as IMPORT_COLUMNS
from jinlin.requests.models import Rating, Request, Step
from jinlin.requests.states import State, Verb

AT_ONCE = 500
ANSWERING = {Verb.DECLINE, Verb.HANDLE, Verb.SETTLE, Verb.IMPORT}
"""Steps whose words answer the person who raised it."""
NUMBER = "external_id"
JUDGED = ("at", "responded", "solved", "satisfied", "comment")
TAKEN_OVER = {NUMBER, "state", "reply", "replied_at", "transfers"}
COLUMNS = [
    *(column for column in IMPORT_COLUMNS if column.name in TAKEN_OVER),
    Column("body", gettext_lazy("body"), ("承办单位", "办理单位", "主办单位", "责任单位")),
    Column("called_back_at", gettext_lazy("judged"), ("回访时间", "评价时间")),
    Column("responded", gettext_lazy("got in touch"), ("是否联系", "是否响应", "是否联系诉求人", "响应情况")),
    Column("solved", gettext_lazy("solved or not"), ("是否解决", "解决情况", "诉求是否解决")),
    Column("satisfied", gettext_lazy("satisfied or not"), ("是否满意", "满意度", "满意情况", "满意度评价")),
    Column("comment", gettext_lazy("words at the call-back"), ("回访意见", "回访内容", "回访情况", "评价意见")),
]
"""What can be told of a request, with the headers under which hotlines ask for it."""
Answer = Mapping[str, Any]


@dataclass(frozen=True)
class Layout:
    """The headers of a file that goes back, which of them hold what, and the rows that are to be filled in.

    Without rows every request of the source gets one.
    """

    headers: Sequence[str]
    fields: Mapping[str, str]
    rows: Sequence[Mapping[str, str]] = ()


@dataclass(frozen=True)
class Written:
    """How many rows a file has, how many of them were answered, and the numbers that nobody here knows."""

    rows: int
    answered: int
    unknown: list[str]


def own_layout() -> Layout:
    """Return the layout for systems that ask for none: all that can be told, under headers that an import knows."""
    headers = [str(column.label) for column in COLUMNS]
    return Layout(headers, dict(zip((column.name for column in COLUMNS), headers, strict=True)))


def layout_of_file(path: Path, by_hand: Mapping[str, str]) -> Layout:
    """Return the layout of a file that the other system handed over; `by_hand` is {header: field}.

    Raises:
        Invalid: for a file that cannot be read, without a column for the number, and for fields and headers that are not there.
    """
    headers = headers_of(path)
    fields = fields_by_header(headers, COLUMNS) | {name: header for header, name in _checked(by_hand, headers).items()}
    if NUMBER not in fields:
        raise Invalid(
            _("No column of the layout holds the number: %(headers)s.") % {"headers": "、".join(headers)},
            remedy=_("Name it with --map, such as 工单编号=external_id."),
        )
    with read_table(path, [Column(header, header) for header in headers]) as table:
        rows = [row.values for row in table.rows]
    return Layout(headers, fields, rows)


def _checked(by_hand: Mapping[str, str], headers: Sequence[str]) -> Mapping[str, str]:
    known = {column.name for column in COLUMNS}
    wrong = [f"{header}={name}" for header, name in by_hand.items() if header not in headers or name not in known]
    if wrong:
        words = {"wrong": "、".join(wrong), "known": "、".join(sorted(known))}
        raise Invalid(_("%(wrong)s: there is no such column, or no such field; fields are %(known)s.") % words)
    return by_hand


def write_answers(target: IO[bytes], requests: QuerySet[Request], kind: str, layout: Layout) -> Written:
    """Write the answers of `requests`, which came from one source, as `csv` or `xlsx` in a layout."""
    answers = {answer[NUMBER]: answer for answer in _answers(requests, layout)}
    rows = layout.rows or [{layout.fields[NUMBER]: number} for number in answers]
    numbers = [row.get(layout.fields[NUMBER], "") for row in rows]
    lines = (_filled(row, answers.get(number), layout) for row, number in zip(rows, numbers, strict=True))
    if kind == "csv":
        write_csv(target, layout.headers, lines)
    else:
        write_workbook(target, layout.headers, lines, sheet=_("Answers"))
    unknown = [number for number in numbers if number not in answers]
    return Written(len(rows), len(rows) - len(unknown), unknown)


def _filled(row: Mapping[str, str], answer: Answer | None, layout: Layout) -> list[Any]:
    """Return a row with what is known put into its columns; everything else stays as it came."""
    told = {layout.fields[name]: value for name, value in (answer or {}).items() if name in layout.fields}
    return [told[header] if told.get(header) not in (None, "") else row.get(header, "") for header in layout.headers]


def _answers(requests: QuerySet[Request], layout: Layout) -> Iterator[Answer]:
    words = Step.objects.filter(request=OuterRef("pk"), verb__in=ANSWERING).exclude(note="").order_by("-number")
    ratings = Rating.objects.filter(request=OuterRef("pk"), newest=True, valid=True)
    rows = requests.annotate(
        reply=Subquery(words.values("note")[:1]),
        replied_at=Subquery(words.values("at")[:1]),
        **{
            f"rating_{name}": Subquery(ratings.values(name)[:1])
            for name in ("at", "responded", "solved", "satisfied", "comment")
        },
    )
    if layout.rows:
        rows = rows.filter(external_id__in=[row.get(layout.fields[NUMBER], "") for row in layout.rows])
    for row in rows.select_related("body").defer("text", "search", "labels").order_by(NUMBER).iterator(AT_ONCE):
        yield _answer(row)


def _answer(row: Any) -> Answer:
    responded = {True: _("yes"), False: _("no")}
    return {
        NUMBER: row.external_id,
        "state": str(State(row.state).label),
        "reply": row.reply,
        "replied_at": row.replied_at,
        "transfers": row.transfers,
        "body": row.body.name,
        "called_back_at": row.rating_at,
        "responded": responded.get(row.rating_responded, ""),
        "solved": str(dict(Rating.Solved.choices).get(row.rating_solved, "")),
        "satisfied": str(dict(Rating.Satisfied.choices).get(row.rating_satisfied, "")),
        "comment": row.rating_comment,
    }

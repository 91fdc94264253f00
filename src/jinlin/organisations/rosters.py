"""Rosters as spreadsheets: which columns they have, what a row means, what is wrong in it, and how the whole is taken in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.algorithms.duty_hours import EXAMPLE, Span, UnreadableHours, read_hours
from jinlin.algorithms.place_codes import fault_in
from jinlin.organisations import rules
from jinlin.organisations.actions import NewAppointment, appoint_all, check_roster
from jinlin.organisations.models import Appointment, Body
from jinlin.organisations.queries.desk import PostRow
from jinlin.people.actions import persons_behind
from jinlin.people.models import Person
from jinlin.people.phones import clean_phone
from jinlin.people.queries import known_by_phone
from jinlin.platform.access import Actor
from jinlin.platform.errors import Invalid, Words
from jinlin.platform.spreadsheets import Column, Finding, Row, read_table
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import Playbook, Post
from jinlin.territory.models import Zone

PURPOSE = "roster"
COLUMNS = (
    Column("post", gettext_lazy("Post"), ("岗位", "职务"), needed=True, example="网格员"),
    Column(
        "body",
        gettext_lazy("Body"),
        ("组织", "单位", "所在组织"),
        needed=True,
        hint=gettext_lazy("The name of the body, as the platform has it."),
        example="虹山社区居民委员会",
        width=28,
    ),
    Column("name", gettext_lazy("Name"), ("姓名",), needed=True, example="王芳"),
    Column(
        "phone",
        gettext_lazy("Telephone number"),
        ("手机", "电话", "手机号", "联系电话"),
        needed=True,
        hint=gettext_lazy("By it the person is found, and answers where they are asked."),
        example="13800138000",
        as_text=True,
    ),
    Column(
        "part",
        gettext_lazy("Only for a part"),
        ("范围", "网格编号", "负责范围"),
        hint=gettext_lazy(
            "Number of a grid, estate or neighbour area, or code of a building; empty: all of the body's area."
        ),
        example="530199001001001",
        as_text=True,
        width=24,
    ),
    Column("origin", gettext_lazy("Where the holder comes from"), ("来源", "人员来源"), example="党员中心户"),
    Column("term_from", gettext_lazy("First day"), ("任期开始", "起始日期"), needed=True, example="2026-05-08"),
    Column("term_to", gettext_lazy("Last day"), ("任期结束", "结束日期"), example="2029-05-07"),
    Column("hours", gettext_lazy("Hours of duty"), ("值班时间",), example=EXAMPLE, width=24),
    Column("source", gettext_lazy("Document"), ("文号", "依据"), example="虹街发〔2026〕8号", width=20),
)
FIELDS = {"person": "phone", "scope": "part", "zone": "part"}
"""Which column says what an action calls by another name."""


@dataclass(frozen=True)
class Line:
    """A row of a roster that can be understood: everything but who the person is in the database."""

    number: int
    name: str
    phone: str
    new: NewAppointment
    role: str


@dataclass
class Roster:
    """A roster that was read: its lines, how many are there already, and everything that is wrong."""

    rows: int = 0
    lines: list[Line] = field(default_factory=list)
    repeated: int = 0
    findings: list[Finding] = field(default_factory=list)
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are, how many would be given, and how many are there already."""
        return {"rows": self.rows, "new": len(self.lines), "repeated": self.repeated}

    def blame(self, number: int, name: str, why: Words) -> None:
        """Add a finding about a column of a row."""
        self.findings.append(Finding(number, self.headers.get(name, name), str(why)))


def cells_of(row: PostRow) -> list[Any]:
    """Return a post as the columns have it."""
    one = row.appointment
    part = one.zone.label if one.zone_id and one.zone_id != one.body.zone_id else ""
    if not part and one.place_code != one.body.place_code:
        part = one.place_code
    return [
        one.post,
        one.body.name,
        one.person.name,
        one.person.phone,
        part,
        row.origin,
        one.term_from,
        one.term_to,
        row.hours,
        one.source,
    ]


def read_roster(actor: Actor, source: Path | str | IO[bytes]) -> Roster:
    """Read a roster and try it against every rule; nothing is written.

    Raises:
        Invalid: for what is no table with these columns.
    """
    reader = _Reader(actor, current_playbook())
    with read_table(source, COLUMNS) as table:
        reader.roster.headers = table.header.texts
        for row in table.rows:
            reader.take(row)
    return reader.checked()


def take_in(*, actor: Actor, source: Path | str | IO[bytes]) -> Roster:
    """Give all posts of a roster that is in order, and none of one that is not; what was there already stays.

    Raises:
        Invalid: as `read_roster`.
    """
    with transaction.atomic():
        roster = read_roster(actor, source)
        if not roster.findings:
            people = persons_behind(actor=actor, contacts=[(line.phone, line.name) for line in roster.lines])
            named = [_for(line.new, person) for line, person in zip(roster.lines, people, strict=True)]
            appoint_all(actor=actor, roster=named)
    return roster


def _for(new: NewAppointment, person: Person) -> NewAppointment:
    return NewAppointment(**{**vars(new), "person": person})


class _Reader:
    """Reads the rows of one roster with what is known of posts, bodies and zones, loaded once."""

    def __init__(self, actor: Actor, playbook: Playbook) -> None:
        self.actor, self.roster = actor, Roster()
        self.posts = {word: post for post in playbook.post for word in (post.key, post.name_en, post.name)}
        self.bodies: dict[str, list[Body]] = {}
        for body in rules.bodies_kept_by(actor).filter(ended_on__isnull=True):
            self.bodies.setdefault(body.name, []).append(body)
        self.zones: dict[str, Zone | None] = {}

    def take(self, row: Row) -> None:
        """Understand one row, and note what cannot be."""
        self.roster.rows += 1
        post, body, digits = self._post(row), self._body(row), self._phone(row)
        first, last = row.day("term_from"), row.day("term_to")
        place_code, zone = self._part(row)
        hours, origin = _hours(row), self._origin(row, post)
        name, source = row.text("name", most=60), row.text("source", most=120)
        if not row.findings and post and body and first:
            person = Person(name=name, phone=digits)
            new = NewAppointment(
                person, body, post.key, first, last, place_code, zone, origin, source=source, hours=hours
            )
            self.roster.lines.append(Line(row.number, name, digits, new, post.role or ""))
        self.roster.findings += row.findings

    def _post(self, row: Row) -> Post | None:
        post = self.posts.get(row.text("post"))
        if post is None and row.text("post"):
            row.blame("post", _("This place has no such post."))
        return post

    def _body(self, row: Row) -> Body | None:
        found = self.bodies.get(row.text("body"), [])
        if len(found) > 1:
            row.blame("body", _("Several bodies of your area have this name; give the posts one by one."))
        elif not found and row.text("body"):
            row.blame("body", _("There is no body of this name in your area."))
        return found[0] if len(found) == 1 else None

    def _phone(self, row: Row) -> str:
        try:
            return clean_phone(row.text("phone")) if row.text("phone") else ""
        except Invalid as error:
            row.blame("phone", error.fields["phone"])
            return ""

    def _part(self, row: Row) -> tuple[str, Zone | None]:
        text = row.text("part").strip()
        if not text or (fault_in(text) is None and len(text) != 15):
            return text, None
        if text not in self.zones:
            self.zones[text] = Zone.objects.filter(label=text, valid_to__isnull=True).first()
        if self.zones[text] is None:
            row.blame("part", _("There is no grid, estate, neighbour area or building with this number."))
        return "", self.zones[text]

    def _origin(self, row: Row, post: Post | None) -> str:
        text = row.text("origin")
        names = {word: source.key for source in (post.sources if post else ()) for word in (source.key, source.name)}
        return names.get(text, text)

    def checked(self) -> Roster:
        """Find the persons, leave out what is there already, and try the rest against the rules."""
        found = known_by_phone(line.phone for line in self.roster.lines)
        known = [found.get((line.phone, "")) or found.get((line.phone, line.name)) for line in self.roster.lines]
        there = _there(line.new.body.pk for line in self.roster.lines)
        waiting: list[tuple[Line, NewAppointment]] = []
        strangers: dict[tuple[str, str], Person] = {}
        for line, person in zip(self.roster.lines, known, strict=True):
            if person is not None and (person.pk, line.new.body.pk, line.new.key, line.new.term_from) in there:
                self.roster.repeated += 1
                continue
            if line.role and (person is None or person.phone_proved_at is None):
                why = _("This post brings rights: the person has to have an account, or to have proved this number.")
                self.roster.blame(line.number, "phone", why)
            who = person or strangers.setdefault((line.phone, line.name), Person(pk=-1 - len(strangers)))
            waiting.append((line, _for(line.new, who)))
        self._try(waiting)
        return self.roster

    def _try(self, waiting: Sequence[tuple[Line, NewAppointment]]) -> None:
        faults = check_roster(actor=self.actor, roster=[new for _line, new in waiting])
        for (line, _new), wrong in zip(waiting, faults, strict=True):
            for name, why in wrong.items():
                self.roster.blame(line.number, FIELDS.get(name, name), why)
        self.roster.lines = [line for line, _new in waiting]


def _hours(row: Row) -> tuple[Span, ...]:
    try:
        return read_hours(row.text("hours"))
    except UnreadableHours as error:
        words = {"part": error.part, "example": EXAMPLE}
        row.blame("hours", _("“%(part)s” says no hours; write them as %(example)s.") % words)
        return ()


def _there(body_ids: Iterable[int]) -> set[tuple[int, int, str, Any]]:
    """Return (person, body, post, first day) of what was given at these bodies and not declined."""
    rows = Appointment.objects.filter(body_id__in=set(body_ids)).exclude(accepted_on__isnull=True, ended_because__gt="")
    return set(rows.values_list("person_id", "body_id", "key", "term_from"))

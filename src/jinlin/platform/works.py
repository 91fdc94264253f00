"""How apps work for each other's matters without knowing each other: what a matter is, what was done for it, what it becomes.

A matter is named by its subject, such as `request:12`. The app that keeps it describes it; any app that holds a meeting,
posts a notice or takes a vote for it keeps the subject with its own row, tells of that work when asked, and announces when it
has come to an end. Who wants the truth asks `works_for`; `Concluded` only says that it is worth asking again.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from jinlin.platform.access import Actor
from jinlin.platform.errors import Invalid, NotFound

Words = Any
"""A string, or a lazy translation."""


class Purpose(StrEnum):
    """What a work is done for: the kinds of steps that a way of working is made of."""

    OPINION = "opinion"
    DISCUSS = "discuss"
    DECIDE = "decide"
    DISCLOSE = "disclose"
    CARRY_OUT = "carry_out"
    EVALUATE = "evaluate"


class Outcome(StrEnum):
    """How a work ended: it was done, it passed or failed, or an objection to it was upheld."""

    DONE = "done"
    PASSED = "passed"
    FAILED = "failed"
    UPHELD = "upheld"


@dataclass(frozen=True)
class Matter:
    """What others may know of a matter: words fit for those who work on it, its place, where it is read.

    `may_work` says whether the actor who asked may call a meeting for it, post a notice about it and the like; `followers`
    gives the persons who are told about it; `done` says whether it was carried out, so that those concerned can judge it.
    """

    subject: str
    title: str
    text: str
    place_code: str
    url: str
    may_work: bool
    followers: Callable[[], set[int]] = field(default=set[int], compare=False)
    done: bool = True


@dataclass(frozen=True)
class Work:
    """Something that was done, or is being done, for a matter; `outcome` is None while it runs.

    `sides` names the bodies or parties that took part in it, `facts` gives numbers and words to be shown beside it.
    """

    subject: str
    purpose: Purpose
    title: str
    url: str
    begun_at: datetime
    concluded_at: datetime | None = None
    outcome: Outcome | None = None
    sides: frozenset[str] = frozenset()
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Way:
    """A kind of work that can be begun for a matter, and the page to begin it on, which takes the subject as `for`."""

    purpose: Purpose
    kind: str
    label: Words
    path: str


@dataclass(frozen=True)
class Brief:
    """What something new is made from, such as a resolution that becomes a case: words, place, body that owns it, last day.

    `parts` are the sites or pieces that it consists of, where there are several.
    """

    source: str
    title: str
    text: str
    place_code: str
    body_id: int | None = None
    due_on: date | None = None
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Concluded:
    """Announced after commit: a work that was done for `subject` has come to its end."""

    subject: str
    work: str
    outcome: Outcome


@dataclass(frozen=True)
class Answered:
    """Announced after commit: the matter `subject` got an answer in the course of a work, such as a talk."""

    subject: str
    work: str
    text: str
    account_id: int | None


Describe = Callable[[Actor, int], Matter | None]
Tell = Callable[[str], Iterable[Work]]
Make = Callable[[Actor, Brief], str]
_describers: dict[str, Describe] = {}
_tellers: list[Tell] = []
_makers: dict[str, tuple[Words, Make]] = {}
_ways: list[Way] = []


def describes(kind: str) -> Callable[[Describe], Describe]:
    """Register the function that describes matters of one kind, or returns None where the actor may not know of one."""

    def register(function: Describe) -> Describe:
        _describers[kind] = function
        return function

    return register


def tells_works(function: Tell) -> Tell:
    """Register a function that tells the works that its app has done for a subject."""
    _tellers.append(function)
    return function


def makes(kind: str, label: Words) -> Callable[[Make], Make]:
    """Register the action that makes a thing of one kind from a brief and returns its subject; it runs in the transaction."""

    def register(function: Make) -> Make:
        _makers[kind] = (label, function)
        return function

    return register


def offer_way(way: Way) -> None:
    """Register a kind of work that can be begun for matters."""
    _ways.append(way)


def split_subject(subject: str) -> tuple[str, int]:
    """Return the kind and the id that a subject is made of.

    Raises:
        NotFound: it is not a subject.
    """
    kind, separator, number = subject.partition(":")
    if not kind or not separator or not number.isascii() or not number.isdigit() or len(number) > 18:
        raise NotFound
    return kind, int(number)


def matter_of(actor: Actor, subject: str) -> Matter:
    """Return what the actor may know of a matter.

    Raises:
        NotFound: there is none, or the actor may not know of it.
    """
    kind, row_id = split_subject(subject)
    describe = _describers.get(kind)
    matter = describe(actor, row_id) if describe else None
    if matter is None:
        raise NotFound
    return matter


def works_for(subject: str) -> list[Work]:
    """Return every work that any app has done or is doing for a matter, the oldest first."""
    return sorted((work for tell in _tellers for work in tell(subject)), key=lambda work: work.begun_at)


def ways_to(purpose: Purpose) -> list[Way]:
    """Return the kinds of work that can be begun for a purpose, by their name."""
    return sorted((way for way in _ways if way.purpose == purpose), key=lambda way: way.kind)


def kinds_made() -> dict[str, Words]:
    """Return what can be made from a brief: kind → label."""
    return {kind: label for kind, (label, maker) in _makers.items()}


def make(actor: Actor, kind: str, brief: Brief) -> str:
    """Make a thing of one kind from a brief and return its subject; the app that keeps it checks and writes.

    Raises:
        Invalid: nothing of this kind can be made.
    """
    if kind not in _makers:
        raise Invalid(_("Nothing of this kind can be made from it: %(kind)s.") % {"kind": kind})
    return _makers[kind][1](actor, brief)

"""What the groups hold, as it may be told: nothing of groups or figures with fewer than five people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from jinlin.algorithms.opinions import Weighed
from jinlin.opinions.keeping import Kept, from_json
from jinlin.opinions.models import Conversation, Picture, Statement, Vote
from jinlin.opinions.rules import FEWEST
from jinlin.opinions.states import StatementState


@dataclass(frozen=True)
class Figure:
    """How many of a group agree with a statement and disagree, of those who have seen it; None where too few have."""

    agree: int
    disagree: int
    seen: int

    @property
    def told(self) -> bool:
        """Whether enough people have seen it to tell anything."""
        return self.seen >= FEWEST

    @property
    def agree_percent(self) -> int:
        """The share that agrees, in whole percent."""
        return round(100 * self.agree / self.seen) if self.seen else 0

    @property
    def disagree_percent(self) -> int:
        """The share that disagrees, in whole percent."""
        return round(100 * self.disagree / self.seen) if self.seen else 0


@dataclass(frozen=True)
class Said:
    """A statement with the side that leads (1 or -1) and the figure for this side."""

    text: str
    side: int
    figure: Figure


@dataclass(frozen=True)
class Group:
    """An opinion group that may be told: its number from 0, size, place on the map, and what it holds more than others."""

    number: int
    size: int
    x: float
    y: float
    holds: list[Said]


@dataclass(frozen=True)
class Held:
    """What a conversation has brought so far.

    `table` has for each statement its text and the figures of the groups in order, those of all first; `important` counts
    who finds it important, None below five.
    """

    persons: int
    households: int
    slips: int
    votes: int
    statements: int
    groups: list[Group] = field(default_factory=list)
    shared: list[Said] = field(default_factory=list)
    dividing: list[tuple[str, list[Figure]]] = field(default_factory=list)
    table: list[dict[str, Any]] = field(default_factory=list)


def held(conversation: Conversation) -> Held:
    """Return what may be told of a conversation."""
    counted = _counted(conversation)
    picture = Picture.objects.filter(conversation=conversation).first()
    kept = from_json(picture.landscape) if picture else None
    if kept is None or sum(kept.sizes) < FEWEST:
        return counted
    texts = dict(_shown(conversation).values_list("pk", "text"))
    told = _Told(kept, texts)
    return Held(
        counted.persons,
        counted.households,
        counted.slips,
        counted.votes,
        counted.statements,
        told.groups(),
        told.shared(),
        told.dividing(),
        told.table(_important(conversation)),
    )


def _shown(conversation: Conversation) -> Any:
    return Statement.objects.filter(conversation=conversation, state=StatementState.SHOWN)


def _counted(conversation: Conversation) -> Held:
    people = conversation.participants.aggregate(
        persons=Count("pk"), voices=Count("voice", distinct=True), slips=Count("batch")
    )
    slips = people["slips"]
    votes = Vote.objects.filter(participant__conversation=conversation, statement__state=StatementState.SHOWN).count()
    households = people["voices"] - slips
    return Held(people["persons"] - slips, households, slips, votes, _shown(conversation).count())


def _important(conversation: Conversation) -> dict[int, int]:
    rows = Vote.objects.filter(participant__conversation=conversation, important=True)
    return dict(rows.values("statement_id").annotate(count=Count("pk")).values_list("statement_id", "count"))


class _Told:
    """What may be told of a landscape; columns are its statements, of which those shown now have a text."""

    def __init__(self, kept: Kept, texts: dict[int, str]) -> None:
        self.kept, self.texts = kept, texts
        self.numbers = [number for number, size in enumerate(kept.sizes) if size >= FEWEST]
        self.standing = kept.landscape.standing()

    def figure(self, column: int, groups: Iterable[int] | None = None) -> Figure:
        """Return the figure of a statement for some groups, or for everybody in a group that is told."""
        chosen = self.numbers if groups is None else list(groups)
        agree, disagree, seen = self.kept.landscape.counts[:, chosen, column].sum(axis=1).tolist()
        return Figure(agree, disagree, seen)

    def text(self, column: int) -> str:
        """Return the words of a statement, empty where it is no longer shown."""
        return self.texts.get(self.kept.statements[column], "")

    def groups(self) -> list[Group]:
        """Return the groups that are told; none where all think alike."""
        if len(self.numbers) < 2:
            return []
        places = self.kept.landscape.centres
        return [
            Group(
                number,
                self.kept.sizes[number],
                float(places[number, 0]),
                float(places[number, 1]),
                self._said(self.standing.representative[number], [number]),
            )
            for number in self.numbers
        ]

    def shared(self) -> list[Said]:
        """Return what the majority of every group holds."""
        return self._said(self.standing.shared, None)

    def dividing(self) -> list[tuple[str, list[Figure]]]:
        """Return the statements on which groups lie furthest apart, with the figure of each."""
        columns = [column for column in self.standing.dividing if self.text(column)]
        found = [(self.text(column), self.by_group(column)) for column in columns]
        return [(text, figures) for text, figures in found if all(one.told for one in figures)]

    def by_group(self, column: int) -> list[Figure]:
        """Return the figures of the groups that are told."""
        return [self.figure(column, [number]) for number in self.numbers]

    def table(self, important: dict[int, int]) -> list[dict[str, Any]]:
        """Return a row for each statement that is shown, those that most have seen first."""
        rows = []
        for column, statement in enumerate(self.kept.statements):
            if statement in self.texts and self.figure(column).told:
                cared = important.get(statement, 0)
                figures = [self.figure(column), *(self.by_group(column) if len(self.numbers) > 1 else ())]
                rows.append(
                    {
                        "text": self.texts[statement],
                        "figures": figures,
                        "important": cared if cared >= FEWEST else None,
                    }
                )
        return sorted(rows, key=lambda row: -row["figures"][0].seen)

    def _said(self, weighed: list[Weighed], groups: list[int] | None) -> list[Said]:
        found = [Said(self.text(one.statement), one.side, self.figure(one.statement, groups)) for one in weighed]
        return [one for one in found if one.text and one.figure.told]

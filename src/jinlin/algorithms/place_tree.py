"""A tree of units with dates, checked: levels in their order, one parent of a kind at a time, nothing in itself.

A chain names the levels from the top down, such as district, subdistrict, community, estate, building. Of these some may be
left out in a place (a building without an estate lies in its community); the others may not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

MAY_BE_LEFT_OUT = frozenset({"group", "grid", "estate", "courtyard", "neighbours", "entrance"})


@dataclass(frozen=True)
class Unit:
    """A unit's time under a parent; `until` is the first day on which that is over, None while it runs."""

    key: str
    level: str
    parent: str
    since: date
    until: date | None = None


class Reason(StrEnum):
    """Why a line does not fit into the tree."""

    UNKNOWN_LEVEL = "unknown_level"
    NO_PARENT = "no_parent"
    UNKNOWN_PARENT = "unknown_parent"
    IN_ITSELF = "in_itself"
    WRONG_ORDER = "wrong_order"
    LEFT_OUT = "left_out"
    TWO_LEVELS = "two_levels"
    REPEATED = "repeated"
    TWO_PARENTS = "two_parents"
    ENDS_BEFORE = "ends_before"


@dataclass(frozen=True)
class Fault:
    """What is wrong with the unit in line `row` (from 0)."""

    row: int
    reason: Reason
    details: Mapping[str, str] = field(default_factory=dict)


def faults_in_tree(units: Sequence[Unit], chain: Sequence[str], known: Iterable[Unit] = ()) -> list[Fault]:
    """Return what keeps `units` out of a tree in which `known` units stand already, at most one fault for each line.

    `chain` are the levels of the place from the top down.
    """
    tree = _Tree(units, chain, known)
    return [fault for row, unit in enumerate(units) if (fault := tree.fault_of(row, unit))]


class _Tree:
    def __init__(self, units: Sequence[Unit], chain: Sequence[str], known: Iterable[Unit]) -> None:
        self._rank = {level: at for at, level in enumerate(chain)}
        self._chain = chain
        self._level: dict[str, str] = {}
        self._parents: defaultdict[str, set[str]] = defaultdict(set)
        self._seen: defaultdict[str, list[Unit]] = defaultdict(list)
        for unit in known:
            self._note(unit)
            self._seen[unit.key].append(unit)
        for unit in units:
            self._note(unit)

    def _note(self, unit: Unit) -> None:
        self._level.setdefault(unit.key, unit.level)
        if unit.parent:
            self._parents[unit.key].add(unit.parent)

    def fault_of(self, row: int, unit: Unit) -> Fault | None:
        """Return the first fault of a line; a line without any is known to those after it."""
        found = next(self._faults(row, unit), None)
        if found is None:
            self._seen[unit.key].append(unit)
        return found

    def _faults(self, row: int, unit: Unit) -> Iterator[Fault]:
        facts = {"unit": unit.key, "level": unit.level, "parent": unit.parent}
        if unit.level not in self._rank:
            yield Fault(row, Reason.UNKNOWN_LEVEL, facts)
            return
        if self._level[unit.key] != unit.level:
            yield Fault(row, Reason.TWO_LEVELS, {**facts, "other": self._level[unit.key]})
        if unit.until is not None and unit.until < unit.since:
            yield Fault(row, Reason.ENDS_BEFORE, facts)
        if reason := self._against_parent(unit):
            above = self._level.get(unit.parent, "")
            yield Fault(row, reason, {**facts, "above": above, "missing": self._missing(unit.level, above)})
        yield from self._at_one_time(row, unit, facts)

    def _against_parent(self, unit: Unit) -> Reason | None:
        if not unit.parent:
            return Reason.NO_PARENT if self._rank[unit.level] else None
        if unit.parent not in self._level:
            return Reason.UNKNOWN_PARENT
        if self._lies_in(unit.parent, unit.key):
            return Reason.IN_ITSELF
        above = self._level[unit.parent]
        if self._rank.get(above, len(self._rank)) >= self._rank[unit.level]:
            return Reason.WRONG_ORDER
        return Reason.LEFT_OUT if self._missing(unit.level, above) else None

    def _missing(self, level: str, above: str) -> str:
        """Return the first level between the two that may not be left out, or ""."""
        between = self._chain[self._rank.get(above, len(self._rank)) + 1 : self._rank[level]]
        return next((name for name in between if name not in MAY_BE_LEFT_OUT), "")

    def _lies_in(self, key: str, other: str) -> bool:
        """Say whether `key` is `other` or stands below it at any time."""
        reached, waiting = set(), [key]
        while waiting:
            here = waiting.pop()
            if here == other:
                return True
            if here not in reached:
                reached.add(here)
                waiting += self._parents[here]
        return False

    def _at_one_time(self, row: int, unit: Unit, facts: Mapping[str, str]) -> Iterator[Fault]:
        """Yield where the unit stands under another parent of the same level at the same time, or twice under one."""
        for other in self._seen[unit.key]:
            if not _together(unit, other) or self._level.get(other.parent) != self._level.get(unit.parent):
                continue
            reason = Reason.REPEATED if other.parent == unit.parent else Reason.TWO_PARENTS
            yield Fault(row, reason, {**facts, "other": other.parent})


def _together(one: Unit, other: Unit) -> bool:
    """Say whether the two times have a day in common."""
    return (one.until is None or other.since < one.until) and (other.until is None or one.since < other.until)

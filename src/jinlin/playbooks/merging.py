"""Puts a playbook together from the shared files that it takes in and its own, and knows where each row came from.

Files are taken in order, the place's own last. A single value, or a key of a single table, is the last one written. Of the
tables that are read as one sequence, the last file that has one gives the whole. In every other table a row stands for
the rows with the same key in the files before, and in their place; rows with a new key follow.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from jinlin.playbooks.files import Finding, Source
from jinlin.playbooks.lines import Path

SEQUENCES = frozenset({"chain", "working_time", "ladder", "indicators"})
KEYS = {
    "body": ("kind",),
    "kind": ("code",),
    "function": ("code",),
    "channel": ("code",),
    "rating": ("version",),
    "duty": ("task", "category"),
    "clock": ("name", "category", "urgency"),
    "approval": ("kind",),
}
DEFAULTS = {"task": "handle", "category": ""}

Row = tuple[Any, Source, Path]
"""A value with the file and path at which it was written."""


@dataclass
class Merged:
    """What the files say together; `origins` leads from a path of the whole to the file and path that it came from."""

    data: dict[str, Any] = field(default_factory=dict)
    origins: dict[Path, tuple[Source, Path]] = field(default_factory=dict)

    def finding(self, path: Path, what: str, remedy: str) -> Finding:
        """What is wrong at a path of the whole, with the file and line that say it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.origins:
                source, there = self.origins[path[:length]]
                return source.finding((*there, *path[length:]), what, remedy)
        return self.origins[()][0].finding(path, what, remedy)


def merge(sources: list[Source]) -> Merged:
    """Put files together; the last one is the place's own."""
    merged = Merged(origins={(): (sources[-1], ())})
    for name in dict.fromkeys(name for source in sources for name in source.data):
        having = [source for source in sources if name in source.data]
        values = [source.data[name] for source in having]
        if name not in SEQUENCES and all(_is_table(value) for value in values):
            _put_rows(merged, name, _rows_of(name, having))
        elif all(isinstance(value, dict) for value in values):
            _put_keys(merged, name, having)
        else:
            merged.data[name] = values[-1]
            merged.origins[(name,)] = (having[-1], (name,))
    return merged


def _is_table(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def _put_keys(merged: Merged, name: str, sources: list[Source]) -> None:
    merged.data[name] = {}
    merged.origins[(name,)] = (sources[-1], (name,))
    for source in sources:
        merged.data[name] |= source.data[name]
        merged.origins |= {(name, key): (source, (name, key)) for key in source.data[name]}


def _put_rows(merged: Merged, name: str, rows: list[Row]) -> None:
    merged.data[name] = [row for row, _, _ in rows]
    merged.origins |= {(name, index): (source, path) for index, (_, source, path) in enumerate(rows)}
    if rows:
        merged.origins[(name,)] = (rows[-1][1], (name,))


def _rows_of(name: str, sources: list[Source]) -> list[Row]:
    """The rows of a table, those with the same key together; a later file's stand for those of the files before."""
    by_key: dict[Hashable, list[Row]] = {}
    for source in sources:
        by_key |= _grouped(name, source)
    return [row for rows in by_key.values() for row in rows]


def _grouped(name: str, source: Source) -> dict[Hashable, list[Row]]:
    groups: dict[Hashable, list[Row]] = {}
    for index, row in enumerate(source.data[name]):
        groups.setdefault(key_of(name, row), []).append((row, source, (name, index)))
    return groups


def key_of(name: str, row: dict[str, Any]) -> Hashable:
    """What tells the rows of a table apart; a row that lacks it stands for itself, so that the check can say so."""
    columns = KEYS.get(name, ("key",))
    values = tuple(str(row.get(column, DEFAULTS.get(column))) for column in columns)
    return values if any(column in row for column in columns) else (id(row),)

"""What a check finds: where in the file, what is wrong, what to do; and the checks that several tables need."""

from collections.abc import Hashable, Iterable, Iterator

from jinlin.playbooks.lines import Path

Problem = tuple[Path, str, str]


def repeated(table: str, keys: Iterable[Hashable]) -> Iterator[Problem]:
    """Find keys of a table that are there twice."""
    seen: set[Hashable] = set()
    for index, key in enumerate(keys):
        if key in seen:
            yield (table, index), f"{key} is there twice", "Remove one of the two, or give it another name."
        seen.add(key)


def unknown(uses: Iterable[tuple[Path, str]], known: Iterable[str], what: str, table: str) -> Iterator[Problem]:
    """Find references that lead nowhere: `uses` are the places that name a row of `table`, `known` the rows it has."""
    there = sorted(set(known))
    for path, name in uses:
        if name not in there:
            remedy = f"Use one of {', '.join(there)}, or add a [[{table}]]." if there else f"Add a [[{table}]]."
            yield path, f"no {what} is called {name!r}", remedy

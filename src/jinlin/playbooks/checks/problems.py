"""What a check finds: where in the file, what is wrong, what to do; and the checks that several tables need."""

from collections.abc import Hashable, Iterable, Iterator

from django.utils.translation import gettext as _

from jinlin.playbooks.lines import Path

Problem = tuple[Path, str, str]
"""Where in the playbook, what is wrong, and what to do about it."""


def said(what: str, remedy: str) -> str:
    """What is wrong and what to do, as two sentences."""
    return _("%(what)s. %(remedy)s") % {"what": what, "remedy": remedy}


def repeated(table: Path | str, keys: Iterable[Hashable]) -> Iterator[Problem]:
    """Find keys of a table that are there twice."""
    path = (table,) if isinstance(table, str) else table
    seen: set[Hashable] = set()
    for index, key in enumerate(keys):
        if key in seen:
            what = _("%(key)s is there twice") % {"key": key}
            yield (*path, index), what, _("Remove one of the two, or give it another name.")
        seen.add(key)


def unknown(uses: Iterable[tuple[Path, str]], known: Iterable[str], table: str) -> Iterator[Problem]:
    """Find references that lead nowhere: `uses` are the places that name a row of `table`, `known` the rows it has."""
    there = sorted(set(known))
    for path, name in uses:
        if name not in there:
            what = _("there is no [[%(table)s]] “%(name)s”") % {"table": table, "name": name}
            yield path, what, one_of(there)


def missing(path: Path, what: str, name: str | None, known: Iterable[str]) -> Iterator[Problem]:
    """Find a name that is none of `known`, which are the rows inside another row; `what` says of which list."""
    if name and name not in set(known):
        yield path, _("there is no “%(name)s” in %(what)s") % {"name": name, "what": what}, one_of(sorted(known))


def one_of(known: Iterable[str]) -> str:
    """Say which names can be used."""
    names = ", ".join(known)
    return _("Use one of %(known)s, or add a row.") % {"known": names} if names else _("Add a row for it first.")

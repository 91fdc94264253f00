"""Takes in a place's own category tree from a spreadsheet."""

from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.remembering import forget
from jinlin.region.districts import current_district
from jinlin.requests.category_tree import new_codes, paths_of, read_tree
from jinlin.requests.models import Category, Request
from jinlin.requests.queries.choices import CATEGORIES
from jinlin.requests.states import OPEN, State
from jinlin.requests.triage import TREE


class LoadedTree(NamedTuple):
    """How many categories of the file were added, how many there were already, and how many others were closed.

    `kept` are codes of others that stay, because requests under them or below are still open.
    """

    added: int
    known: int
    closed: int
    kept: tuple[str, ...] = ()


def load_categories(*, actor: Actor, path: Path) -> LoadedTree:
    """Add the categories of a file with up to three levels; those with the same names are opened and get its words too.

    Raises:
        Invalid: for a file without a tree, or with more categories than there are codes.
    """
    with transaction.atomic():
        added, known = _written(path)
        return _loaded(actor, LoadedTree(len(added), len(known), 0))


def replace_categories(*, actor: Actor, path: Path) -> LoadedTree:
    """Add the categories of a file in the same way, and close all others but those of open requests.

    Requests that have ended keep theirs, closed or not. What stays is named, so that it can be closed by the next loading.

    Raises:
        Invalid: for a file without a tree, or with more categories than there are codes.
    """
    with transaction.atomic():
        added, known = _written(path)
        others = Category.objects.filter(active=True).exclude(code__in=[*added, *known])
        kept = tuple(sorted(_in_use() & set(others.values_list("code", flat=True))))
        closed = others.exclude(code__in=kept).update(active=False)
        return _loaded(actor, LoadedTree(len(added), len(known), closed, kept))


def _in_use() -> set[str]:
    """Return the codes of open requests, and of the categories above them."""
    states = [*OPEN, State.MERGED]
    codes = Request.objects.filter(state__in=states).exclude(category="").order_by().values_list("category", flat=True)
    return {code[:end] for code in codes.distinct() for end in range(2, len(code) + 1, 2)}


def _written(path: Path) -> tuple[list[str], list[str]]:
    """Write the tree and return the codes that were added, and those that there were."""
    tree, rows = read_tree(path), list(Category.objects.order_by("code"))
    known = {names: code for names, code in paths_of(rows).items() if names in tree}
    added = new_codes(tree, known, (row.code for row in rows))
    Category.objects.bulk_create(
        Category(code=code, name=names[-1], name_en=names[-1], keywords=tree[names]) for names, code in added.items()
    )
    words = {code: tree[names] for names, code in known.items()}
    changed = [row for row in rows if row.code in words]
    for row in changed:
        row.active, row.keywords = True, list(dict.fromkeys([*row.keywords, *words[row.code]]))
    Category.objects.bulk_update(changed, ["active", "keywords"])
    return list(added.values()), list(known.values())


def _loaded(actor: Actor, outcome: LoadedTree) -> LoadedTree:
    record_change(actor, "requests.load_categories", current_district(), **outcome._asdict())
    forget(CATEGORIES)
    forget(TREE)
    return outcome

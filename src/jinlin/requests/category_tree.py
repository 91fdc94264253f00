"""Reads a category tree of up to three levels from a spreadsheet, and gives its categories codes."""

from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from string import ascii_uppercase

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.platform.errors import Invalid
from jinlin.platform.spreadsheets import Column, Finding, Row, read_table
from jinlin.requests.models import Category

LEVELS = ("level1", "level2", "level3")
COLUMNS = [
    Column("level1", gettext_lazy("first level"), ("一级标签", "一级分类", "一级")),
    Column("level2", gettext_lazy("second level"), ("二级标签", "二级分类", "二级")),
    Column("level3", gettext_lazy("third level"), ("三级标签", "三级分类", "三级")),
    Column("keywords", gettext_lazy("words that residents use"), ("关键词",)),
]
LONGEST_NAME = 64
FIRST_CODES = [f"{letter}{digit}" for letter, digit in product(ascii_uppercase, range(1, 10))]
NEXT_CODES = [f"{number:02}" for number in range(1, 100)]

NamePath = tuple[str, ...]
"""The names from the first level down to the category."""


def read_tree(path: Path) -> dict[NamePath, list[str]]:
    """Return the categories of a file in its order, those above before those below, each with its words.

    A cell that a merged one left empty takes the name above it, as long as something stands to its right.

    Raises:
        Invalid: for a file that is no table, lacks the first level, or has names that are too long.
        OSError: when it cannot be opened.
    """
    tree: dict[NamePath, list[str]] = {}
    above: NamePath = ()
    with read_table(path, COLUMNS) as table:
        for row in table.rows:
            above = _path(row, above)
            for depth in range(1, len(above) + 1):
                tree.setdefault(above[:depth], [])
            if above:
                tree[above] += _keywords(row, tree[above])
            _refuse(row.findings)
    if not tree:
        raise Invalid(_("The file names no category."), remedy=_("Fill the column of the first level."))
    return tree


def paths_of(categories: Iterable[Category]) -> dict[NamePath, str]:
    """Return {names from the first level down: code}; of equal paths the first code."""
    names = {category.code: category.name for category in categories}
    found: dict[NamePath, str] = {}
    for code in sorted(names):
        steps = [code[:end] for end in range(2, len(code) + 1, 2)]
        if all(step in names for step in steps):
            found.setdefault(tuple(names[step] for step in steps), code)
    return found


def new_codes(tree: Iterable[NamePath], known: dict[NamePath, str], taken: Iterable[str]) -> dict[NamePath, str]:
    """Return a free code for each path of the tree that has none yet.

    Raises:
        Invalid: where a level has more categories than codes.
    """
    codes, used = dict(known), set(taken)
    for path in tree:
        if path not in codes:
            codes[path] = next(_free(codes.get(path[:-1], ""), used), "")
            if not codes[path]:
                raise Invalid(_("“%(name)s” has no room for so many categories.") % {"name": "/".join(path[:-1])})
            used.add(codes[path])
    return {path: code for path, code in codes.items() if path not in known}


def _free(parent: str, used: set[str]) -> Iterator[str]:
    return (code for code in (parent + end for end in (NEXT_CODES if parent else FIRST_CODES)) if code not in used)


def _refuse(findings: list[Finding]) -> None:
    for found in findings:
        raise Invalid(
            _("row %(row)s, %(column)s: %(why)s") % {"row": found.row, "column": found.column, "why": found.why},
            remedy=_("Correct these cells and start again."),
        )


def _path(row: Row, above: NamePath) -> NamePath:
    cells = [row.text(level, most=LONGEST_NAME) for level in LEVELS]
    while cells and not cells[-1]:
        cells.pop()
    path: NamePath = ()
    for place, cell in enumerate(cells):
        inherited = above[place] if path == above[:place] and place < len(above) else ""
        path = (*path, cell or inherited)
    if "" in path:
        row.blame(LEVELS[path.index("")], _("The level above the name is empty."))
    return path


def _keywords(row: Row, known: list[str]) -> list[str]:
    words = row.text("keywords").replace("，", "、").replace(",", "、").split("、")
    return [word for word in dict.fromkeys(map(str.strip, words)) if word and word not in known]

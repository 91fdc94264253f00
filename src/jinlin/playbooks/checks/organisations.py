"""Checks across the rows about bodies: every reference leads somewhere, every chain ends, every table can be filled."""

from collections.abc import Callable, Iterator

from jinlin.playbooks.checks.problems import Problem, repeated, unknown
from jinlin.playbooks.lines import Path
from jinlin.playbooks.schema import Part, Playbook

KEYED = ("composition", "partnership", "filing", "task", "sheet", "definition", "grid_duty", "entitlement")
Uses = Iterator[tuple[Path, str]]


def _unique_keys(playbook: Playbook) -> Iterator[Problem]:
    for table in KEYED:
        yield from repeated(table, [row.key for row in getattr(playbook, table)])


LISTS_OF_BODIES = {
    "partnership": ("units",),
    "filing": ("by", "to"),
    "task": ("by", "confirmed_by", "barred_for"),
    "sheet": ("bodies",),
}
ONE_BODY = {
    "body": ("above",),
    "composition": ("body",),
    "partnership": ("host",),
    "grid_duty": ("owner",),
    "entitlement": ("body",),
}


def _bodies_named(playbook: Playbook) -> Uses:
    for table, columns in LISTS_OF_BODIES.items():
        for index, row in enumerate(getattr(playbook, table)):
            yield from (((table, index, name), kind) for name in columns for kind in getattr(row, name))
    for table, columns in ONE_BODY.items():
        for index, row in enumerate(getattr(playbook, table)):
            yield from (((table, index, name), getattr(row, name)) for name in columns if getattr(row, name))
    yield from ((path, kind) for path, part in _parts(playbook) for kind in part.bodies)


def _parts(playbook: Playbook) -> Iterator[tuple[Path, Part]]:
    for index, row in enumerate(playbook.composition):
        yield from ((("composition", index, "parts", number), part) for number, part in enumerate(row.parts))


def _posts_named(playbook: Playbook) -> Uses:
    yield from ((path, part.post) for path, part in _parts(playbook) if part.post)
    for index, post in enumerate(playbook.post):
        yield from ((("post", index, "apart_from"), key) for key in post.apart_from)
    for index, sheet in enumerate(playbook.sheet):
        yield from ((("sheet", index, "posts"), key) for key in sheet.posts)


def _references(playbook: Playbook) -> Iterator[Problem]:
    slots = [row.key for row in playbook.slot]
    yield from unknown(_bodies_named(playbook), [row.kind for row in playbook.body], "body", "body")
    yield from unknown(_posts_named(playbook), [row.key for row in playbook.post], "post", "post")
    needs = ((("body", i, "needs"), row.needs) for i, row in enumerate(playbook.body) if row.needs)
    yield from unknown(needs, [row.key for row in playbook.composition], "composition", "composition")
    filings = ((("post", i, "filing"), row.filing) for i, row in enumerate(playbook.post) if row.filing)
    yield from unknown(filings, [row.key for row in playbook.filing], "filing", "filing")
    ties = ((path, part.partnership) for path, part in _parts(playbook) if part.partnership)
    yield from unknown(ties, [row.key for row in playbook.partnership], "partnership", "partnership")
    slotted = ((("sheet", i, "slot"), row.slot) for i, row in enumerate(playbook.sheet) if row.slot)
    yield from unknown(slotted, slots, "slot", "slot")


def _chains_end(playbook: Playbook) -> Iterator[Problem]:
    above = {row.kind: row.above for row in playbook.body}
    for index, row in enumerate(playbook.body):
        seen, kind = {row.kind}, row.above
        while kind and kind not in seen:
            seen.add(kind)
            kind = above.get(kind)
        if kind == row.kind:
            what = f"{row.kind} stands under itself in the chain {' → '.join(sorted(seen))}"
            yield ("body", index, "above"), what, "Let the topmost body have no `above`."


def _levels_in_chain(playbook: Playbook) -> Iterator[Problem]:
    chain = {row.level for row in playbook.chain}
    named = [(("body", i, "covers"), row.covers) for i, row in enumerate(playbook.body)]
    for table in ("composition", "partnership", "sheet"):
        named += [((table, i, "level"), row.level) for i, row in enumerate(getattr(playbook, table))]
    for path, level in named:
        if level and level not in chain:
            yield path, f"the chain of this place has no level {level!r}", "Add it to [[chain]] or use another level."


def _parts_filled_one_way(playbook: Playbook) -> Iterator[Problem]:
    for path, part in _parts(playbook):
        ways = [bool(part.bodies), part.post is not None, part.partnership is not None]
        if sum(ways) != 1:
            yield path, f"{part.key} is filled in {sum(ways)} ways", "Write one of bodies, post or partnership."
        if part.most is not None and part.most < part.least:
            yield path, f"{part.key} needs {part.least} and takes {part.most}", "Let most be at least least."


def _parts_named(playbook: Playbook) -> Iterator[Problem]:
    sources = {row.key: {source.key for source in row.sources} for row in playbook.post}
    sectors = {row.key: {sector.key for sector in row.sectors} for row in playbook.partnership}
    for path, part in _parts(playbook):
        yield from _missing(path, "source", part.source, sources.get(part.post or "", set()))
        yield from _missing(path, "sector", part.sector, sectors.get(part.partnership or "", set()))
    for index, row in enumerate(playbook.composition):
        yield from _missing(("composition", index, "lead"), "part", row.lead, {part.key for part in row.parts})


def _missing(path: Path, what: str, name: str | None, known: set[str]) -> Iterator[Problem]:
    if name and name not in known:
        yield path, f"there is no {what} {name!r}", f"Use one of {', '.join(sorted(known)) or 'those you add first'}."


def _subjects_said(playbook: Playbook) -> Iterator[Problem]:
    for table, columns in (("composition", ("level", "body")), ("sheet", ("level", "bodies", "posts"))):
        for index, row in enumerate(getattr(playbook, table)):
            if sum(bool(getattr(row, name)) for name in columns) != 1:
                yield (table, index), f"{row.key} does not say what it is about", f"Write one of {', '.join(columns)}."


def _sheets_have_items(playbook: Playbook) -> Iterator[Problem]:
    items = {row.key: {item.key for item in row.items} for row in playbook.sheet}
    for index, sheet in enumerate(playbook.sheet):
        if not sheet.items and not sheet.slot:
            yield ("sheet", index), f"{sheet.key} keeps nothing", "Add items, or name a slot whose entries it keeps."
        for number, item in enumerate(sheet.items):
            if (item.kind == "choice") != bool(item.choices):
                path: Path = ("sheet", index, "items", number)
                yield path, f"{item.key} is of the kind {item.kind!r}", "Write choices for a choice, and only there."
    for index, row in enumerate(playbook.definition):
        yield from unknown([(("definition", index, "sheet"), row.sheet)], items, "sheet", "sheet")
        for key in row.absent:
            yield from _missing(("definition", index, "absent"), "item", key, items.get(row.sheet, set()))


RULES: tuple[Callable[[Playbook], Iterator[Problem]], ...] = (
    _unique_keys,
    _references,
    _chains_end,
    _levels_in_chain,
    _parts_filled_one_way,
    _parts_named,
    _subjects_said,
    _sheets_have_items,
)

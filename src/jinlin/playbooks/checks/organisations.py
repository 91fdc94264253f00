"""Checks across the rows about bodies: every reference leads somewhere, every chain ends, every table can be filled."""

from collections.abc import Callable, Iterator, Mapping

from django.utils.translation import gettext as _

from jinlin.playbooks.checks.places import HEIGHT
from jinlin.playbooks.checks.problems import Problem, missing, repeated, unknown
from jinlin.playbooks.checks.requests import placeholders_remedy, wrong_placeholders
from jinlin.playbooks.lines import Path
from jinlin.playbooks.schema import Part, Playbook

KEYED = (
    "post",
    "composition",
    "partnership",
    "filing",
    "task",
    "sheet",
    "definition",
    "grid_duty",
    "entitlement",
    "resource",
    "skill",
)
INSIDE = {
    "post": ("sources",),
    "composition": ("parts",),
    "partnership": ("sectors",),
    "filing": ("headings",),
    "sheet": ("items",),
}
BODY_PLACEHOLDERS = frozenset({"place"})
Uses = Iterator[tuple[Path, str]]


def _unique_keys(playbook: Playbook) -> Iterator[Problem]:
    yield from repeated("body", [row.kind for row in playbook.body])
    for table in KEYED:
        yield from repeated(table, [row.key for row in getattr(playbook, table)])
    for table, columns in INSIDE.items():
        for index, row in enumerate(getattr(playbook, table)):
            for column in columns:
                yield from repeated((table, index, column), [inner.key for inner in getattr(row, column)])


REFERENCES = {
    "body": (
        ("body", "above"),
        ("post", "bodies"),
        ("composition", "body"),
        ("partnership", "units"),
        ("partnership", "host"),
        ("filing", "by"),
        ("filing", "to"),
        ("task", "by"),
        ("task", "confirmed_by"),
        ("task", "barred_for"),
        ("sheet", "bodies"),
        ("grid_duty", "owner"),
        ("entitlement", "body"),
    ),
    "post": (("post", "apart_from"), ("sheet", "posts"), ("filing", "holders")),
    "composition": (("body", "needs"),),
    "filing": (("post", "filing"), ("filing", "follows")),
    "sheet": (("definition", "sheet"),),
    "slot": (("sheet", "slot"),),
    "partnership": (),
}
"""Which columns name rows of which table, one or a list."""
BY_PARTS = {"body": "bodies", "post": "post", "partnership": "partnership"}


def _references(playbook: Playbook) -> Iterator[Problem]:
    for table, columns in REFERENCES.items():
        known = [row.kind if table == "body" else row.key for row in getattr(playbook, table)]
        uses = [use for holder, column in columns for use in _named(playbook, holder, column)]
        yield from unknown([*uses, *_named_by_parts(playbook, BY_PARTS.get(table))], known, table)


def _named(playbook: Playbook, table: str, column: str) -> Uses:
    for index, row in enumerate(getattr(playbook, table)):
        yield from (((table, index, column), name) for name in _names(getattr(row, column)))


def _named_by_parts(playbook: Playbook, column: str | None) -> Uses:
    for path, part in _parts(playbook) if column else ():
        yield from (((*path, column), name) for name in _names(getattr(part, column)))


def _names(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,) if value else ()


def _parts(playbook: Playbook) -> Iterator[tuple[Path, Part]]:
    for index, row in enumerate(playbook.composition):
        yield from ((("composition", index, "parts", number), part) for number, part in enumerate(row.parts))


def _chains_end(playbook: Playbook) -> Iterator[Problem]:
    above = {row.kind: row.above for row in playbook.body}
    for index, row in enumerate(playbook.body):
        way = _way_back(row.kind, above)
        if way:
            what = _("%(kind)s stands under itself: %(way)s") % {"kind": row.kind, "way": " → ".join(way)}
            yield ("body", index, "above"), what, _("Let the topmost body have no “above”.")


def _way_back(kind: str, above: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the shortest way up that leads from a kind to itself; empty where there is none."""
    ways, seen = [[kind]], set()
    for way in ways:
        for over in above.get(way[-1], ()):
            if over == kind:
                return [*way, over]
            if over not in seen:
                seen.add(over)
                ways.append([*way, over])
    return []


def _chains_go_up(playbook: Playbook) -> Iterator[Problem]:
    levels = {row.kind: row.level for row in playbook.body}
    steps = [(index, row, above) for index, row in enumerate(playbook.body) for above in row.above]
    for index, row, above in steps:
        over = levels.get(above, row.level)
        if HEIGHT.get(over, 4) < HEIGHT.get(row.level, 4):
            words = {"kind": row.kind, "level": row.level, "above": above, "over": over}
            what = _("%(kind)s of the level “%(level)s” stands under %(above)s of the lower level “%(over)s”") % words
            yield ("body", index, "above"), what, _("Name a body of the same level or a higher one.")


def _body_names_fillable(playbook: Playbook) -> Iterator[Problem]:
    for index, row in enumerate(playbook.body):
        wrong = wrong_placeholders(row.name, BODY_PLACEHOLDERS)
        if wrong:
            what = _("placeholders that cannot be filled: %(names)s") % {"names": ", ".join(wrong)}
            yield ("body", index, "name"), what, placeholders_remedy(BODY_PLACEHOLDERS)


def _posts_can_be_filled(playbook: Playbook) -> Iterator[Problem]:
    for index, row in enumerate(playbook.post):
        if row.seats is not None and row.needed > row.seats:
            what = _("%(post)s needs %(needed)s and has %(seats)s seats")
            words = {"post": row.name, "needed": row.needed, "seats": row.seats}
            yield ("post", index, "needed"), what % words, _("Let the seats be at least as many as are needed.")
        if row.key in row.apart_from:
            what = _("%(post)s is kept apart from itself") % {"post": row.name}
            yield ("post", index, "apart_from"), what, _("Name the other post.")


def _parts_filled_one_way(playbook: Playbook) -> Iterator[Problem]:
    for path, part in _parts(playbook):
        ways = [bool(part.bodies), part.post is not None, part.partnership is not None]
        if sum(ways) != 1:
            what = _("%(part)s is filled in %(ways)s ways") % {"part": part.key, "ways": sum(ways)}
            yield path, what, _("Write one of bodies, post or partnership.")
        if part.most is not None and part.most < part.least:
            words = {"part": part.key, "least": part.least, "most": part.most}
            what = _("%(part)s needs %(least)s and takes %(most)s") % words
            yield path, what, _("Let the most be at least the fewest.")


def _parts_named(playbook: Playbook) -> Iterator[Problem]:
    sources = {row.key: {source.key for source in row.sources} for row in playbook.post}
    sectors = {row.key: {sector.key for sector in row.sectors} for row in playbook.partnership}
    for path, part in _parts(playbook):
        yield from missing(path, f"{part.post}.sources", part.source, sources.get(part.post or "", set()))
        yield from missing(path, f"{part.partnership}.sectors", part.sector, sectors.get(part.partnership or "", set()))
    for index, row in enumerate(playbook.composition):
        yield from missing(("composition", index, "lead"), "parts", row.lead, {part.key for part in row.parts})


SUBJECTS = {"composition": ("level", "body"), "sheet": ("level", "bodies", "posts"), "partnership": ("level", "host")}


def _subjects_said(playbook: Playbook) -> Iterator[Problem]:
    for table, columns in SUBJECTS.items():
        for index, row in enumerate(getattr(playbook, table)):
            if sum(bool(getattr(row, name)) for name in columns) != 1:
                what = _("%(row)s does not say what it is about, or says it twice") % {"row": row.key}
                yield (table, index), what, _("Write one of %(columns)s.") % {"columns": ", ".join(columns)}


def _nobody_answers_themselves(playbook: Playbook) -> Iterator[Problem]:
    for index, row in enumerate(playbook.filing):
        for kind in sorted(set(row.by) & set(row.to)):
            what = _("%(kind)s would answer what it files itself") % {"kind": kind}
            yield ("filing", index, "to"), what, _("Let another body answer.")


def _filings_reach_somebody(playbook: Playbook) -> Iterator[Problem]:
    calls = {row.key for row in playbook.filing if row.is_call}
    for index, row in enumerate(playbook.filing):
        if row.is_call and not row.published:
            what = _("%(filing)s goes to nobody and is not published") % {"filing": row.key}
            yield ("filing", index, "to"), what, _("Say who answers it, or let it be published as a call.")
        if row.follows and (row.to or not row.holders or row.follows not in calls):
            what = _("%(filing)s follows a call, and does not fit it") % {"filing": row.key}
            remedy = _("Let “follows” name a call, leave “to” out, and name the “holders” who may apply.")
            yield ("filing", index, "follows"), what, remedy


def _tasks_can_be_given(playbook: Playbook) -> Iterator[Problem]:
    for index, row in enumerate(playbook.task):
        for kind in sorted(set(row.by) & set(row.barred_for)):
            what = _("%(kind)s gives a task that it may not be given itself") % {"kind": kind}
            yield ("task", index, "barred_for"), what, _("Take it out of one of the two lists.")


def _sheets_have_items(playbook: Playbook) -> Iterator[Problem]:
    for index, sheet in enumerate(playbook.sheet):
        if not sheet.items and not sheet.slot:
            what = _("%(sheet)s keeps nothing") % {"sheet": sheet.key}
            yield ("sheet", index), what, _("Add items, or name a slot whose entries it keeps.")
        for number, item in enumerate(sheet.items):
            if (item.kind == "choice") != bool(item.choices):
                path: Path = ("sheet", index, "items", number)
                what = _("%(item)s is of the kind “%(kind)s”") % {"item": item.key, "kind": item.kind}
                yield path, what, _("Write choices for a choice, and only there.")


def _definitions_read_items(playbook: Playbook) -> Iterator[Problem]:
    items = {row.key: {item.key for item in row.items} for row in playbook.sheet}
    for index, row in enumerate(playbook.definition):
        for key in row.absent:
            yield from missing(("definition", index, "absent"), f"{row.sheet}.items", key, items.get(row.sheet, set()))


RULES: tuple[Callable[[Playbook], Iterator[Problem]], ...] = (
    _unique_keys,
    _references,
    _chains_end,
    _chains_go_up,
    _body_names_fillable,
    _posts_can_be_filled,
    _parts_filled_one_way,
    _parts_named,
    _subjects_said,
    _nobody_answers_themselves,
    _filings_reach_somebody,
    _tasks_can_be_given,
    _sheets_have_items,
    _definitions_read_items,
)

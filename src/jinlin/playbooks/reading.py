"""A playbook in plain words: what it says, as small tables that somebody can read who has never seen its file."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from jinlin.platform.wording import in_a_row
from jinlin.playbooks.schema import Body, Part, Playbook, Post, Sheet, Slot
from jinlin.playbooks.wording import (
    bodies_named,
    clock_about,
    clock_limit,
    level_named,
    name_of,
    names_of,
)

Cells = tuple[object, ...]
PERSONAL = {
    "name": gettext_noop("name"),
    "contact": gettext_noop("contact"),
    "address": gettext_noop("address"),
    "age_band": gettext_noop("age band"),
    "household_size": gettext_noop("size of the household"),
    "service_need": gettext_noop("service that is needed"),
    "consent": gettext_noop("consent"),
}


@dataclass(frozen=True)
class Section:
    """A part of the reading: its key for links, its title, and a table whose first cells name the rows."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Cells, ...]


def sections_of(playbook: Playbook) -> list[Section]:
    """Return what a playbook says, part by part; parts of which the place has nothing are left out."""
    found = (
        Section(key, title, columns, tuple(rows(playbook)))
        for key, title, columns, rows in (
            (
                "bodies",
                _("Bodies"),
                (_("Organisation"), _("Level"), _("Stands under"), _("Founded"), _("Looks after")),
                _bodies,
            ),
            (
                "posts",
                _("Posts"),
                (_("Post"), _("At"), _("Level"), _("How many"), _("Holders come from"), _("Begins")),
                _posts,
            ),
            ("tables", _("Who sits at one table"), (pgettext("who sits", "Table"), _("Lead"), _("Parts")), _tables),
            ("ties", _("Ties with other units"), (_("Tie"), _("Units"), _("With"), _("Sectors")), _ties),
            (
                "filings",
                _("What is put before whom"),
                (_("Matter"), pgettext("filing", "By"), pgettext("filing", "Before"), _("Headings"), _("Answer")),
                _filings,
            ),
            (
                "procedures",
                _("What a matter goes through"),
                (_("Procedure"), _("Level"), _("Steps"), _("Must pass")),
                _procedures,
            ),
            ("tasks", _("What is taken on"), (_("Task"), _("Given by"), _("Confirmed by"), _("Never for")), _tasks),
            ("sheets", _("Sheets"), (_("Sheet"), _("About"), _("Keeps")), _sheets),
            (
                "duties",
                _("Duties in the grid"),
                (_("Duty"), _("Owner"), _("Basis"), _("Purpose"), _("Personal data")),
                _duties,
            ),
            ("money", _("Entitlements"), (_("Entitlement"), _("Organisation"), _("Amount")), _money),
            ("clocks", _("Clocks of requests"), (pgettext("clock", "What"), _("Limit"), _("Basis")), _clocks),
            (
                "lists",
                _("Lists that the place fills in"),
                (_("List"), _("Entries"), _("Named"), _("Still empty")),
                _lists,
            ),
        )
    )
    return [section for section in found if section.rows]


def summary_of(playbook: Playbook) -> list[tuple[str, str]]:
    """Return the facts that stand above everything else, as names with values."""
    norms, grid = playbook.norms, playbook.grid_size
    visits = {"least": norms.visits_a_week_least, "most": norms.visits_a_week_most}
    size = {"households": grid.households, "tolerance": f"{float(grid.tolerance):.0%}"}
    return [
        (_("Levels"), " → ".join(name_of(row) for row in playbook.chain)),
        (_("Chain of bodies"), " → ".join(name_of(row) for row in _longest_chain(playbook))),
        (_("Version"), str(playbook.version)),
        (_("Grids"), _("about %(households)s households, a warning beyond %(tolerance)s more or less") % size),
        (_("Visits"), _("%(least)s to %(most)s homes a week") % visits),
        (_("Indicators"), str(len(playbook.indicators))),
    ]


def _longest_chain(playbook: Playbook) -> tuple[Body, ...]:
    """The bodies from the top of the longest chain to its end."""
    return max((playbook.chain_above(row.kind) for row in playbook.body), key=len)[::-1]


def _bodies(playbook: Playbook) -> Iterator[Cells]:
    for row in playbook.body:
        founded = _("everywhere at once") if row.founded else _("one by one")
        if row.needs:
            founded = _("once its table is complete")
        above = bodies_named(playbook, row.above)
        yield name_of(row), level_named(playbook, row.level), above, founded, level_named(playbook, row.covers)


def _posts(playbook: Playbook) -> Iterator[Cells]:
    for row in playbook.post:
        place = bodies_named(playbook, row.bodies), level_named(playbook, row.level)
        yield name_of(row), *place, _how_many(row), names_of(row.sources), _begins(row)


def _how_many(post: Post) -> str:
    numbers = (
        (post.needed, _("at least %(number)s")),
        (post.seats, _("at most %(number)s")),
        (post.per_10000_residents, _("%(number)s for 10,000 residents")),
    )
    return in_a_row(words % {"number": number} for number, words in numbers if number)


def _begins(post: Post) -> str:
    conditions = (
        (post.consent, _("when accepted")),
        (post.filing, _("when the filing is accepted")),
        (post.pledges, _("when a pledge is published")),
    )
    return in_a_row(words for asked, words in conditions if asked)


def _tables(playbook: Playbook) -> Iterator[Cells]:
    for row in playbook.composition:
        lead = next((name_of(part) for part in row.parts if part.key == row.lead), "")
        yield name_of(row), lead, in_a_row(_part(part) for part in row.parts)


def _part(part: Part) -> str:
    return name_of(part) if part.least else _("%(part)s (as many as there are)") % {"part": name_of(part)}


def _ties(playbook: Playbook) -> Iterator[Cells]:
    for row in playbook.partnership:
        host = bodies_named(playbook, (row.host,)) if row.host else level_named(playbook, row.level)
        yield name_of(row), bodies_named(playbook, row.units), host, names_of(row.sectors)


def _filings(playbook: Playbook) -> Iterator[Cells]:
    for row in playbook.filing:
        days = _("within %(days)s working days") % {"days": row.days}
        holders = names_of(post for post in playbook.post if post.key in row.holders)
        to = bodies_named(playbook, row.to) or (_("everybody, as a call") if row.is_call else _("whoever called"))
        yield name_of(row), holders or bodies_named(playbook, row.by), to, names_of(row.headings), days


def _procedures(playbook: Playbook) -> Iterator[Cells]:
    for row in playbook.procedure:
        steps = " → ".join(name_of(step) for step in row.way)
        passing = names_of(step for step in row.steps if step.must_pass)
        yield name_of(row), level_named(playbook, row.level), steps, passing


def _tasks(playbook: Playbook) -> Iterator[Cells]:
    for row in playbook.task:
        given = bodies_named(playbook, row.by) or _("pledged by whoever does it")
        yield name_of(row), given, bodies_named(playbook, row.confirmed_by), bodies_named(playbook, row.barred_for)


def _sheets(playbook: Playbook) -> Iterator[Cells]:
    for row in playbook.sheet:
        yield name_of(row), _subject(playbook, row), in_a_row([*map(name_of, row.items), *_slot_names(playbook, row)])
    for row in playbook.definition:
        sheet = next(sheet for sheet in playbook.sheet if sheet.key == row.sheet)
        absent = names_of(item for item in sheet.items if item.key in row.absent)
        yield name_of(row), name_of(sheet), _("none of: %(items)s") % {"items": absent}


def _subject(playbook: Playbook, sheet: Sheet) -> str:
    posts = names_of(playbook.post_named(key) for key in sheet.posts)
    return level_named(playbook, sheet.level) or bodies_named(playbook, sheet.bodies) or posts


def _slot_names(playbook: Playbook, sheet: Sheet) -> list[str]:
    return [row.name for row in playbook.slot if row.key == sheet.slot]


def _duties(playbook: Playbook) -> Iterator[Cells]:
    for row in playbook.grid_duty:
        data = in_a_row(_(PERSONAL[word]) for word in row.personal_data) or _("none needed")
        yield name_of(row), bodies_named(playbook, (row.owner,)), row.basis, row.purpose, data


def _money(playbook: Playbook) -> Iterator[Cells]:
    for row in playbook.entitlement:
        words = _("%(yuan)s yuan a year") if row.per == "year" else _("%(yuan)s yuan once")
        yield name_of(row), bodies_named(playbook, (row.body,)), words % {"yuan": f"{row.amount_fen // 100:,}"}


def _clocks(playbook: Playbook) -> Iterator[Cells]:
    yield from ((clock_about(playbook, row), clock_limit(row), row.basis) for row in playbook.clock)


def _lists(playbook: Playbook) -> Iterator[Cells]:
    yield from ((row.name, row.count, in_a_row(row.filled), _still_empty(row)) for row in playbook.slot)


def _still_empty(slot: Slot) -> int:
    return slot.count - len(slot.filled)

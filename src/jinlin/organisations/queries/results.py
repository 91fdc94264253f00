"""What came of awards and opportunities for holders of posts: the proved lines of the sheets about posts, by year."""

from dataclasses import dataclass

from jinlin.organisations import rules
from jinlin.organisations.models import SheetEntry
from jinlin.platform.access import Actor
from jinlin.playbooks.schema import Playbook

NOTHING = (None, False, "", 0)


@dataclass(frozen=True)
class Results:
    """The results of one item of a sheet in a year, each with the document that it rests on."""

    sheet: str
    item: str
    entries: list[SheetEntry]


def results_in(year: int, playbook: Playbook, actor: Actor) -> list[Results]:
    """Return the results of a year at the posts whose rosters the actor keeps, for every item that needs proof."""
    mine = rules.rosters_visible_to(actor).values("pk")
    rows = SheetEntry.objects.filter(holds_from__year=year, appointment__in=mine)
    rows = rows.select_related("appointment__body", "appointment__person").order_by("holds_from", "pk")
    kept = [row for row in rows if row.value not in NOTHING]
    return [
        Results(sheet.name, item.name, [row for row in kept if (row.sheet, row.item) == (sheet.key, item.key)])
        for sheet in playbook.sheet
        if sheet.posts
        for item in sheet.items
        if item.evidence
    ]

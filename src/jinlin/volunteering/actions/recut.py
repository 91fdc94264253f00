"""Lets what is on the lists follow when grids are cut anew."""

from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.territory.providers import Recut, follow_recut
from jinlin.volunteering.models import Posting


@follow_recut
def follow_grids(actor: Actor, recut: Recut) -> int:
    """Give the open postings of a grid that ends to its successor; return how many."""
    moved = 0
    for ended, heir in recut.ended.items():
        rows = Posting.objects.filter(zone_id=ended, closed_at__isnull=True)
        first = rows.order_by("pk").first()
        if first is not None:
            count = rows.update(zone_id=heir)
            record_change(actor, "volunteering.follow_grids", first, place_code=first.place_code, rows=count)
            moved += count
    return moved

"""Ends places, and moves buildings from one zone to another with their history kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from jinlin.algorithms.place_codes import Level
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid, NotFound
from jinlin.territory.models import Place, Zone, ZoneMembership
from jinlin.territory.queries.coverage import COLUMN_OF_ZONE
from jinlin.territory.queries.tree import below, existing_place, within_any
from jinlin.territory.rules import may_keep_places

BATCH = 500


@transaction.atomic
def end_place(*, actor: Actor, code: str, day: date | None = None) -> int:
    """End a place and everything in it on a day (torn down, say); codes stay taken for ever. Return how many ended.

    Raises:
        NotFound: for a place that is not there or has ended before.
        NotAllowed, Invalid: for a district, or a day before the place began.
    """
    place = existing_place(code)
    if place is None:
        raise NotFound(_("There is no such place here any more."))
    may_keep_places(actor, code).enforce()
    day = day or today()
    if place.level == Level.DISTRICT or day < place.valid_from:
        raise Invalid(fields={"valid_to": _("A district does not end, and nothing ends before it began.")})
    memberships = ZoneMembership.objects.filter(member_code__startswith=code, valid_to__isnull=True)
    memberships.update(valid_to=day)
    ended = below(code).filter(valid_to__isnull=True).update(valid_to=day)
    record_change(actor, "territory.end_place", place, place_code=code, places=ended)
    return ended


@transaction.atomic
def move_buildings(*, actor: Actor, zone: Zone, building_codes: Sequence[str], day: date | None = None) -> int:
    """Put buildings into a zone; their membership in another one of its kind ends, and the rows below follow.

    Return how many moved.

    Raises:
        NotAllowed, Invalid: for a zone that has ended, or a building of another community.
    """
    may_keep_places(actor, zone.community_code).enforce()
    if zone.valid_to:
        raise Invalid(_("%(name)s has ended on %(day)s.") % {"name": zone.name, "day": zone.valid_to})
    if any(not code.startswith(zone.community_code) for code in building_codes):
        raise Invalid(_("A building joins zones of its own community only."))
    there = ZoneMembership.objects.filter(zone=zone, valid_to__isnull=True).values_list("member_code", flat=True)
    moving = sorted(set(building_codes) - set(there))
    if moving:
        settle(zone, moving, day or today())
        record_change(actor, "territory.move_buildings", zone, place_code=zone.community_code, buildings=len(moving))
    return len(moving)


def settle(zone: Zone, codes: Sequence[str], day: date) -> None:
    """Put buildings into a zone, with what lies in them, out of another one of its kind; part of an action."""
    for start in range(0, len(codes), BATCH):
        batch = codes[start : start + BATCH]
        open_ones = ZoneMembership.objects.filter(kind=zone.kind, member_code__in=batch, valid_to__isnull=True)
        open_ones.update(valid_to=day)
        join(zone, batch, day)
        if column := COLUMN_OF_ZONE.get(Zone.Kind(zone.kind)):
            Place.objects.filter(within_any(batch)).update(**{column: zone})


def join(zone: Zone, codes: Sequence[str], day: date) -> None:
    """Open the membership of buildings that are in no zone of this kind; part of an action's transaction."""
    ZoneMembership.objects.bulk_create(
        [ZoneMembership(zone=zone, kind=zone.kind, member_code=code, valid_from=day) for code in codes],
        batch_size=BATCH,
    )

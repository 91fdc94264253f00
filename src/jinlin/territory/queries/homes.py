"""The homes of zones and places, as those need them who go from home to home or ask every household."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from jinlin.algorithms.place_codes import Level
from jinlin.territory.models import Place, Zone, ZoneMembership
from jinlin.territory.queries.tree import within_any


def _inside(zone: Zone) -> Q:
    if zone.kind in {Zone.Kind.ESTATE, Zone.Kind.GRID}:
        return Q(**{f"{zone.kind}_id": zone.pk})
    members = ZoneMembership.objects.filter(zone=zone, valid_to__isnull=True)
    return within_any(members.values_list("member_code", flat=True))


def homes_in(places: Iterable[str] = (), zones: Iterable[Zone] = ()) -> QuerySet[Place]:
    """Return the homes of today in any of the places (by code) or zones, by their code."""
    inside = within_any(places)
    for zone in zones:
        inside |= _inside(zone)
    return Place.objects.filter(inside, level=Level.HOME, valid_to__isnull=True).order_by("code")

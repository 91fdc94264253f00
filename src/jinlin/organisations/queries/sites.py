"""Where bodies of a level stand: every place or zone of it."""

from dataclasses import dataclass

from jinlin.organisations.rules.founding import PLACE_LEVELS
from jinlin.territory.models import Place, Zone


@dataclass(frozen=True)
class Site:
    """A place where a body may stand, by its code, or a zone in the community of that code."""

    place_code: str
    name: str
    zone: Zone | None = None

    @property
    def zone_id(self) -> int | None:
        return self.zone.pk if self.zone else None


def sites_of(level: str) -> list[Site]:
    """Return every place or zone of a playbook's level that there is today, by code."""
    if level in PLACE_LEVELS:
        places = Place.objects.filter(level=PLACE_LEVELS[level], valid_to__isnull=True).order_by("code")
        return [Site(code, name) for code, name in places.values_list("code", "name")]
    zones = Zone.objects.filter(kind=level, valid_to__isnull=True).order_by("label")
    return [Site(zone.community_code, zone.name, zone) for zone in zones]

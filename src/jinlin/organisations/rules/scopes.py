"""Over which place a post is held: inside the area of its body, and never wider than the post is meant to be."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.place_codes import Level, is_within
from jinlin.organisations.models import Body
from jinlin.platform.errors import Words
from jinlin.playbooks.schema import PlaceLevel, Post
from jinlin.territory.models import LEVEL_NAMES, Place, Zone

WIDTHS: dict[PlaceLevel, int] = {
    "district": 9,
    "subdistrict": 8,
    "community": 7,
    "estate": 6,
    "grid": 6,
    "courtyard": 5,
    "group": 5,
    "building": 4,
    "entrance": 3,
    "neighbours": 2,
    "home": 1,
}
"""Levels of places from the widest to the narrowest; estates and grids, which cut across each other, count alike."""
LEVEL_WORDS: dict[PlaceLevel, Words] = {
    **{Level(level).name.lower(): word for level, word in LEVEL_NAMES},
    **{kind.value: kind.label for kind in Zone.Kind},
}


@dataclass(frozen=True)
class Scope:
    """A place, and the zone within it where there is one."""

    place_code: str
    zone_id: int | None = None


@dataclass(frozen=True)
class Ground:
    """What is known of places when scopes are checked: zones by id, places by code, and which zone lies in which.

    `members` holds (zone, code of a building or home in it) for zones that places do not name themselves.
    """

    zones: dict[int, Zone] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    inside: frozenset[tuple[int, int]] = frozenset()
    members: frozenset[tuple[int, str]] = frozenset()

    def level(self, scope: Scope) -> PlaceLevel:
        """Return the level of a scope; a building or home goes before the zone that it lies in."""
        zone = self.zones.get(scope.zone_id or 0)
        if zone is not None and (zone.kind == Zone.Kind.NEIGHBOURS or len(scope.place_code) < Level.BUILDING):
            return zone.kind
        return Level(len(scope.place_code)).name.lower()

    def holds(self, zone_id: int, place_code: str) -> bool:
        """Say whether a building, entrance or home lies in a zone."""
        place = self.places.get(place_code)
        if place is not None and zone_id in {place.grid_id, place.estate_id, place.neighbours_id}:
            return True
        return any((zone_id, place_code[:length]) in self.members for length in (Level.BUILDING, Level.HOME))


def scope_faults(scope: Scope, body: Body, post: Post, ground: Ground) -> Iterator[tuple[str, Words]]:
    """Yield what is wrong with holding the post over this scope at the body."""
    zone = ground.zones.get(scope.zone_id or 0)
    if scope.place_code != body.place_code and scope.place_code not in ground.places:
        yield "scope", _("There is no such place here any more.")
    elif not _is_inside(scope, body, zone, ground):
        yield "scope", _("This place lies outside what the body answers for.")
    elif not _is_narrow_enough(ground.level(scope), post.level):
        yield (
            "scope",
            _("This is a post outside its scope: choose the %(level)s that it is for.")
            % {"level": LEVEL_WORDS[post.level]},
        )


def _is_inside(scope: Scope, body: Body, zone: Zone | None, ground: Ground) -> bool:
    if not is_within(scope.place_code, body.place_code):
        return False
    deep = len(scope.place_code) >= Level.BUILDING and scope.place_code != body.place_code
    if zone is not None:
        shared = min(len(zone.community_code), len(body.place_code))
        if zone.community_code[:shared] != body.place_code[:shared]:
            return False
        if deep and not ground.holds(zone.pk, scope.place_code):
            return False
    if body.zone_id is None or scope.zone_id == body.zone_id:
        return True
    if deep and ground.holds(body.zone_id, scope.place_code):
        return True
    return zone is not None and (zone.pk, body.zone_id) in ground.inside


def _is_narrow_enough(level: PlaceLevel, most: PlaceLevel) -> bool:
    return level == most or WIDTHS[level] < WIDTHS[most]

"""The codes of units that come into the tree: what was stated, checked, or the next free one below the unit above."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from jinlin.algorithms.place_codes import (
    CodesExhausted,
    InvalidGridLabel,
    Level,
    community_of_grid,
    fault_in,
    next_child,
    next_grid_label,
)
from jinlin.territory.imports.known import Refused
from jinlin.territory.imports.units import UnitLine
from jinlin.territory.models import Place, Zone

LETTERS = {"estate": "E", "courtyard": "Y", "group": "Z"}
"""What the labels of zones other than grids have between the community's code and their number."""
MOST_ZONES = 999


class Codes:
    """Every code ever given in the district, and those that the lines get one after the other."""

    def __init__(self, district: str) -> None:
        self._district = district
        self._places = dict(Place.objects.filter(level__lte=Level.BUILDING).values_list("code", "valid_to"))
        self._zones = {zone.label: zone for zone in Zone.objects.defer("boundary")}
        self._new: set[str] = set()

    def coded(self, line: UnitLine) -> tuple[UnitLine, bool]:
        """Return the line with its code, and whether the unit is there already.

        Raises:
            Refused: for a code that is none, has another length or beginning, is taken, or was given out before.
        """
        community = self._community_of(line.parent)
        if line.level not in LETTERS and line.level != "grid":
            return self._place(line, community)
        label = line.code or self._next_label(line.level, community)
        self._check_label(line, label, community)
        self._new.add(label)
        return replace(line, code=label), label in self._zones

    def area_of(self, line: UnitLine) -> str:
        """Return the code of the place that a coded line touches: its community, or what stands above one."""
        return line.code[: Level.COMMUNITY] if len(line.code) >= Level.COMMUNITY else line.code

    def _community_of(self, parent: str) -> str:
        if not parent.startswith(self._district):
            words = {"code": parent, "district": self._district}
            raise Refused("parent", _("“%(code)s” is no code of this district, which begin with %(district)s.") % words)
        return parent[: Level.COMMUNITY]

    def _place(self, line: UnitLine, community: str) -> tuple[UnitLine, bool]:
        try:
            level = Level[line.level.upper()]
        except KeyError:
            raise Refused("level", _("Units of this level come in with the register of homes.")) from None
        above = community if level == Level.BUILDING else line.parent
        code = line.code or self._next_place(above, level)
        if fault_in(code) or len(code) != level:
            words = {"digits": int(level), "count": len(code)}
            raise Refused("code", _("A code of this level has %(digits)s digits; this one has %(count)s.") % words)
        if not code.startswith(self._district):
            words = {"code": code, "district": self._district}
            raise Refused("code", _("“%(code)s” is no code of this district, which begin with %(district)s.") % words)
        if not code.startswith(above) and len(above) == level.above:
            raise Refused("code", _("The code does not begin with %(above)s, the code above.") % {"above": above})
        there = self._is_there(line, code, level)
        self._new.add(code)
        return replace(line, code=code), there

    def _is_there(self, line: UnitLine, code: str, level: Level) -> bool:
        ended = self._places.get(code)
        if ended is not None:
            words = {"code": code, "day": ended}
            raise Refused("code", _("The code %(code)s was given out before and ended on %(day)s.") % words)
        if code in self._places and (level != Level.BUILDING or not fault_in(line.parent)):
            raise Refused("code", _("The code %(code)s is taken already.") % {"code": code})
        return code in self._places

    def _next_place(self, above: str, level: Level) -> str:
        if fault_in(above) or len(above) != level.above:
            raise Refused("parent", _("Without a code of its own the unit has to lie in one of the level just above."))
        used = {*self._places, *self._new}
        try:
            return next_child(above, used)
        except CodesExhausted:
            raise Refused("code", _("All codes below %(code)s have been given out.") % {"code": above}) from None

    def _next_label(self, level: str, community: str) -> str:
        used = {*self._zones, *self._new}
        if level == "grid":
            grids = [label for label in used if label[Level.COMMUNITY :].isdecimal() and len(label) == 15]
            return next_grid_label(community, grids)
        labels = (f"{community}{LETTERS[level]}{number:02d}" for number in range(1, MOST_ZONES))
        return next(label for label in labels if label not in used)

    def _check_label(self, line: UnitLine, label: str, community: str) -> None:
        if line.level == "grid":
            try:
                inside = community_of_grid(label) == community
            except InvalidGridLabel:
                raise Refused("code", _("A grid's code is its community's code and 001 to 999.")) from None
        else:
            inside = label.startswith(community) and label.isalnum() and len(label) > Level.COMMUNITY
        if not inside:
            raise Refused("code", _("The code does not begin with %(above)s, the code above.") % {"above": community})
        zone = self._zones.get(label)
        if zone is not None and zone.valid_to is not None:
            words = {"code": label, "day": zone.valid_to}
            raise Refused("code", _("The code %(code)s was given out before and ended on %(day)s.") % words)

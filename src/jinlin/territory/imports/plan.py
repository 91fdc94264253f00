"""Lays the rows of a register beside what is known already: what is new, what changes, and what cannot be.

Nothing is written here. A building is known by its community, its estate and its number, an entrance and a home by
their number below it, whatever unit stands behind the number; so the same file twice changes nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from jinlin.algorithms.chinese_text import bigrams
from jinlin.algorithms.place_codes import (
    ENTRANCE_OF_UNDIVIDED_BUILDING,
    GRID_DIGITS,
    InvalidGridLabel,
    Level,
    community_of_grid,
    grid_label,
    next_grid_label,
)
from jinlin.platform.access import Actor
from jinlin.platform.spreadsheets import Finding
from jinlin.territory.addresses import number_key
from jinlin.territory.imports.homes import HomeLine, HomeLines
from jinlin.territory.imports.known import Known, Refused, name_key
from jinlin.territory.imports.naming import address_before, with_unit
from jinlin.territory.models import Place, Zone
from jinlin.territory.rules import may_keep_places

MOST_ESTATES = 99
SAME_POINT_DEGREES = 1e-6
WHOLE_BUILDING = "整栋"
_GRID_NUMBER = re.compile(r"第?0*([1-9]\d{0,2})(?:号?网格)?", re.ASCII)


@dataclass
class HomesPlan:
    """What an import will do: new rows by kind, changed ones, and findings; any finding keeps everything out.

    `moved` are buildings that are there already with the zone that they join, `areas` the homes that join a neighbour area,
    `home_codes` all homes of the file.
    """

    day: date
    rows: int = 0
    communities: list[Place] = field(default_factory=list)
    zones: list[Zone] = field(default_factory=list)
    buildings: list[Place] = field(default_factory=list)
    entrances: list[Place] = field(default_factory=list)
    homes: list[Place] = field(default_factory=list)
    changed: list[Place] = field(default_factory=list)
    moved: list[tuple[Place, Zone]] = field(default_factory=list)
    areas: dict[str, Zone] = field(default_factory=dict)
    home_codes: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def plan_homes(*, actor: Actor, lines: HomeLines, day: date) -> HomesPlan:
    """Return what taking the lines in would do, with a finding for every row that cannot be taken."""
    plan = HomesPlan(day, rows=lines.rows, findings=list(lines.findings))
    planner = _Planner(actor, plan)
    for line in lines.lines:
        try:
            planner.take(line)
        except Refused as refused:
            column = lines.headers.get(refused.field, refused.field)
            plan.findings.append(Finding(line.row, column, refused.why))
    planner.finish()
    plan.findings.sort(key=lambda finding: finding.row)
    return plan


class _Planner:
    """Goes through the lines one by one; what one line adds is known to the next."""

    def __init__(self, actor: Actor, plan: HomesPlan) -> None:
        self._actor, self._plan = actor, plan
        self._known = Known()
        self._ours: dict[str, bool] = {}
        self._rows: dict[str, int] = {}
        self._touched: dict[str, Place] = {}
        self._joined: dict[tuple[str, str], Zone] = {}
        self._areas: Counter[str] = Counter()

    def take(self, line: HomeLine) -> None:
        """Find or plan the places of one line.

        Raises:
            Refused.
        """
        community = self._community(line)
        estate = self._zone(Zone.Kind.ESTATE, community, line.estate) if line.estate else None
        building = self._building(line, community, estate)
        self._settle(line, building, estate, self._grid(line, community))
        if line.entrance or line.room:
            entrance = self._entrance(line, building)
            if line.room:
                self._join_neighbours(line, community, self._home(line, building, entrance))

    def finish(self) -> None:
        """Give new entrances and homes what they share with their building, and every new place its search words."""
        plan = self._plan
        for place in (*plan.entrances, *plan.homes):
            building = self._known.buildings[place.code[: Level.BUILDING]]
            place.estate, place.grid = building.estate, building.grid
            place.longitude, place.latitude = building.longitude, building.latitude
        for place in (*plan.communities, *plan.buildings, *plan.entrances, *plan.homes):
            place.search = bigrams(place.address)
        for home in plan.homes:
            home.neighbours = plan.areas.get(home.code)
        plan.changed = [place for place in self._touched.values() if place.pk]

    def _community(self, line: HomeLine) -> Place:
        code = line.community_code or (line.building_code or line.home_code)[: Level.COMMUNITY]
        community = self._known.communities.get(code) if code else self._known.community_named(line.community)
        if community is None:
            community = self._new_community(line, code)
        elif code and line.community and name_key(community.name) != name_key(line.community):
            words = {"code": code, "name": community.name}
            raise Refused("community", _("The code %(code)s is the community %(name)s.") % words)
        if not self._is_ours(community.code):
            raise Refused("community", _("%(name)s lies outside your area.") % {"name": community.name})
        self._known.load(community.code)
        return community

    def _is_ours(self, code: str) -> bool:
        if code not in self._ours:
            self._ours[code] = bool(may_keep_places(self._actor, code))
        return self._ours[code]

    def _new_community(self, line: HomeLine, code: str) -> Place:
        if not line.community:
            raise Refused(
                "community_code", _("The community %(code)s is not known; write its name too.") % {"code": code}
            )
        if code[: Level.SUBDISTRICT] not in self._known.subdistricts:
            words = {"code": code[: Level.SUBDISTRICT]}
            raise Refused(
                "community_code", _("The subdistrict %(code)s is not known; adopt the division codes.") % words
            )
        self._known.refuse_ended(code, "community_code")
        community = self._place(code, line.community, line.community)
        self._known.communities[code] = community
        self._plan.communities.append(community)
        return community

    def _zone(self, kind: Zone.Kind, community: Place, name: str, label: str = "") -> Zone:
        zones = self._known.zones[community.code]
        key = (kind, name_key(name))
        if key not in zones:
            label = label or self._new_estate_label(community.code)
            zones[key] = Zone(
                kind=kind, label=label, name=name, community_code=community.code, valid_from=self._plan.day
            )
            self._known.labels[label] = zones[key]
            self._plan.zones.append(zones[key])
        return zones[key]

    def _new_estate_label(self, community: str) -> str:
        labels = (f"{community}E{number:02d}" for number in range(1, MOST_ESTATES + 1))
        label = next((label for label in labels if label not in self._known.labels), "")
        if not label:
            raise Refused("estate", _("A community has at most %(most)s estates.") % {"most": MOST_ESTATES})
        return label

    def _grid(self, line: HomeLine, community: Place) -> Zone | None:
        text = line.grid
        if not text:
            return None
        known = self._known.zones[community.code].get((Zone.Kind.GRID, name_key(text)))
        number = _GRID_NUMBER.fullmatch(text)
        if known:
            return known
        if len(text) == Level.COMMUNITY + GRID_DIGITS and text.isdecimal():
            return self._grid_by_label(text, text, community)
        if number:
            label = grid_label(community.code, int(number[1]))
            return self._grid_by_label(label, _("Grid %(number)s") % {"number": number[1]}, community)
        label = next_grid_label(community.code, [known for known in self._known.labels if known[12:].isdecimal()])
        return self._zone(Zone.Kind.GRID, community, text, label)

    def _grid_by_label(self, label: str, name: str, community: Place) -> Zone:
        try:
            if community_of_grid(label) != community.code:
                raise Refused("grid", _("The grid %(label)s lies in another community.") % {"label": label})
        except InvalidGridLabel:
            raise Refused("grid", _("A grid's code is its community's code and 001 to 999.")) from None
        zone = self._known.labels.get(label)
        if zone is not None and zone.valid_to:
            words = {"name": zone.name, "day": zone.valid_to}
            raise Refused("grid", _("The grid %(name)s has ended on %(day)s.") % words)
        return zone or self._zone(Zone.Kind.GRID, community, name, label)

    def _building(self, line: HomeLine, community: Place, estate: Zone | None) -> Place:
        stated = line.building_code or line.home_code[: Level.BUILDING]
        if line.building_code and line.home_code and not line.home_code.startswith(line.building_code):
            raise Refused("home_code", _("The home's code does not begin with its building's code."))
        if stated and not stated.startswith(community.code):
            raise Refused("building_code", _("The building's code does not begin with its community's code."))
        key = f"{estate.label if estate else ''}/{number_key(line.building)}"
        named = self._known.buildings.get(stated)
        if named is not None and number_key(named.name) == number_key(line.building):
            key = self._known.rekey(community.code, key, named.code)
        code, is_new = self._known.child(community.code, key, stated, "building_code" if stated else "building")
        if not is_new:
            return self._known.buildings[code]
        name = with_unit(line.building, "号楼")
        place = self._place(code, name, f"{address_before(line, community, estate)}{name}", estate=estate)
        self._known.buildings[code] = place
        self._plan.buildings.append(place)
        return place

    def _settle(self, line: HomeLine, building: Place, estate: Zone | None, grid: Zone | None) -> None:
        """Note the zones and the point that the line gives its building."""
        for column, zone in (("estate", estate), ("grid", grid)):
            if zone is not None:
                self._join(column, building, zone)
        if line.point and _differs(building, line.point):
            building.longitude, building.latitude = line.point
            self._touched[building.code] = building

    def _join(self, column: str, building: Place, zone: Zone) -> None:
        before = self._joined.setdefault((building.code, column), zone)
        if before is not zone:
            words = {"building": building.name, "zone": before.name}
            raise Refused(column, _("%(building)s lies in %(zone)s by a row further up.") % words)
        if getattr(building, column) != zone:
            setattr(building, column, zone)
            if building.pk:
                self._plan.moved.append((building, zone))

    def _entrance(self, line: HomeLine, building: Place) -> str:
        stated = line.home_code[: Level.ENTRANCE]
        whole = building.code + ENTRANCE_OF_UNDIVIDED_BUILDING
        key = number_key(line.entrance) if line.entrance else ""
        code, is_new = self._known.child(building.code, key, stated or ("" if key else whole), "entrance")
        if is_new:
            name = with_unit(line.entrance, "单元") if line.entrance else WHOLE_BUILDING
            address = building.address + (name if line.entrance else "")
            self._plan.entrances.append(self._place(code, name, address))
            self._known.addresses[code] = address
        return code

    def _join_neighbours(self, line: HomeLine, community: Place, home: str) -> None:
        """Note the neighbour area of a home, a new one where nobody is called so in the community."""
        if not line.neighbours:
            return
        kind = Zone.Kind.NEIGHBOURS
        known = self._known.zones[community.code].get((kind, name_key(line.neighbours)))
        zone = known or self._zone(kind, community, line.neighbours, self._new_area_label(community.code))
        if zone.pk is None or self._known.neighbours.get(home) != zone.pk:
            self._plan.areas[home] = zone

    def _new_area_label(self, community: str) -> str:
        self._areas[community] += 1
        while (label := f"{community}L{self._areas[community]:04d}") in self._known.labels:
            self._areas[community] += 1
        return label

    def _home(self, line: HomeLine, building: Place, entrance: str) -> str:
        code, is_new = self._known.child(
            entrance, number_key(line.room), line.home_code, "home_code" if line.home_code else "room"
        )
        if code in self._rows:
            raise Refused("room", _("The same home stands in row %(row)s already.") % {"row": self._rows[code]})
        self._rows[code] = line.row
        self._plan.home_codes.append(code)
        if is_new:
            address = f"{self._known.addresses[entrance]}{line.room}"
            home = self._place(code, line.room, address, floor=line.floor, floor_area=line.floor_area)
            self._plan.homes.append(home)
            return code
        pk, floor, area = self._known.homes[code]
        wanted = (floor if line.floor is None else line.floor, area if line.floor_area is None else line.floor_area)
        if wanted != (floor, area):
            self._touched[code] = Place(pk=pk, code=code, floor=wanted[0], floor_area=wanted[1])
        return code

    def _place(self, code: str, name: str, address: str, **more: object) -> Place:
        return Place(code=code, level=len(code), name=name, address=address, valid_from=self._plan.day, **more)


def _differs(building: Place, point: tuple[float, float]) -> bool:
    if building.longitude is None or building.latitude is None:
        return True
    return max(abs(building.longitude - point[0]), abs(building.latitude - point[1])) > SAME_POINT_DEGREES

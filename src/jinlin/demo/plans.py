"""Draws a fictional place from the description of its estates, so that the same description always gives the same place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, islice

from shapely import union_all

from jinlin.algorithms.place_codes import grid_label
from jinlin.demo.ground import Ground, Point, Rectangle, around, on_shelves
from jinlin.demo.places import Area, Building, DemoPlace, Entrance, Home, NeighbourArea, Zone
from jinlin.demo.shares import even_shares

_STREET, _AVENUE, _GREEN = 22.0, 60.0, 150.0
_MILLIMETRE = 0.001


@dataclass(frozen=True)
class EstatePlan:
    """How an estate is laid out: its size (metres), its rows of buildings, and which buildings each grid takes.

    `entrances`, `floors` and `homes` give one number per building, in order; without `homes` every floor is full. Without
    `grids` its buildings are in none yet. `areas` says how many homes each neighbour area has, door after door.
    """

    name: str
    street: str
    size: Point
    rows: tuple[int, ...]
    entrances: tuple[int, ...]
    floors: tuple[int, ...]
    homes_a_floor: int
    square_metres: tuple[int, ...]
    homes: tuple[int, ...] = ()
    grids: tuple[int, ...] = ()
    areas: tuple[int, ...] = ()
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True)
class CommunityPlan:
    """A community and its estates, set out in rows."""

    name: str
    estates: tuple[EstatePlan, ...]

    @cached_property
    def grounds(self) -> list[Rectangle]:
        """The ground of each estate."""
        return on_shelves([estate.size for estate in self.estates], _STREET)

    @cached_property
    def extent(self) -> Rectangle:
        return around(self.grounds, _STREET)


@dataclass(frozen=True)
class SubdistrictPlan:
    """A subdistrict and its communities, set out in rows."""

    name: str
    communities: tuple[CommunityPlan, ...]

    @cached_property
    def grounds(self) -> list[Rectangle]:
        """The ground of each community."""
        return on_shelves([(plan.extent.width, plan.extent.height) for plan in self.communities], _AVENUE)

    @cached_property
    def extent(self) -> Rectangle:
        return around(self.grounds, _AVENUE)


@dataclass(frozen=True)
class DistrictPlan:
    """A district with a code that no real one has."""

    code: str
    name: str
    ground: Ground
    subdistricts: tuple[SubdistrictPlan, ...]

    def draw(self) -> DemoPlace:
        """Draw the place."""
        return _Drawing(self).place()


class _Drawing:
    """Draws level by level, from the district down; offsets are metres from the ground's origin."""

    def __init__(self, plan: DistrictPlan) -> None:
        self.plan, self.ground = plan, plan.ground
        self.subdistricts: list[Area] = []
        self.communities: list[Area] = []
        self.estates: list[Zone] = []
        self.grids: list[Zone] = []
        self.buildings: list[Building] = []
        self.areas: list[NeighbourArea] = []

    def place(self) -> DemoPlace:
        parts = self.plan.subdistricts
        grounds = on_shelves([(part.extent.width, part.extent.height) for part in parts], _GREEN)
        for number, (part, ground) in enumerate(zip(parts, grounds, strict=True), start=1):
            self._subdistrict(part, f"{self.plan.code}{number:03d}", ground)
        return DemoPlace(
            Area(self.plan.code, self.plan.name, self.ground.ring(around(grounds, _GREEN).circle())),
            tuple(self.subdistricts),
            tuple(self.communities),
            tuple(self.estates),
            tuple(self.grids),
            tuple(self.buildings),
            tuple(self.areas),
        )

    def _subdistrict(self, plan: SubdistrictPlan, code: str, ground: Rectangle) -> None:
        self.subdistricts.append(Area(code, plan.name, self.ground.ring(ground.corners)))
        inside = _corner(ground, plan.extent)
        for number, (part, own) in enumerate(zip(plan.communities, plan.grounds, strict=True), start=1):
            self._community(part, f"{code}{number:03d}", own.moved(inside))

    def _community(self, plan: CommunityPlan, code: str, ground: Rectangle) -> None:
        self.communities.append(Area(code, plan.name, self.ground.ring(ground.corners)))
        inside = _corner(ground, plan.extent)
        first_building, first_grid = 1, 1
        for number, (estate, own) in enumerate(zip(plan.estates, plan.grounds, strict=True), start=1):
            drawn = _EstateDrawing(estate, f"{code}E{number:02d}", code, own.moved(inside), self.ground)
            own_buildings = list(drawn.buildings(first_building, first_grid))
            self.buildings += own_buildings
            self.areas += drawn.areas(own_buildings)
            self.estates.append(drawn.zone(first_building))
            self.grids += drawn.grids(first_building, first_grid)
            first_building += len(estate.floors)
            first_grid += len(estate.grids)


def _corner(ground: Rectangle, extent: Rectangle) -> Point:
    """How far the parts of a plan move so that its extent lies on `ground`."""
    return ground.left - extent.left, ground.bottom - extent.bottom


@dataclass(frozen=True)
class _EstateDrawing:
    """An estate at its place in a community."""

    plan: EstatePlan
    label: str
    community: str
    rectangle: Rectangle
    ground: Ground

    def buildings(self, first: int, first_grid: int) -> Iterator[Building]:
        """Its buildings, numbered from `first` in the community, with the grids from `first_grid` on."""
        numbers = [number for number, count in enumerate(self.plan.grids, start=first_grid) for _ in range(count)]
        for index, cell in enumerate(self._cells):
            grid = grid_label(self.community, numbers[index]) if numbers else ""
            yield self._building(index, first + index, cell, grid)

    def zone(self, first: int) -> Zone:
        ring = self.ground.ring(self.rectangle.corners)
        codes = self._codes(first, range(len(self.plan.floors)))
        return Zone(self.label, self.plan.name, self.community, ring, codes, self.plan.bodies)

    def grids(self, first: int, first_grid: int) -> Iterator[Zone]:
        """Its grids: consecutive buildings, their ground joined."""
        ends = list(accumulate(self.plan.grids))
        for number, (end, count) in enumerate(zip(ends, self.plan.grids, strict=True), start=first_grid):
            own = range(end - count, end)
            joined = union_all([self._cells[index].polygon for index in own], grid_size=0.001)
            label, name = grid_label(self.community, number), f"第{chinese_number(number)}网格"
            yield Zone(label, name, self.community, self.ground.ring(joined.exterior.coords), self._codes(first, own))

    def areas(self, buildings: Sequence[Building]) -> Iterator[NeighbourArea]:
        """Its neighbour areas."""
        homes = (home.code for building in buildings for home in building.homes)
        for number, size in enumerate(self.plan.areas, start=1):
            label, name = f"{self.label}N{number:03d}", f"{self.plan.name}第{number}邻"
            yield NeighbourArea(label, name, self.community, tuple(islice(homes, size)))

    @cached_property
    def _cells(self) -> list[Rectangle]:
        """The ground of each building; rows alternate in direction so that neighbours in number touch."""
        height = self.rectangle.height / len(self.plan.rows)
        cells: list[Rectangle] = []
        for row, count in enumerate(self.plan.rows):
            width, bottom = self.rectangle.width / count, self.rectangle.bottom + row * height
            columns: Sequence[int] = range(count) if row % 2 == 0 else range(count - 1, -1, -1)
            cells += [Rectangle(self.rectangle.left + column * width, bottom, width, height) for column in columns]
        return cells

    def _codes(self, first: int, own: range) -> tuple[str, ...]:
        return tuple(f"{self.community}{first + index:04d}" for index in own)

    def _building(self, index: int, serial: int, cell: Rectangle, grid: str) -> Building:
        code, name = f"{self.community}{serial:04d}", f"{index + 1}栋"
        (x, y), width, depth = cell.middle, cell.width * 0.76, min(cell.height * 0.42, 18.0)
        longitude, latitude = self.ground.wgs84(x, y)
        return Building(
            code=code,
            name=name,
            address=f"{self.plan.street}{self.plan.name}{name}",
            estate=self.label,
            grid=grid,
            longitude=longitude,
            latitude=latitude,
            ring=self.ground.ring(Rectangle(x - width / 2, y - depth / 2, width, depth).corners),
            cell=cell,
            entrances=tuple(self._entrances(index, code)),
        )

    def _entrances(self, index: int, building: str) -> Iterator[Entrance]:
        count, full = self.plan.entrances[index], self.plan.floors[index] * self.plan.homes_a_floor
        homes = even_shares(self.plan.homes[index], count) if self.plan.homes else [full] * count
        for number, own in enumerate(homes, start=1):
            code = f"{building}{number:02d}"
            yield Entrance(code, f"{number}单元", tuple(self._home(code, position) for position in range(own)))

    def _home(self, entrance: str, position: int) -> Home:
        """A home; those on one side of the stairs have the same plan, with some square decimetres between the floors."""
        floor, door = position // self.plan.homes_a_floor + 1, position % self.plan.homes_a_floor + 1
        sizes = self.plan.square_metres
        area = sizes[(door - 1) % len(sizes)] * 100 + (floor * 37 + door * 11) % 90
        return Home(f"{entrance}{floor * 100 + door:04d}", f"{floor}{door:02d}", floor, area)


def chinese_number(number: int) -> str:
    """A number from 1 to 99 in Chinese."""
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    ten = "" if not tens else "十" if tens == 1 else f"{digits[tens]}十"
    return ten + (digits[ones] if ones else "")

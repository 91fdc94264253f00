"""The fictional community 虹山社区: its boundaries, estates, grids, buildings, entrances and 2,000 homes.

Everything is computed from the tables below, so the same call always gives the same place. Boundaries are GeoJSON rings
(longitude, latitude in WGS 84, first point repeated at the end); floor areas are in 0.01 m².
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import cos, pi, radians, sin

from shapely import Polygon, union_all

from jinlin.algorithms.place_codes import grid_label

Point = tuple[float, float]
Ring = tuple[Point, ...]

DISTRICT_CODE = "530199"
SUBDISTRICT_CODE = DISTRICT_CODE + "001"
COMMUNITY_CODE = SUBDISTRICT_CODE + "001"

_ORIGIN: Point = (102.6980, 25.0720)
_TURN = radians(7)
_METRES_PER_DEGREE = 111_320.0
_STREET = 22.0
_CHINESE_NUMBERS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Home:
    """A home (户): `name` is the room number on the door."""

    code: str
    name: str
    floor: int
    floor_area: int


@dataclass(frozen=True)
class Entrance:
    """A stairway (单元) with its homes from the ground up."""

    code: str
    name: str
    homes: tuple[Home, ...]


@dataclass(frozen=True)
class Building:
    """A building with its outline on the ground and the middle of it."""

    code: str
    name: str
    address: str
    estate: str
    grid: str
    longitude: float
    latitude: float
    ring: Ring
    entrances: tuple[Entrance, ...]

    @property
    def homes(self) -> tuple[Home, ...]:
        """All homes, entrance by entrance."""
        return tuple(home for entrance in self.entrances for home in entrance.homes)

    @property
    def is_tall(self) -> bool:
        """Whether it has a lift: more than seven floors."""
        return self.homes[-1].floor > 7


@dataclass(frozen=True)
class Zone:
    """An estate or a grid: a named set of buildings. `bodies` are the kinds of body that an estate has of its own."""

    label: str
    name: str
    ring: Ring
    building_codes: tuple[str, ...]
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Area:
    """A district, subdistrict or community."""

    code: str
    name: str
    ring: Ring


@dataclass(frozen=True)
class DemoPlace:
    """The whole place."""

    district: Area
    subdistrict: Area
    community: Area
    estates: tuple[Zone, ...]
    grids: tuple[Zone, ...]
    buildings: tuple[Building, ...]

    def estate_of(self, building: Building) -> Zone:
        """The estate in which a building stands."""
        return next(zone for zone in self.estates if zone.label == building.estate)


@dataclass(frozen=True)
class _Plan:
    """How an estate is laid out: where it lies (metres), its rows of buildings, and which buildings each grid takes.

    `entrances` and `floors` give one number per building, in order.
    """

    name: str
    street: str
    corner: Point
    size: Point
    rows: tuple[int, ...]
    entrances: tuple[int, ...]
    floors: tuple[int, ...]
    homes_a_floor: int
    grids: tuple[int, ...]
    square_metres: tuple[int, ...]
    bodies: tuple[str, ...]


_WEST, _MIDDLE, _EAST = 0.0, 230.0 + _STREET, 480.0 + 2 * _STREET
_SOUTH, _NORTH = 0.0, 150.0 + _STREET

_PLANS = (
    _Plan(
        name="虹山新村",
        street="虹山路18号",
        corner=(_WEST, _SOUTH),
        size=(230, 150),
        rows=(3, 3, 3, 2),
        entrances=(3,) * 11,
        floors=(7,) * 11,
        homes_a_floor=2,
        grids=(4, 4, 3),
        square_metres=(52, 61),
        bodies=("property_firm", "property_management_committee"),
    ),
    _Plan(
        name="建机厂宿舍",
        street="虹山路36号",
        corner=(_MIDDLE, _SOUTH),
        size=(250, 150),
        rows=(4, 3, 3),
        entrances=(3,) * 9 + (4,),
        floors=(5,) * 10,
        homes_a_floor=2,
        grids=(5, 5),
        square_metres=(45, 56),
        bodies=("property_management_committee",),
    ),
    _Plan(
        name="杏林里",
        street="杏林巷5号",
        corner=(_EAST, _SOUTH),
        size=(210, 150),
        rows=(4, 3, 3),
        entrances=(2,) * 10,
        floors=(4,) * 10,
        homes_a_floor=2,
        grids=(10,),
        square_metres=(48, 63),
        bodies=(),
    ),
    _Plan(
        name="虹阳花园",
        street="虹阳街9号",
        corner=(_WEST, _NORTH),
        size=(230, 160),
        rows=(3, 3, 3),
        entrances=(4,) * 8 + (5,),
        floors=(6,) * 9,
        homes_a_floor=2,
        grids=(3, 3, 3),
        square_metres=(78, 89),
        bodies=("property_firm", "owners_committee"),
    ),
    _Plan(
        name="书香苑",
        street="虹阳街21号",
        corner=(_MIDDLE, _NORTH),
        size=(250, 160),
        rows=(4, 3),
        entrances=(2,) * 7,
        floors=(11,) * 6 + (13,),
        homes_a_floor=2,
        grids=(4, 3),
        square_metres=(92, 108),
        bodies=("property_firm", "owners_committee"),
    ),
    _Plan(
        name="彩云公寓",
        street="书林路2号",
        corner=(_EAST, _NORTH),
        size=(210, 160),
        rows=(3, 2),
        entrances=(1,) * 5,
        floors=(15, 15, 15, 15, 17),
        homes_a_floor=4,
        grids=(3, 2),
        square_metres=(68, 74, 88, 115),
        bodies=("property_firm", "owners_committee"),
    ),
)


@cache
def hongshan() -> DemoPlace:
    """The fictional community with its district and subdistrict: 6 estates, 13 grids, 52 buildings, 2,000 homes."""
    estates: list[Zone] = []
    grids: list[Zone] = []
    buildings: list[Building] = []
    for number, plan in enumerate(_PLANS, start=1):
        cells = list(_cells(plan))
        labels = _grid_labels(plan, first=len(grids) + 1)
        label = f"{COMMUNITY_CODE}E{number:02d}"
        own = [
            _building(plan, label, grid, index, len(buildings) + index, cell)
            for index, (grid, cell) in enumerate(zip(labels, cells, strict=True), start=1)
        ]
        codes = tuple(building.code for building in own)
        estates.append(Zone(label, plan.name, _rectangle(plan.corner, plan.size), codes, plan.bodies))
        grids += _grids(own, cells, first=len(grids) + 1)
        buildings += own
    return DemoPlace(*_areas(), tuple(estates), tuple(grids), tuple(buildings))


def _areas() -> tuple[Area, Area, Area]:
    width, height = _EAST + 210, _NORTH + 160
    margin = _STREET
    community = _rectangle((-margin, -margin), (width + 2 * margin, height + 2 * margin))
    middle = (width / 2, height / 2)
    return (
        Area(DISTRICT_CODE, "示范区", _rough_circle(middle, 3200)),
        Area(SUBDISTRICT_CODE, "虹山街道", _rough_circle(middle, 1300)),
        Area(COMMUNITY_CODE, "虹山社区", community),
    )


def _cells(plan: _Plan) -> Iterator[Polygon]:
    """The ground of each building, in metres; rows alternate in direction so that neighbours in number touch."""
    height = plan.size[1] / len(plan.rows)
    for row, count in enumerate(plan.rows):
        width = plan.size[0] / count
        columns = range(count) if row % 2 == 0 else reversed(range(count))
        for column in columns:
            left, bottom = plan.corner[0] + column * width, plan.corner[1] + row * height
            yield _box(left, bottom, width, height)


def _grid_labels(plan: _Plan, first: int) -> list[str]:
    """The grid label of each building of an estate, in order."""
    return [grid_label(COMMUNITY_CODE, first + number) for number, count in enumerate(plan.grids) for _ in range(count)]


def _building(plan: _Plan, estate: str, grid: str, index: int, serial: int, cell: Polygon) -> Building:
    code = f"{COMMUNITY_CODE}{serial:04d}"
    middle = cell.centroid
    left, bottom, right, top = cell.bounds
    width, depth = (right - left) * 0.76, min((top - bottom) * 0.42, 18.0)
    longitude, latitude = _wgs84(middle.x, middle.y)
    return Building(
        code=code,
        name=f"{index}栋",
        address=f"{plan.street}{plan.name}{index}栋",
        estate=estate,
        grid=grid,
        longitude=longitude,
        latitude=latitude,
        ring=_ring(_box(middle.x - width / 2, middle.y - depth / 2, width, depth)),
        entrances=tuple(_entrance(plan, code, number, index) for number in range(1, plan.entrances[index - 1] + 1)),
    )


def _entrance(plan: _Plan, building: str, number: int, index: int) -> Entrance:
    code = f"{building}{number:02d}"
    homes = tuple(
        _home(plan, code, floor, door)
        for floor in range(1, plan.floors[index - 1] + 1)
        for door in range(1, plan.homes_a_floor + 1)
    )
    return Entrance(code, f"{number}单元", homes)


def _home(plan: _Plan, entrance: str, floor: int, door: int) -> Home:
    """A home; those on one side of the stairs have the same plan, with some square decimetres between the floors."""
    area = plan.square_metres[(door - 1) % len(plan.square_metres)] * 100 + (floor * 37 + door * 11) % 90
    return Home(f"{entrance}{floor * 100 + door:04d}", f"{floor}{door:02d}", floor, area)


def _grids(buildings: list[Building], cells: list[Polygon], first: int) -> list[Zone]:
    """The grids of one estate: consecutive buildings that share a label, their ground joined."""
    members: dict[str, list[int]] = {}
    for position, building in enumerate(buildings):
        members.setdefault(building.grid, []).append(position)
    return [
        Zone(
            label=label,
            name=f"第{_chinese_number(number)}网格",
            ring=_ring(union_all([cells[position] for position in positions])),
            building_codes=tuple(buildings[position].code for position in positions),
        )
        for number, (label, positions) in enumerate(members.items(), start=first)
    ]


def _chinese_number(number: int) -> str:
    """A number from 1 to 19 in Chinese."""
    ten = "十" if number > 10 else ""
    return ten + _CHINESE_NUMBERS[(number - 1) % 10]


def _box(left: float, bottom: float, width: float, height: float) -> Polygon:
    return Polygon([(left, bottom), (left + width, bottom), (left + width, bottom + height), (left, bottom + height)])


def _rectangle(corner: Point, size: Point) -> Ring:
    return _ring(_box(*corner, *size))


def _rough_circle(middle: Point, radius: float) -> Ring:
    """A boundary of sixteen corners whose distance from the middle varies by a fixed pattern."""
    swell = (0, 9, -6, 4, 12, -9, 3, -3, 7, -11, 5, 10, -4, 2, -8, 6)
    angles = [2 * pi * step / len(swell) for step in range(len(swell))]
    corners = [
        (middle[0] + radius * (1 + part / 100) * cos(angle), middle[1] + radius * (1 + part / 100) * sin(angle))
        for part, angle in zip(swell, angles, strict=True)
    ]
    return _ring(Polygon(corners))


def _ring(polygon: Polygon) -> Ring:
    return tuple(_wgs84(x, y) for x, y in polygon.exterior.coords)


def _wgs84(x: float, y: float) -> Point:
    """Longitude and latitude of a point given in metres east and north of the origin, turned with the streets.

    A flat approximation, good to a few centimetres over the kilometres that this place spans.
    """
    east = x * cos(_TURN) - y * sin(_TURN)
    north = x * sin(_TURN) + y * cos(_TURN)
    longitude = _ORIGIN[0] + east / (_METRES_PER_DEGREE * cos(radians(_ORIGIN[1])))
    return round(longitude, 7), round(_ORIGIN[1] + north / _METRES_PER_DEGREE, 7)

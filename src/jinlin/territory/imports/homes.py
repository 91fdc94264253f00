"""Reads the register of buildings and homes from a spreadsheet, row by row, and says what is wrong in each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.algorithms.coordinates import InvalidCoordinates, Point, System, looks_swapped, to_wgs84
from jinlin.algorithms.place_codes import Level, fault_in
from jinlin.platform.spreadsheets import Column, Finding, Limits, Row, read_table
from jinlin.territory.queries.tree import lies_in_district

HOME_COLUMNS = (
    Column(
        "community_code",
        gettext_lazy("Community code"),
        aliases=("社区代码", "社区编码", "社区区划代码"),
        as_text=True,
        hint=gettext_lazy("12 digits; needed unless the community's name is known or there is only one community"),
        example="530199001001",
        width=18,
    ),
    Column("community", gettext_lazy("Community"), aliases=("社区", "社区名称", "所属社区"), example="虹山社区"),
    Column(
        "estate",
        gettext_lazy("Estate"),
        aliases=("小区", "小区名称", "院落"),
        hint=gettext_lazy("stays empty for a building outside every estate"),
        example="幸福里",
    ),
    Column(
        "grid",
        gettext_lazy("Grid"),
        aliases=("网格", "网格名称", "网格编码", "所属网格"),
        as_text=True,
        hint=gettext_lazy("its name, its number, or its code of 15 digits"),
        example="第3网格",
    ),
    Column(
        "street",
        gettext_lazy("Street and number"),
        aliases=("门牌", "道路门牌", "地址", "街路巷"),
        hint=gettext_lazy("stands in front of the address"),
        example="虹山路18号",
        width=20,
    ),
    Column(
        "building",
        gettext_lazy("Building"),
        aliases=("楼栋", "楼号", "楼栋号", "栋号", "幢号"),
        needed=True,
        as_text=True,
        example="3号楼",
    ),
    Column(
        "entrance",
        gettext_lazy("Entrance"),
        aliases=("单元", "单元号"),
        as_text=True,
        hint=gettext_lazy("stays empty where the building has none"),
        example="2单元",
    ),
    Column(
        "room",
        gettext_lazy("Room"),
        aliases=("房号", "室", "室号", "房间号", "门牌号", "户号"),
        as_text=True,
        hint=gettext_lazy("a row without it names a building or an entrance only"),
        example="501",
    ),
    Column(
        "neighbours",
        gettext_lazy("Neighbour area"),
        aliases=("邻长联系片", "邻长片区", "联系片"),
        hint=gettext_lazy("the homes that one neighbour head looks after; stays empty where there is none"),
        example="第1片",
    ),
    Column("floor", gettext_lazy("Floor"), aliases=("楼层", "所在层", "层"), example="5"),
    Column(
        "floor_area",
        gettext_lazy("Floor area (m²)"),
        aliases=("建筑面积", "面积", "房屋面积"),
        hint=gettext_lazy("square metres with at most two decimals"),
        example="89.50",
    ),
    Column("longitude", gettext_lazy("Longitude"), aliases=("经度", "lng", "lon"), example="102.711000"),
    Column("latitude", gettext_lazy("Latitude"), aliases=("纬度", "lat"), example="25.050000"),
    Column(
        "system",
        gettext_lazy("Coordinate system"),
        aliases=("坐标系", "坐标系统"),
        hint=gettext_lazy("WGS84, CGCS2000, GCJ02 or BD09; empty means WGS84"),
        example="GCJ02",
    ),
    Column(
        "building_code",
        gettext_lazy("Building code"),
        aliases=("楼栋代码", "楼栋编码"),
        as_text=True,
        hint=gettext_lazy("16 digits; stays empty for the platform to give one"),
        width=20,
    ),
    Column(
        "home_code",
        gettext_lazy("Home code"),
        aliases=("户室代码", "房屋编码", "房屋代码", "户编码"),
        as_text=True,
        hint=gettext_lazy("22 digits; stays empty for the platform to give one"),
        width=26,
    ),
)
SYSTEMS = {
    "": System.WGS84,
    "wgs84": System.WGS84,
    "cgcs2000": System.CGCS2000,
    "国家2000": System.CGCS2000,
    "2000": System.CGCS2000,
    "gcj02": System.GCJ02,
    "火星": System.GCJ02,
    "高德": System.GCJ02,
    "腾讯": System.GCJ02,
    "bd09": System.BD09,
    "bd09ll": System.BD09,
    "百度": System.BD09,
}
LONGEST = {
    "community": 64,
    "estate": 64,
    "grid": 64,
    "street": 80,
    "building": 32,
    "entrance": 16,
    "room": 16,
    "neighbours": 64,
}
FLOORS = range(-9, 201)
LARGEST_AREA = 10_000_000


@dataclass(frozen=True, slots=True)
class HomeLine:
    """What one row says of a home, or of a building or entrance when `room` is empty; area in 0.01 m²."""

    row: int
    community_code: str
    community: str
    estate: str
    grid: str
    street: str
    building: str
    entrance: str
    room: str
    neighbours: str
    floor: int | None
    floor_area: int | None
    point: Point | None
    building_code: str
    home_code: str


@dataclass
class HomeLines:
    """All rows of a file, and what is wrong in them; `headers` names each field as the file does."""

    lines: list[HomeLine] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    headers: Mapping[str, str] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)
    rows: int = 0


def read_homes(
    source: Path | str | IO[bytes],
    *,
    mapping: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    progress: Callable[[int], None] | None = None,
) -> HomeLines:
    """Read every row; a row with findings gives no line. `progress` is told how many rows were read since the last call.

    Raises:
        Invalid: for a file that cannot be read as a table.
    """
    with read_table(source, HOME_COLUMNS, mapping=mapping, limits=limits) as table:
        found = HomeLines(headers=table.header.texts, unused=table.header.unused)
        for row in table.rows:
            found.rows += 1
            line = _line_of(row)
            if row.findings:
                found.findings += row.findings
            else:
                found.lines.append(line)
            if progress:
                progress(1)
    return found


def _line_of(row: Row) -> HomeLine:
    texts = {name: row.text(name, most=most) for name, most in LONGEST.items()}
    return HomeLine(
        row=row.number,
        **texts,
        community_code=_code(row, "community_code", Level.COMMUNITY),
        floor=_floor(row),
        floor_area=_area(row),
        point=_point(row),
        building_code=_code(row, "building_code", Level.BUILDING),
        home_code=_home_code(row, texts["room"]),
    )


def _code(row: Row, name: str, level: Level) -> str:
    code = row.code(name)
    if code and (fault_in(code) or len(code) != level):
        words = {"digits": int(level), "count": len(code)}
        row.blame(name, _("The code here has %(digits)s digits and no part of zeros; this one has %(count)s.") % words)
    return code


def _home_code(row: Row, room: str) -> str:
    code = _code(row, "home_code", Level.HOME)
    if code and not room:
        row.blame("room", _("A row with a home's code needs its room."))
    return code


def _floor(row: Row) -> int | None:
    floor = row.whole("floor")
    if floor is not None and floor not in FLOORS:
        row.blame("floor", _("Floors run from -9 to 200."))
    return floor


def _area(row: Row) -> int | None:
    area = row.decimal("floor_area")
    if area is None:
        return None
    hundredths = area * 100
    if hundredths != hundredths.to_integral_value() or not 0 < hundredths <= LARGEST_AREA:
        row.blame("floor_area", _("An area lies above 0 and up to 100,000 m², with at most two decimals."))
    return int(hundredths)


def _point(row: Row) -> Point | None:
    longitude, latitude = row.decimal("longitude"), row.decimal("latitude")
    if longitude is None and latitude is None:
        return None
    if longitude is None or latitude is None:
        row.blame("longitude" if longitude is None else "latitude", _("Longitude and latitude come together."))
        return None
    name = "".join(row.text("system").casefold().replace("-", "").split()).removesuffix("坐标系").removesuffix("坐标")
    if name not in SYSTEMS:
        row.blame("system", _("Coordinates come as WGS84, CGCS2000, GCJ02 or BD09."))
        return None
    return _checked_point(row, float(longitude), float(latitude), SYSTEMS[name])


@lru_cache(maxsize=4096)
def _in_wgs84(longitude: float, latitude: float, system: System) -> Point:
    """Convert a point; the homes of a building bring the same one again and again."""
    return to_wgs84(longitude, latitude, system)


def _checked_point(row: Row, longitude: float, latitude: float, system: System) -> Point | None:
    if looks_swapped(longitude, latitude):
        row.blame("longitude", _("Longitude and latitude seem to be swapped."))
        return None
    try:
        point = _in_wgs84(longitude, latitude, system)
    except InvalidCoordinates:
        row.blame("longitude", _("These numbers are no point: longitude and latitude are in degrees."))
        return None
    if not lies_in_district(*point):
        row.blame("longitude", _("This point lies outside the district."))
    return point

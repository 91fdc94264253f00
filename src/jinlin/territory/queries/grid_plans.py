"""Reads of grid plans: their figures, what is wrong with them, what they change, and how they look on the map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import shapely

from jinlin.algorithms.gridding import Assessment, Finding, assess, find_faults
from jinlin.algorithms.place_codes import Level
from jinlin.playbooks.here import current_playbook
from jinlin.territory.models import GridPlan, Zone
from jinlin.territory.outlines import as_geojson
from jinlin.territory.queries.ground import Ground

SHADES = {"under": 0, "even": 1, "over": 4}


@dataclass(frozen=True)
class GridRow:
    """A grid of a plan: what it holds, how far it is from the target, and what it is today (None: it is new)."""

    code: str
    name: str
    community: str
    buildings: int
    households: int
    deviation: float
    estates: int
    compactness: float | None
    today: Zone | None
    warned: bool

    @property
    def percent(self) -> int:
        """The deviation from the target in percent."""
        return round(self.deviation * 100)

    @property
    def shade(self) -> int:
        """How dark the map shows it: grids beyond the tolerance stand out."""
        return SHADES["even" if not self.warned else "over" if self.deviation > 0 else "under"]


@dataclass(frozen=True)
class Overlap:
    """A grid of today that the plan ends, and how many of its households go to which grid of the plan."""

    zone: Zone
    shares: Mapping[str, int]

    @property
    def heir(self) -> str:
        """The grid that takes most of its households; of equals the first code."""
        return min(self.shares, key=lambda code: (-self.shares[code], code), default="")


def open_grids(place_code: str) -> list[Zone]:
    """Return the grids of today in a community, or in all communities of a subdistrict."""
    rows = Zone.objects.filter(kind=Zone.Kind.GRID, valid_to__isnull=True, community_code__startswith=place_code)
    return list(rows.order_by("label"))


def codes_in(plan: GridPlan, ground: Ground) -> list[str]:
    """Return the grid of each building of the ground, "" for one that the plan does not have."""
    return [plan.assignment.get(code, "") for code in ground.codes]


def faults_of(plan: GridPlan, ground: Ground) -> list[Finding]:
    """Return all that stands against the plan as it is."""
    return find_faults(ground.city, codes_in(plan, ground))


def figures_of(plan: GridPlan, ground: Ground) -> Assessment:
    """Return the figures of the plan."""
    return assess(ground.city, codes_in(plan, ground), target=plan.target)


def tolerance() -> Fraction:
    """Return the share by which a grid may differ from its size before a warning."""
    return current_playbook().grid_size.tolerance


def rows_of(figures: Assessment, target: int, zones: Sequence[Zone]) -> list[GridRow]:
    """Return the grids in the order of their codes, with a warning beyond the tolerance around the target."""
    known, allowed = {zone.label: zone for zone in zones}, tolerance()
    rows = []
    for grid in figures.rows:
        deviation = (grid.households - target) / target
        rows.append(
            GridRow(
                code=grid.code,
                name=known[grid.code].name if grid.code in known else grid_name(grid.code),
                community=str(grid.community),
                buildings=grid.buildings,
                households=grid.households,
                deviation=deviation,
                estates=grid.estates,
                compactness=grid.compactness,
                today=known.get(grid.code),
                warned=abs(Fraction(grid.households - target, target)) > allowed,
            )
        )
    return rows


def grid_name(label: str) -> str:
    """Return what a new grid is called: 第7网格."""
    return f"第{int(label[Level.COMMUNITY :])}网格"


def ending_grids(plan: GridPlan, ground: Ground) -> list[Overlap]:
    """Return the grids of today that the plan does not have, each with where its households go.

    A community without any building has no grids in a plan, and what it has stays.
    """
    kept = set(plan.assignment.values())
    planned = {code[: Level.COMMUNITY] for code in kept}
    shares: dict[int, Counter[str]] = {}
    for building, households in zip(ground.buildings, ground.city.households.tolist(), strict=True):
        shares.setdefault(building.grid_id or 0, Counter())[plan.assignment.get(building.code, "")] += households
    today = [zone for zone in open_grids(plan.place_code) if zone.community_code in planned]
    ending = [zone for zone in today if zone.label not in kept]
    return [Overlap(zone, {code: n for code, n in shares.get(zone.pk, Counter()).items() if code}) for zone in ending]


def plan_features(ground: Ground, codes: Sequence[str], rows: Sequence[GridRow]) -> dict[str, Any]:
    """Return the grids of a plan as GeoJSON areas, and its buildings as points."""
    shapes = grid_shapes(ground, codes)
    areas = [_feature(shapes[row.code], code=row.code, name=_map_name(row), level=row.shade) for row in rows]
    spots = [
        _feature(shapely.Point(point), code=building.code, name=building.address)
        for building, point in zip(ground.buildings, ground.points, strict=True)
    ]
    return {"type": "FeatureCollection", "features": [*areas, *spots]}


def grid_shapes(ground: Ground, codes: Sequence[str]) -> dict[str, shapely.Geometry]:
    """Return the outline of each grid: the ground of its buildings together."""
    members: dict[str, list[shapely.Geometry]] = {}
    for code, outline in zip(codes, ground.outlines, strict=True):
        members.setdefault(code, []).append(outline)
    # Cells meet in lines that rounding may tear: snapped to a centimetre they join again.
    return {code: shapely.union_all(shapely.set_precision(parts, 1e-7)) for code, parts in members.items() if code}


def _map_name(row: GridRow) -> str:
    return f"{row.name} {row.code} · {row.households} ({row.percent:+d}%)"


def _feature(geometry: shapely.Geometry, **properties: Any) -> dict[str, Any]:
    drawn = as_geojson(geometry) if geometry.geom_type != "Point" else shapely.geometry.mapping(geometry)
    return {"type": "Feature", "properties": properties, "geometry": drawn}

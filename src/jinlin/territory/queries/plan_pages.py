"""What the pages of grid plans show: a plan with its figures, a grid opened for editing, two plans side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jinlin.algorithms.gridding import Assessment
from jinlin.algorithms.place_codes import Level
from jinlin.territory.grid_words import in_words
from jinlin.territory.models import GridPlan, Place, Zone
from jinlin.territory.queries.grid_plans import (
    GridRow,
    Overlap,
    codes_in,
    ending_grids,
    faults_of,
    figures_of,
    open_grids,
    plan_features,
    rows_of,
)
from jinlin.territory.queries.ground import Ground, ground_of
from jinlin.territory.queries.tree import within_any


@dataclass(frozen=True)
class EditedBuilding:
    """A building of the grid that is being edited."""

    place: Place
    households: int


class PlanView:
    """A plan beside the ground as it is today; everything is computed when it is asked for, once."""

    def __init__(self, plan: GridPlan, ground: Ground | None = None) -> None:
        self.plan = plan
        self.ground = ground or ground_of(plan.place_code)

    @cached_property
    def codes(self) -> list[str]:
        """The grid of each building of the ground."""
        return codes_in(self.plan, self.ground)

    @cached_property
    def figures(self) -> Assessment:
        """The figures of the whole."""
        return figures_of(self.plan, self.ground)

    @cached_property
    def zones(self) -> list[Zone]:
        """The grids of today."""
        return open_grids(self.plan.place_code)

    @cached_property
    def rows(self) -> list[GridRow]:
        """The grids of the plan."""
        return rows_of(self.figures, self.plan.target, self.zones)

    @cached_property
    def ending(self) -> list[Overlap]:
        """The grids of today that end by the plan."""
        return ending_grids(self.plan, self.ground)

    @cached_property
    def faults(self) -> list[str]:
        """All that stands against the plan, in words."""
        names = {building.code: building.address for building in self.ground.buildings}
        return [in_words(fault, names) for fault in faults_of(self.plan, self.ground)]

    @property
    def warned(self) -> int:
        """How many grids lie beyond the tolerance."""
        return sum(row.warned for row in self.rows)

    @property
    def households(self) -> int:
        """All households of the plan."""
        return sum(row.households for row in self.rows)

    @property
    def mean_percent(self) -> float:
        """The mean of the grids' deviations from the target, in percent."""
        return round(100 * sum(abs(row.deviation) for row in self.rows) / max(len(self.rows), 1), 1)

    @property
    def greatest_percent(self) -> float:
        """The greatest deviation from the target, in percent."""
        return round(100 * max((abs(row.deviation) for row in self.rows), default=0), 1)

    @property
    def compactness(self) -> float | None:
        """How round the grids are on the average, from 0 to 1."""
        return None if self.figures.compactness is None else round(self.figures.compactness, 2)

    @property
    def moving(self) -> int:
        """How many households would lie in another grid than today."""
        today = [building.grid.label if building.grid else "" for building in self.ground.buildings]
        counts = self.ground.city.households.tolist()
        return sum(n for n, old, new in zip(counts, today, self.codes, strict=True) if old and old != new)

    def features(self) -> dict[str, Any]:
        """Return the plan as GeoJSON for the map."""
        return plan_features(self.ground, self.codes, self.rows)

    def buildings_of(self, grid: str) -> list[EditedBuilding]:
        """Return the buildings of a grid."""
        rows = zip(self.ground.buildings, self.codes, self.ground.city.households.tolist(), strict=True)
        return [EditedBuilding(building, households) for building, code, households in rows if code == grid]

    def beside(self, grid: str) -> list[GridRow]:
        """Return the grids that touch a grid, where its buildings may go."""
        city, codes = self.ground.city, self.codes
        touching = set()
        for a, b in zip(city.a.tolist(), city.b.tolist(), strict=True):
            if grid in (codes[a], codes[b]) and city.community[a] == city.community[b]:
                touching |= {codes[a], codes[b]}
        return [row for row in self.rows if row.code in touching - {grid}]


def compared(one: GridPlan, other: GridPlan) -> list[PlanView]:
    """Return two plans over the same ground, for a look side by side."""
    first = PlanView(one)
    shared = first.ground if other.place_code == one.place_code else None
    return [first, PlanView(other, shared)]


def places_to_plan(codes: Sequence[str]) -> list[Place]:
    """Return the subdistricts and communities in these areas, in the order of their codes."""
    rows = Place.objects.filter(
        within_any(codes), level__in=(Level.SUBDISTRICT, Level.COMMUNITY), valid_to__isnull=True
    )
    return list(rows.only("code", "name", "level").order_by("code"))

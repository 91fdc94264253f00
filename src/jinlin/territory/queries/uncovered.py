"""Where the tree has a blank: units at every level with nothing below them, or outside what the place's chain asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.place_codes import Level
from jinlin.platform.errors import Words
from jinlin.playbooks.here import current_playbook
from jinlin.territory.models import Place, Zone
from jinlin.territory.queries.tree import below


@dataclass(frozen=True)
class Gap:
    """A kind of blank: the level of its units, its words, the filter that finds them, and the level that must be in the chain."""

    key: str
    level: str
    words: Words
    found: Q
    needs: str = ""


GAPS = (
    Gap("no_community", "subdistrict", _("Subdistricts without communities"), Q()),
    Gap("no_building", "community", _("Communities without buildings"), Q()),
    Gap("empty_estate", "estate", _("Estates without buildings"), Q(), needs="estate"),
    Gap("empty_grid", "grid", _("Grids without buildings"), Q(), needs="grid"),
    Gap("no_grid", "building", _("Buildings in no grid"), Q(grid__isnull=True), needs="grid"),
    Gap("no_estate", "building", _("Buildings in no estate"), Q(estate__isnull=True), needs="estate"),
    Gap(
        "no_point",
        "building",
        _("Buildings without a point on the map"),
        Q(longitude__isnull=True) | Q(latitude__isnull=True),
    ),
    Gap("no_home", "building", _("Buildings without homes"), Q()),
    Gap("no_neighbours", "home", _("Homes in no neighbour area"), Q(neighbours__isnull=True), needs="neighbours"),
)
BY_KEY = {gap.key: gap for gap in GAPS}
BELOW = {"subdistrict": Level.COMMUNITY, "community": Level.BUILDING, "building": Level.HOME}
COLUMN = {"empty_estate": "estate", "empty_grid": "grid"}
LISTED_LEVELS = frozenset({"subdistrict", "community", "building", "estate", "grid"})
"""Levels whose units everybody with a post may see one by one; homes are counted only, or seen on the roll."""


@dataclass(frozen=True)
class Counted:
    """How many blanks of a kind there are in a place."""

    gap: Gap
    count: int


def gaps_here() -> list[Gap]:
    """Return the kinds of blank that there can be in this place: those whose level its chain has."""
    levels = {row.level for row in current_playbook().chain}
    return [gap for gap in GAPS if not gap.needs or gap.needs in levels]


def uncovered_counts(code: str) -> list[Counted]:
    """Return how many blanks of each kind there are in a place, none left out."""
    return [Counted(gap, uncovered(code, gap).count()) for gap in gaps_here()]


def is_covered(code: str) -> bool:
    """Say whether the place has no blank at any level."""
    return not any(uncovered(code, gap).exists() for gap in gaps_here())


def children_with_blanks(code: str, level: Level) -> set[str]:
    """Return which of the places at `level` in a place have a blank, in one statement for each kind of blank."""
    found: set[str] = set()
    for gap in gaps_here():
        if gap.level == "home" or (gap.key not in COLUMN and Level[gap.level.upper()] < level):
            continue
        column = "community_code" if gap.key in COLUMN else "code"
        codes = uncovered(code, gap).annotate(child=Left(column, int(level))).order_by().values_list("child", flat=True)
        found.update(codes.distinct())
    return found


def uncovered(code: str, gap: Gap) -> QuerySet[Place] | QuerySet[Zone]:
    """Return the units in a place that have a blank of a kind, in the order of their codes."""
    if gap.key in COLUMN:
        return _empty_zones(code, gap)
    rows = below(code).filter(gap.found, level=Level[gap.level.upper()], valid_to__isnull=True)
    if gap.key in {"no_community", "no_building", "no_home"}:
        rows = rows.exclude(code__in=_with_something_below(code, gap.level))
    return rows.order_by("code")


def buildings_without_neighbours() -> list[tuple[str, str]]:
    """Return (code, name) of the buildings with homes in no neighbour area, in the order of their codes."""
    homes = Place.objects.filter(BY_KEY["no_neighbours"].found, level=Level.HOME, valid_to__isnull=True)
    codes = homes.annotate(building=Left("code", int(Level.BUILDING))).order_by().values("building").distinct()
    rows = Place.objects.filter(code__in=codes, level=Level.BUILDING, valid_to__isnull=True)
    return list(rows.order_by("code").values_list("code", "name"))


def _with_something_below(code: str, level: str) -> QuerySet[Place]:
    lower = below(code).filter(level=BELOW[level], valid_to__isnull=True)
    return lower.annotate(above=Left("code", int(Level[level.upper()]))).order_by().values("above").distinct()


def _empty_zones(code: str, gap: Gap) -> QuerySet[Zone]:
    column = COLUMN[gap.key]
    filled = below(code).filter(level=Level.BUILDING, valid_to__isnull=True, **{f"{column}__isnull": False})
    zones = Zone.objects.filter(kind=column, valid_to__isnull=True, community_code__startswith=code)
    return zones.exclude(pk__in=filled.order_by().values(f"{column}_id").distinct()).order_by("label")


def uncovered_rows(code: str) -> Iterator[tuple[str, str, str]]:
    """Yield (kind of blank, code, name) of every unit with a blank that may be listed, kind by kind."""
    for gap in gaps_here():
        if gap.level in LISTED_LEVELS:
            for unit in uncovered(code, gap).iterator(chunk_size=2_000):
                yield str(gap.words), *named(unit)


def named(unit: Place | Zone) -> tuple[str, str]:
    """Return the code and the name of a unit."""
    return (unit.code, unit.address) if isinstance(unit, Place) else (unit.label, unit.name)

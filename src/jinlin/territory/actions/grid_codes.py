"""Which code each grid of a division gets: the one of a grid of today that goes on in it, else the next free number."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from jinlin.algorithms.place_codes import Level, next_grid_label
from jinlin.territory.models import GridPlan, Zone
from jinlin.territory.queries.ground import Ground
from jinlin.territory.states import PlanState

Pairs = Mapping[tuple[str, str], tuple[int, int]]


def coded_as_today(ground: Ground, parts: Sequence[str]) -> list[str]:
    """Return the code of the grid of each building; `parts` (n,) names the grids of a division in any way.

    A grid of today goes on in the part with which it shares most households, where that part shares most with it too.
    """
    overlaps: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for building, part, households in zip(ground.buildings, parts, ground.city.households.tolist(), strict=True):
        if building.grid is not None and part:
            shared = overlaps[building.grid.label, part]
            shared[0] += households
            shared[1] += 1
    codes = dict(_mutual({pair: (one, other) for pair, (one, other) in overlaps.items()}))
    used = used_labels({building.code[: Level.COMMUNITY] for building in ground.buildings})
    for building, part in zip(ground.buildings, parts, strict=True):
        if part and part not in codes:
            codes[part] = next_grid_label(building.code[: Level.COMMUNITY], used)
            used.add(codes[part])
    return [codes.get(part, "") for part in parts]


def _mutual(overlaps: Pairs) -> Iterable[tuple[str, str]]:
    """Yield (part, label) for pairs of which neither shares more with another; households count first, then buildings."""
    greatest: dict[str, tuple[int, int]] = {}
    for (label, part), shared in overlaps.items():
        for side in (f"today {label}", f"plan {part}"):
            greatest[side] = max(shared, greatest.get(side, shared))
    matched: set[str] = set()
    for (label, part), shared in sorted(overlaps.items()):
        sides = {f"today {label}", f"plan {part}"}
        if not matched & sides and all(greatest[side] == shared for side in sides):
            matched |= sides
            yield part, label


def used_labels(communities: Iterable[str]) -> set[str]:
    """Return every code of a grid ever given in these communities, with those that approved plans are going to give."""
    wanted = set(communities)
    given = Zone.objects.filter(kind=Zone.Kind.GRID, community_code__in=wanted).values_list("label", flat=True)
    coming = GridPlan.objects.filter(state=PlanState.APPROVED).values_list("assignment", flat=True)
    promised = Counter(label for assignment in coming for label in assignment.values())
    return {*given, *(label for label in promised if label[: Level.COMMUNITY] in wanted)}


def with_free_codes(plan: GridPlan, open_labels: Iterable[str]) -> dict[str, str]:
    """Return {code in the plan: code to give} for codes that were given to another grid since the plan was made."""
    going_on = set(open_labels)
    wanted = sorted(set(plan.assignment.values()) - going_on)
    communities = {label[: Level.COMMUNITY] for label in wanted}
    zones = Zone.objects.filter(kind=Zone.Kind.GRID, community_code__in=communities)
    given = set(zones.values_list("label", flat=True))
    renamed, used = {}, given | set(wanted)
    for label in wanted:
        if label in given:
            renamed[label] = next_grid_label(label[: Level.COMMUNITY], used)
            used.add(renamed[label])
    return renamed

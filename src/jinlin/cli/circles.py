"""Reads a walking network with sites and households from files, and measures and plans service circles on it."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jinlin.algorithms.service_circles import (
    Circle,
    WalkingNetwork,
    cover_most,
    demand_reached,
    measure_circles,
    shorten_walks,
    within,
)
from jinlin.cli.columns import Columns, read_columns
from jinlin.cli.speech import refuse, say

NODES = {"id": ("node",), "x": ("lon", "lng", "longitude"), "y": ("lat", "latitude")}
EDGES = {"a": ("u",), "b": ("v",), "metres": ("length", "meters")}
SITES = {"id": ("site",), "node": ()}
CANDIDATES = {"id": ("candidate", "site"), "node": ()}
DEMAND = {"id": ("demand", "building"), "node": (), "households": ()}
MOST_HOUSEHOLDS = 10_000_000
HOUSEHOLDS_REMEDY = "Write how many households live at this place."
LATITUDES = ("lat", "latitude")
LONGITUDES_OF_CHINA, LATITUDES_OF_CHINA = (73, 136), (3, 54)


class Places(NamedTuple):
    """Sites, candidates or demand: their ids and their nodes."""

    ids: list[str]
    nodes: NDArray[np.int64]


class Case(NamedTuple):
    """All that was read."""

    network: WalkingNetwork
    sites: Places
    demand: Places
    households: NDArray[np.int64]
    candidates: Places


def read_case(nodes: Path, edges: Path, sites: Path, demand: Path, candidates: Path | None) -> Case:
    """Return the case in the files; what cannot be used ends the command with file, line and column."""
    known = _node_ids(read_columns(nodes, NODES))
    ways = read_columns(edges, EDGES)
    ends = [ways.references(end, known, nodes) for end in ("a", "b")]
    network = WalkingNetwork.from_edges(len(known), *ends, _lengths(ways))
    homes = read_columns(demand, DEMAND)
    served = _places(homes, known, nodes)
    households = homes.whole_numbers("households", least=0, most=MOST_HOUSEHOLDS, remedy=HOUSEHOLDS_REMEDY)
    if not households.sum():
        refuse(f"{demand}: no household lives anywhere. Fill the column {homes.headers['households']}.")
    offered = (
        _sites(read_columns(candidates, CANDIDATES), known, nodes, network) if candidates else Places([], ends[0][:0])
    )
    return Case(network, _sites(read_columns(sites, SITES), known, nodes, network), served, households, offered)


def _node_ids(columns: Columns) -> Mapping[str, int]:
    if not len(columns):
        refuse(f"{columns.path}: there is no node below the header row. Give the nodes of the walking network.")
    x, y = (columns.numbers(name, "Write the place of the node as two numbers.") for name in ("x", "y"))
    if columns.headers["y"].strip().lower() in LATITUDES:
        _refuse_swapped(columns, x, y)
    return columns.ids("id")


def _refuse_swapped(columns: Columns, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> None:
    """Refuse what is no latitude or longitude, and places that lie in China only when the two are exchanged."""
    x, y = columns.headers["x"], columns.headers["y"]
    exchange = f"Exchange the headers {y} and {x} if the columns are swapped."
    for row in np.flatnonzero(np.abs(lat) > 90)[:1].tolist():
        columns.blame(row, "y", f"{lat[row]:g} is no latitude. {exchange}")
    for row in np.flatnonzero(np.abs(lon) > 180)[:1].tolist():
        columns.blame(row, "x", f"{lon[row]:g} is no longitude. {exchange}")
    if _all_in(lat, LONGITUDES_OF_CHINA) and _all_in(lon, LATITUDES_OF_CHINA):
        columns.blame(0, "y", f"The place {lat[0]:g}, {lon[0]:g} lies in China only with the two exchanged. {exchange}")


def _all_in(values: NDArray[np.float64], span: tuple[int, int]) -> bool:
    return bool(((values >= span[0]) & (values <= span[1])).all())


def _lengths(ways: Columns) -> NDArray[np.float64]:
    metres = ways.numbers("metres", "Write the length of the way in metres.")
    for row in np.flatnonzero(metres < 0)[:1].tolist():
        ways.blame(row, "metres", f"A way cannot be {metres[row]:g} metres long. Write 0 or more.")
    return metres


def _places(columns: Columns, known: Mapping[str, int], nodes: Path) -> Places:
    columns.ids("id")
    return Places(columns.cells["id"], columns.references("node", known, nodes))


def _sites(columns: Columns, known: Mapping[str, int], nodes: Path, network: WalkingNetwork) -> Places:
    places = _places(columns, known, nodes)
    lonely = np.diff(network.start)[places.nodes] == 0
    if network.nodes > 1:
        for row in np.flatnonzero(lonely)[:1].tolist():
            node = columns.cells["node"][row]
            columns.blame(row, "node", f"No way leads to “{node}”. Choose the nearest node that an edge ends at.")
    return places


def warm_up() -> None:
    """Load the machine code, which is no part of the work."""
    WalkingNetwork.from_edges(2, [0], [1], [1.0]).isochrones([0], 1.0)
    shorten_walks([[1.0, 2.0], [2.0, 1.0]], [1, 1], 1)


def measured(
    case: Case, limits: Sequence[Fraction], pace: Fraction, add: int, *, shorter_walks: bool
) -> dict[str, Any]:
    metres = case.network.nearest(case.sites.nodes)[0][case.demand.nodes]
    found = _without_more(case, metres, limits[0], pace)
    if add:
        found = (_for_walks if shorter_walks else _for_share)(case, metres, limits[0], pace, add)
    chosen = found.pop("chosen")
    sites = np.r_[case.sites.nodes, case.candidates.nodes[chosen]]
    after = case.network.nearest(sites)[0][case.demand.nodes]
    unreachable = [case.demand.ids[row] for row in np.flatnonzero(np.isinf(after)).tolist()]
    if unreachable:
        say(f"No path leads from a site to {len(unreachable)} places of demand; they count as outside.")
    circles = {"circles": _circles(measure_circles(metres, case.households, limits, pace))}
    if add:
        circles["circles_with_added"] = _circles(measure_circles(after, case.households, limits, pace))
    return (
        circles
        | {"chosen": [case.candidates.ids[row] for row in chosen.tolist()]}
        | found
        | {"households": int(case.households.sum()), "unreachable": unreachable}
    )


def _circles(circles: Sequence[Circle]) -> list[dict[str, Any]]:
    return [
        {"minutes": _number(circle.minutes), "share": round(float(circle.share), 6), "households": circle.households}
        for circle in circles
    ]


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)


def _without_more(case: Case, metres: NDArray[np.float64], limit: Fraction, pace: Fraction) -> dict[str, Any]:
    """Return what there is; nothing was chosen, so nothing is better."""
    covered = int(case.households[within(metres, limit, pace)].sum())
    return {"chosen": np.empty(0, np.int64), "proved": True, "bound": covered, "covered": covered}


def _for_share(case: Case, metres: NDArray[np.float64], limit: Fraction, pace: Fraction, add: int) -> dict[str, Any]:
    """Choose for most households within the limit; `covered` and `bound` count those whom existing sites serve too."""
    served = within(metres, limit, pace)
    start, reached = demand_reached(case.network, case.candidates.nodes, case.demand.nodes, limit, pace)
    found = cover_most(start, reached, np.where(served, 0, case.households), add)
    already = int(case.households[served].sum())
    return {
        "chosen": found.chosen,
        "proved": found.proved,
        "bound": already + found.bound,
        "covered": already + found.covered,
    }


def _for_walks(case: Case, metres: NDArray[np.float64], _limit: Fraction, _pace: Fraction, add: int) -> dict[str, Any]:
    """Choose for the shortest walks; cost and bound are households times metres, of those whom any path reaches."""
    distances = case.network.distances(case.candidates.nodes, case.demand.nodes)
    lost = np.isinf(np.minimum(metres, distances.min(axis=0, initial=np.inf)))
    found = shorten_walks(distances, np.where(lost, 0, case.households), add, existing=metres)
    return {
        "chosen": found.chosen,
        "proved": found.proved,
        "bound": found.bound / 1_000,
        "household_metres": found.cost / 1_000,
        "gap": round(found.gap, 6),
    }

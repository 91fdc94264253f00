"""`python -m bench.gridding`: grid division beside gerrychain's tree partition, on synthetic cities and real geography.

Three cities of 62 communities (size M), one of 406 (size L, without gerrychain), and census block groups of counties with
people in place of households and tracts in place of estates. gerrychain divides each community by itself into as many
parts: `recursive_tree_part` within 20 % of the target, within 1.5, 2, 3, 5 times as much where it finds none.
"""

import argparse
import csv
import os
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import networkx
import numpy as np

from bench.tables import print_table, timed
from jinlin.algorithms.gridding import Assessment, City, assess, divide, grids_per_community, make_city, warm_up
from jinlin.algorithms.gridding.parts import parts

ROOT = Path(__file__).resolve().parent.parent
PEOPLE = 10_000
WIDENED = (0.2, 0.3, 0.4, 0.6, 0.99)
ATTEMPTS = 200
METRES_A_DEGREE = 111_320
HEADS = (
    "method", "CPU s", "grids", "mean dev", "max dev", "in 10 %", "in 20 %", "torn", "shape", "extra pieces", "over road",
)  # fmt: skip
RATIOS = ("CPU s", "mean dev", "in 10 %", "in 20 %", "extra pieces", "over road", "shape")


class Outcome(NamedTuple):
    """What a method did to a city, and its processor seconds."""

    figures: Assessment
    seconds: float


def main() -> None:
    """Measure and print all tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.gridding", description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3], help="of the cities of size M")
    options = parser.parse_args()
    shared = Path(os.environ.get("JINLIN_SHARED") or ROOT.parent / "shared")
    if not (shared / "bench" / "synthetic_city.py").is_file():
        sys.stdout.write("Nothing was measured: shared/bench/synthetic_city.py is not beside the project.\n")
        return
    warm_up()
    _measure_cities(shared, options.seeds)
    _print("\nSize L, seed 1", _ours(synthetic_city(shared, "L", 1)))
    blocks = block_groups(shared / "data" / "geo_blockgroups_ar")
    title = f"Block groups: {len(blocks.building)} in {len(blocks.communities[0])} counties, {PEOPLE:,} people a grid"
    _print(title, _theirs(blocks, 1, PEOPLE) | _ours(blocks, PEOPLE))
    sys.stdout.write(
        "\nCompiling is left out; so are reading, the checks of the input, and building gerrychain's graphs.\n"
    )


def _measure_cities(shared: Path, seeds: Sequence[int]) -> None:
    found: dict[str, list[Outcome]] = defaultdict(list)
    for seed in seeds:
        city = synthetic_city(shared, "M", seed)
        outcomes = _theirs(city, seed) | _ours(city)
        _print(f"Size M, seed {seed}", outcomes)
        for name, outcome in outcomes.items():
            found[name].append(outcome)
    means = {name: _means(outcomes) for name, outcomes in found.items()}
    rows = [(name, *(f"{own[head] / means['gerrychain'][head]:.2f}" for head in RATIOS)) for name, own in means.items()]
    print_table(f"Size M, mean of seeds {seeds}, over gerrychain", ("method", *RATIOS), rows)


def synthetic_city(shared: Path, size: str, seed: int) -> City:
    """Return a city of the shared generator."""
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(shared / "bench"))
    from synthetic_city import generate  # type: ignore[import-not-found]

    made = generate(size, seed)
    return make_city(
        building=np.arange(len(made.b_hh)),
        community=made.b_comm,
        estate=made.b_estate,
        households=made.b_hh,
        x=made.b_xy[:, 0],
        y=made.b_xy[:, 1],
        area=made.b_area,
        perimeter=made.b_perim,
        a=made.adj[:, 0],
        b=made.adj[:, 1],
        shared_length=made.adj_len,
        crosses_major_road=made.adj_major,
    )


def block_groups(folder: Path) -> City:
    """Return census block groups as buildings of their counties; their own areas and perimeters are not used."""
    nodes, edges = (_columns(folder / f"{name}.csv") for name in ("nodes", "edges"))
    north, east = (np.array(nodes[name], float) * METRES_A_DEGREE for name in ("lat", "lon"))
    narrow = np.cos(np.radians(np.mean(np.array(nodes["lat"], float))))
    return make_city(
        building=nodes["id"],
        community=nodes["county"],
        estate=nodes["tract"],
        households=np.array(nodes["population"], int),
        x=east * narrow,
        y=north,
        a=edges["a"],
        b=edges["b"],
        shared_length=np.array(edges["shared_perimeter_deg"], float) * METRES_A_DEGREE,
        crosses_major_road=np.zeros(len(edges["a"]), bool),
    )


def _columns(path: Path) -> dict[str, list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return dict(zip(header, map(list, zip(*rows, strict=True)), strict=True))


def _ours(city: City, target: int = 150) -> dict[str, Outcome]:
    found = {}
    for mode in ("keep", "balance"):
        plan, seconds = timed(partial(divide, city, target=target, mode=mode, seed=1))
        found[mode] = Outcome(assess(city, plan.codes, target=target), seconds)
    return found


def _theirs(city: City, seed: int, target: int = 150) -> dict[str, Outcome]:
    graphs = list(_graphs(city, target))
    codes, seconds = timed(partial(_by_gerrychain, len(city.building), graphs, seed), repeats=1)
    return {"gerrychain": Outcome(assess(city, codes, target=target), seconds)}


def _graphs(city: City, target: int) -> Iterator[tuple[Any, int]]:
    """Yield gerrychain's graph of each community, whose nodes are rows of the city, and the number of grids."""
    from gerrychain import Graph

    for part, number in zip(parts(city), grids_per_community(city, target=target).tolist(), strict=True):
        graph = networkx.Graph()
        graph.add_nodes_from((row, {"households": int(city.households[row])}) for row in part.rows.tolist())
        graph.add_edges_from(part.rows[np.column_stack([part.source, part.other])].tolist())
        yield Graph.from_networkx(graph), number


def _by_gerrychain(buildings: int, graphs: Sequence[tuple[Any, int]], seed: int) -> list[str]:
    codes = [""] * buildings
    for place, (graph, number) in enumerate(graphs):
        for row, grid in _parts_by_gerrychain(graph, number, random.Random(f"{seed} {place}")).items():  # noqa: S311
            codes[row] = f"{place}-{grid}"
    return codes


def _parts_by_gerrychain(graph: Any, number: int, dice: random.Random) -> dict[int, int]:
    from gerrychain.partition.initial_partition_generators import recursive_tree_part
    from gerrychain.tree import bipartition_tree

    if number == 1:
        return dict.fromkeys(graph.node_indices, 0)
    mean = sum(graph.node_data(node)["households"] for node in graph.node_indices) / number
    cut = partial(bipartition_tree, max_attempts=ATTEMPTS)
    for width in WIDENED:
        try:
            return recursive_tree_part(
                graph, range(number), mean, "households", width, bipartition_tree_fn=cut, rng=dice
            )
        except Exception as error:  # noqa: BLE001  it raises several kinds when it finds no cut
            failure = error
    raise SystemExit(f"gerrychain found no division at all: {failure}")


def _print(title: str, outcomes: dict[str, Outcome]) -> None:
    print_table(title, HEADS, [(name, *_cells(outcome)) for name, outcome in outcomes.items()])


def _cells(outcome: Outcome) -> tuple[object, ...]:
    own = outcome.figures
    shares = [f"{100 * share:.1f} %" for share in (own.mean_deviation, own.max_deviation, own.within_10, own.within_20)]
    shape = "" if own.compactness is None else f"{own.compactness:.3f}"
    counts = (own.torn_grids, shape, own.extra_estate_pieces, own.grids_over_major_road)
    return (f"{outcome.seconds:.3f}", own.grids, *shares, *counts)


def _means(outcomes: Sequence[Outcome]) -> dict[str, float]:
    columns = [
        (
            outcome.seconds,
            outcome.figures.mean_deviation,
            outcome.figures.within_10,
            outcome.figures.within_20,
            outcome.figures.extra_estate_pieces,
            outcome.figures.grids_over_major_road,
            outcome.figures.compactness,
        )
        for outcome in outcomes
    ]
    return dict(zip(RATIOS, np.mean(columns, axis=0).tolist(), strict=True))


if __name__ == "__main__":
    main()

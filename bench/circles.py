"""`python -m bench.circles`: service circles on a synthetic city of 98,541 nodes beside networkx and scipy."""

import argparse
import sys
from fractions import Fraction
from time import process_time
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from bench.shared import shared_bench
from bench.tables import print_table, timed
from jinlin.algorithms.service_circles import WalkingNetwork, cover_most, demand_reached, shorten_walks

LIMIT, TEN_MINUTES = 800.0, Fraction(10)
SITES, SOURCES, CANDIDATES, DEMANDS, CHOSEN = 100, 200, 200, 5_000, 20


class Case(NamedTuple):
    """A city's network in our form, scipy's and networkx's, and what is asked about it."""

    ours: WalkingNetwork
    scipys: csr_array
    networkxs: Any
    sites: NDArray[np.int64]
    sources: NDArray[np.int64]
    candidates: NDArray[np.int64]
    demand: NDArray[np.int64]
    households: NDArray[np.int64]


def main() -> None:
    """Measure and print both tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.circles", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", choices=["S", "M", "L"], default="L")
    options = parser.parse_args()
    generator = shared_bench("synthetic_city")
    if generator is None:
        sys.stdout.write("Nothing was measured: shared/bench/synthetic_city.py is not beside the project.\n")
        return
    case = _case(generator.generate(options.size, options.seed), options.seed)
    _warm_up()
    edges = len(case.ours.far) // 2
    title = f"City {options.size}, seed {options.seed}: {case.ours.nodes:,} nodes, {edges:,} edges; median of 3 runs"
    heads = ("walks", "CPU s", "networkx", "times faster", "scipy", "times faster", "largest difference")
    print_table(title, heads, [_nearest(case), _isochrones(case)])
    heads = (
        "choice of 20 of 200 sites for 5,000 demand points",
        "CPU s",
        "value",
        "bound",
        "says",
        "reading walks, CPU s",
    )
    print_table("More sites", heads, [_covering(case), _median(case)])
    sys.stdout.write("\nCompiling and building the networks is left out.\n")


def _case(city: Any, seed: int) -> Case:
    import networkx

    random = np.random.default_rng(seed)
    nodes, a, b, metres = len(city.n_xy), city.n_edges[:, 0], city.n_edges[:, 1], city.n_len
    ours = WalkingNetwork.from_edges(nodes, a, b, metres)
    scipys = csr_array((ours.metres, ours.far, ours.start), shape=(nodes, nodes))
    theirs = networkx.Graph()
    theirs.add_weighted_edges_from(zip(a.tolist(), b.tolist(), metres.tolist(), strict=True))
    buildings = random.choice(len(city.b_node), min(DEMANDS, len(city.b_node)), replace=False)
    return Case(
        ours,
        scipys,
        theirs,
        random.choice(np.unique(city.b_node), SITES, replace=False),
        random.choice(nodes, SOURCES, replace=False),
        random.choice(nodes, CANDIDATES, replace=False),
        city.b_node[buildings],
        city.b_hh[buildings],
    )


def _warm_up() -> None:
    WalkingNetwork.from_edges(2, [0], [1], [1.0]).isochrones([0], 1.0)
    shorten_walks([[1.0, 2.0], [2.0, 1.0]], [1, 1], 1)


def _nearest(case: Case) -> tuple[object, ...]:
    import networkx

    (metres, _which), ours = timed(lambda: case.ours.nearest(case.sites))
    sites = case.sites.tolist()
    theirs, peer = timed(lambda: networkx.multi_source_dijkstra_path_length(case.networkxs, sites))
    _scipys, second = timed(lambda: dijkstra(case.scipys, indices=case.sites, min_only=True))
    difference = max(abs(metres[node] - length) for node, length in theirs.items())
    return _compared(f"nearest of {SITES} sites for every node", ours, peer, second, difference)


def _isochrones(case: Case) -> tuple[object, ...]:
    import networkx

    found, ours = timed(lambda: case.ours.isochrones(case.sources, LIMIT))
    sources = case.sources.tolist()
    theirs, peer = timed(
        lambda: [
            networkx.single_source_dijkstra_path_length(case.networkxs, source, cutoff=LIMIT) for source in sources
        ],
        repeats=1,
    )
    _scipys, second = timed(
        lambda: [dijkstra(case.scipys, indices=source, limit=LIMIT) for source in sources], repeats=1
    )
    difference = 0.0
    for place, reached in enumerate(theirs):
        span = slice(found.start[place], found.start[place + 1])
        lengths = dict(zip(found.node[span].tolist(), found.metres[span].tolist(), strict=True))
        if lengths.keys() != reached.keys():
            raise SystemExit("networkx reaches other nodes.")
        difference = max(difference, *(abs(lengths[node] - length) for node, length in reached.items()))
    return _compared(f"{SOURCES} isochrones of {LIMIT:.0f} metres", ours, peer, second, difference)


def _compared(words: str, ours: float, peer: float, second: float, difference: float) -> tuple[object, ...]:
    ratios = [f"{peer:.3f}", f"{peer / ours:.1f}", f"{second:.3f}", f"{second / ours:.1f}"]
    return (words, f"{ours:.4f}", *ratios, f"{difference:.1e}")


def _covering(case: Case) -> tuple[object, ...]:
    start = process_time()
    reached = demand_reached(case.ours, case.candidates, case.demand, TEN_MINUTES)
    read = process_time() - start
    found, seconds = timed(lambda: cover_most(*reached, case.households, CHOSEN))
    says = "proved" if found.proved else f"gap {100 * (1 - found.covered / found.bound):.2f} %"
    words = "most households within 10 minutes"
    return (words, f"{seconds:.3f}", f"{found.covered} households", found.bound, says, f"{read:.2f}")


def _median(case: Case) -> tuple[object, ...]:
    start = process_time()
    metres = case.ours.distances(case.candidates, case.demand)
    read = process_time() - start
    found, seconds = timed(lambda: shorten_walks(metres, case.households, CHOSEN))
    says = "proved" if found.proved else f"gap {100 * found.gap:.3f} %"
    value, bound = f"{found.cost // 1_000:,} household metres", f"{found.bound // 1_000:,}"
    return ("shortest walks", f"{seconds:.3f}", value, bound, says, f"{read:.2f}")


if __name__ == "__main__":
    main()

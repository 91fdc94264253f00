"""`python -m bench.matching`: matching beside OR-tools' min-cost flow and a greedy choice, on one seeded instance each.

40,000 volunteers and 4,000 posts lie around 60 centres of a city of 8 by 8 kilometres. A volunteer fits a post of a skill
that they have, among the nearest 60 posts and within 1.5 kilometres; the benefit falls with the distance and has a share of
preference. There are as many places as volunteers, so that most of them are contested.
"""

import argparse
import sys
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from bench.tables import print_table, timed
from jinlin.algorithms.matching import QUICK, match

CITY, CENTRES, NEAREST, REACH = 8_000, 60, 60, 1_500
SKILLS, SKILL_SHARE = 8, 0.3
HEADS = ("method", "CPU s", "of OR-tools", "placed", "benefit", "below optimum", "over greedy", "says")


class Instance(NamedTuple):
    """What `match` takes."""

    offer_capacity: NDArray[np.int64]
    need_capacity: NDArray[np.int64]
    offer: NDArray[np.int64]
    need: NDArray[np.int64]
    benefit: NDArray[np.int64]


class Outcome(NamedTuple):
    """What a method found."""

    placed: int
    benefit: int
    says: str = ""


def make_instance(seed: int, offers: int, needs: int, places: tuple[int, int]) -> Instance:
    """Return volunteers with one unit each and posts with between `places` of them."""
    random = np.random.default_rng([seed, offers, needs])
    centres = random.uniform(0, CITY, (CENTRES, 2))

    def spots(count: int) -> NDArray[np.float64]:
        scattered = centres[random.integers(CENTRES, size=count)] + random.normal(0, CITY / 16, (count, 2))
        return np.clip(scattered, 0, CITY)

    volunteers, posts = spots(offers), spots(needs)
    has_skill, wanted = random.random((offers, SKILLS)) < SKILL_SHARE, random.integers(SKILLS, size=needs)
    metres, near = cKDTree(posts).query(volunteers, k=NEAREST)
    offer, need, metres = np.repeat(np.arange(offers), NEAREST), near.ravel(), metres.ravel()
    fits = has_skill[offer, wanted[need]] & (metres < REACH)
    offer, need, metres = offer[fits], need[fits], metres[fits]
    benefit = (1_000 - metres / 3).astype(np.int64) + random.integers(-250, 250, len(offer))
    capacity = random.integers(places[0], places[1] + 1, needs)
    return Instance(np.ones(offers, np.int64), capacity, offer, need.astype(np.int64), np.maximum(1, benefit))


def main() -> None:
    """Measure and print both tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.matching", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    seed = parser.parse_args().seed
    match([1], [1], [0], [0], [1])
    for words, places in (("posts of 4 to 16 places", (4, 16)), ("posts of one place", (1, 1))):
        instance = make_instance(seed, 40_000, 4_000, places)
        title = f"40,000 volunteers, 4,000 {words}, {len(instance.benefit):,} edges, seed {seed}; median of 3 runs"
        print_table(title, HEADS, _rows(instance))
    sys.stdout.write("\nCompiling is left out. OR-tools is SimpleMinCostFlow with the building of its network.\n")


def _rows(instance: Instance) -> list[tuple[object, ...]]:
    measured = {
        "OR-tools": timed(lambda: _by_ortools(instance)),
        "greedy": timed(lambda: _greedily(instance), repeats=1),
        "exact": timed(lambda: _ours(instance)),
        "quick": timed(lambda: _ours(instance, tolerance=QUICK)),
    }
    (best, reference), (greedy, _) = measured["OR-tools"], measured["greedy"]
    return [
        (
            name,
            f"{seconds:.3f}",
            f"{seconds / reference:.2f}",
            found.placed,
            found.benefit,
            f"{100 * (1 - found.benefit / best.benefit):.4f} %",
            f"{100 * (found.benefit / greedy.benefit - 1):+.2f} %",
            found.says,
        )
        for name, (found, seconds) in measured.items()
    ]


def _ours(instance: Instance, **options: object) -> Outcome:
    found = match(*instance, **options)  # type: ignore[arg-type]
    says = "optimal" if found.optimal else f"within {100 * (1 - found.benefit / found.bound):.4f} %"
    return Outcome(len(found.pairs), found.benefit, says)


def _greedily(instance: Instance) -> Outcome:
    """Take edges by falling benefit as long as both ends have room."""
    offers, needs = instance.offer_capacity.tolist(), instance.need_capacity.tolist()
    placed = benefit = 0
    for edge in np.argsort(-instance.benefit, kind="stable").tolist():
        offer, need = int(instance.offer[edge]), int(instance.need[edge])
        if offers[offer] and needs[need]:
            offers[offer] -= 1
            needs[need] -= 1
            placed += 1
            benefit += int(instance.benefit[edge])
    return Outcome(placed, benefit)


def _by_ortools(instance: Instance) -> Outcome:
    """Flow from a source over offers and needs to a sink; what is not placed goes there directly."""
    from ortools.graph.python import min_cost_flow

    offers, needs = len(instance.offer_capacity), len(instance.need_capacity)
    source, sink, edges = offers + needs, offers + needs + 1, len(instance.benefit)
    supply = int(instance.offer_capacity.sum())
    tails = np.r_[np.full(offers, source), instance.offer, offers + np.arange(needs), source]
    heads = np.r_[np.arange(offers), offers + instance.need, np.full(needs, sink), sink]
    room = np.r_[instance.offer_capacity, np.ones(edges, np.int64), instance.need_capacity, supply]
    costs = np.r_[np.zeros(offers, np.int64), -instance.benefit, np.zeros(needs + 1, np.int64)]
    network = min_cost_flow.SimpleMinCostFlow()
    network.add_arcs_with_capacity_and_unit_cost(tails.astype(np.int32), heads.astype(np.int32), room, costs)
    network.set_nodes_supplies(np.array([source, sink], np.int32), np.array([supply, -supply]))
    if network.solve() != network.OPTIMAL:
        raise SystemExit("OR-tools found no optimum.")
    placed = int(network.flows(np.arange(offers, offers + edges)).sum())
    return Outcome(placed, -network.optimal_cost(), "optimal")


if __name__ == "__main__":
    main()

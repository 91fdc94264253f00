"""Service circles: walks as others compute them, households within minutes, and where more sites help most, with proof."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from jinlin.algorithms.service_circles import (
    InvalidNetwork,
    WalkingNetwork,
    cover_most,
    measure_circles,
    shorten_walks,
    within,
)
from jinlin.algorithms.service_circles.covering import _bound, _by_program, _exchanged, _greedy, _reduced

Edges = list[tuple[int, int, float]]


@st.composite
def networks(draw: st.DrawFn) -> tuple[int, Edges]:
    nodes = draw(st.integers(1, 9))
    node = st.integers(0, nodes - 1)
    metres = st.one_of(st.integers(0, 5).map(float), st.floats(0.1, 500))
    return nodes, draw(st.lists(st.tuples(node, node, metres), max_size=20))


def built(nodes: int, edges: Edges) -> WalkingNetwork:
    return WalkingNetwork.from_edges(nodes, *_columns(edges))


def _columns(edges: Edges) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    a, b, metres = zip(*edges, strict=True) if edges else ((), (), ())
    return np.array(a, dtype=int), np.array(b, dtype=int), np.array(metres, dtype=float)


def all_distances(nodes: int, edges: Edges) -> np.ndarray:
    """Return every shortest walk by trying every stop on the way."""
    found = np.full((nodes, nodes), np.inf)
    np.fill_diagonal(found, 0)
    for a, b, metres in edges:
        found[a, b] = found[b, a] = min(found[a, b], metres)
    for stop in range(nodes):
        found = np.minimum(found, found[:, [stop]] + found[[stop], :])
    return found


@given(networks(), st.data())
def test_the_nearest_site_of_every_node(network: tuple[int, Edges], data: st.DataObject):
    nodes, _edges = network
    sites = data.draw(st.lists(st.integers(0, nodes - 1), max_size=4))
    metres, which = built(*network).nearest(sites)
    distances = all_distances(*network)[sites] if sites else np.full((1, nodes), np.inf)
    assert metres == pytest.approx(distances.min(axis=0), abs=1e-9)
    for node, site in enumerate(which.tolist()):
        assert (site < 0) == np.isinf(metres[node])
        assert site < 0 or distances[site, node] == pytest.approx(metres[node], abs=1e-9)


@given(networks(), st.floats(0, 600))
def test_isochrones_hold_what_lies_within_the_limit(network: tuple[int, Edges], limit: float):
    nodes, _edges = network
    found = built(*network).isochrones(np.arange(nodes), limit)
    distances = all_distances(*network)
    for source in range(nodes):
        span = slice(found.start[source], found.start[source + 1])
        reached = dict(zip(found.node[span].tolist(), found.metres[span].tolist(), strict=True))
        assert sorted(found.metres[span]) == found.metres[span].tolist()
        for node, metres in reached.items():
            assert metres == pytest.approx(distances[source, node], abs=1e-9)
        certain = set(np.flatnonzero(distances[source] <= limit - 1e-6).tolist())
        possible = set(np.flatnonzero(distances[source] <= limit + 1e-6).tolist())
        assert certain <= reached.keys() <= possible


def street_grid(side: int, seed: int) -> tuple[int, Edges]:
    random = np.random.default_rng(seed)
    node = np.arange(side * side).reshape(side, side)
    pairs = [*zip(node[:, :-1].ravel(), node[:, 1:].ravel(), strict=True)]
    pairs += [*zip(node[:-1].ravel(), node[1:].ravel(), strict=True)]
    return side * side, [(int(a), int(b), float(random.uniform(20, 140))) for a, b in pairs]


def test_walks_through_a_town_are_those_of_scipy():
    nodes, edges = street_grid(40, seed=1)
    a, b, metres = _columns(edges)
    theirs = csr_array((np.r_[metres, metres], (np.r_[a, b], np.r_[b, a])), shape=(nodes, nodes))
    town, sources = built(nodes, edges), np.arange(0, nodes, 97)
    expected = dijkstra(theirs, indices=sources)
    assert np.abs(town.distances(sources, np.arange(nodes)) - expected).max() < 1e-9
    assert np.abs(town.nearest(sources)[0] - expected.min(axis=0)).max() < 1e-9
    found = town.isochrones(sources, 800.0)
    assert len(found.node) == (expected <= 800).sum()
    assert (
        np.abs(found.metres - expected[np.repeat(np.arange(len(sources)), np.diff(found.start)), found.node]).max()
        < 1e-9
    )


def test_the_shortest_of_parallel_ways_counts_and_an_edge_of_no_length_joins():
    town = built(4, [(0, 1, 90), (1, 0, 40), (0, 1, 70), (1, 2, 0), (2, 2, 5)])
    metres, which = town.nearest([0, 3])
    assert metres.tolist() == [0, 40, 40, 0]
    assert which.tolist() == [0, 0, 0, 1]


def test_a_node_beyond_all_paths_is_nobodys():
    metres, which = built(3, [(0, 1, 10)]).nearest([0])
    assert (metres[2], which[2]) == (np.inf, -1)
    assert built(2, []).nearest([])[1].tolist() == [-1, -1]


def test_exactly_as_far_is_within():
    # A hundred steps of 8.1 metres and one to 810 are not 810 in binary fractions.
    town = built(101, [(node, node + 1, 8.1) for node in range(100)])
    metres, _which = town.nearest([0])
    assert within(metres, Fraction(10), Fraction(81)).all()
    assert not within(metres + 0.001, Fraction(10), Fraction(81)).all()
    assert not within(np.array([np.inf]), Fraction(10)).any()


def test_shares_of_households():
    households = np.full(100, 1)
    metres = np.r_[np.full(59, 100.0), 800.0, np.full(34, 1_000.0), 2_400.0, np.full(4, 2_400.01), np.inf]
    ten, thirty = measure_circles(metres, households, [Fraction(10), Fraction(30)])
    assert (ten.share, thirty.share) == (Fraction(60, 100), Fraction(95, 100))


@st.composite
def coverings(draw: st.DrawFn) -> tuple[list[list[int]], list[int], int]:
    points = draw(st.integers(0, 8))
    reached = st.lists(st.integers(0, points - 1), unique=True) if points else st.just([])
    candidates = draw(st.lists(reached, max_size=7))
    return candidates, draw(st.lists(st.integers(0, 9), min_size=points, max_size=points)), draw(st.integers(0, 4))


def arrays(candidates: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    return np.cumsum([0, *map(len, candidates)]), np.array([point for some in candidates for point in some], dtype=int)


def covered(candidates: list[list[int]], households: list[int], chosen: tuple[int, ...]) -> int:
    return sum(households[point] for point in {point for one in chosen for point in candidates[one]})


def most(candidates: list[list[int]], households: list[int], count: int) -> int:
    choices = combinations(range(len(candidates)), min(count, len(candidates)))
    return max(covered(candidates, households, chosen) for chosen in choices)


@given(coverings())
def test_covering_is_the_optimum_and_proves_it(case: tuple[list[list[int]], list[int], int]):
    candidates, households, count = case
    found = cover_most(*arrays(candidates), households, count)
    assert found.proved
    assert found.covered == covered(candidates, households, tuple(found.chosen.tolist())) == most(*case)
    assert len(found.chosen) <= count


@given(coverings())
def test_the_integer_program_and_the_exchanges_keep_their_promises(case: tuple[list[list[int]], list[int], int]):
    candidates, households, count = case
    start, demand = arrays(candidates)
    reached = csr_array((np.ones(len(demand), int), demand, start), shape=(len(candidates), len(households)), dtype=int)
    kept, groups, weights = _reduced(reached, np.array(households, dtype=int))
    chosen = _exchanged(groups, weights, _greedy(groups, weights, count))
    assert covered(candidates, households, tuple(kept[chosen])) <= most(*case) <= _bound(groups, weights, chosen, count)
    if len(kept):
        _choice, value, bound = _by_program(groups, weights, [], count, 10**6, 30.0)
        assert value == bound == most(*case)


def test_a_choice_that_is_not_proved_says_its_bound():
    random = np.random.default_rng(2)
    candidates = [sorted(random.choice(150, 12, replace=False).tolist()) for _ in range(40)]
    households = random.integers(1, 60, 150)
    cut_short = cover_most(*arrays(candidates), households, 5, seconds=0)
    whole = cover_most(*arrays(candidates), households, 5)
    assert cut_short.covered <= whole.covered <= whole.bound <= cut_short.bound
    assert not cut_short.proved


@st.composite
def medians(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, int, np.ndarray | None]:
    points, candidates = draw(st.integers(1, 7)), draw(st.integers(1, 6))
    metres = st.one_of(st.integers(0, 900).map(float), st.just(np.inf))
    rows = draw(st.lists(st.lists(metres, min_size=points, max_size=points), min_size=candidates, max_size=candidates))
    households = draw(st.lists(st.integers(0, 50), min_size=points, max_size=points))
    existing = draw(st.none() | st.lists(metres, min_size=points, max_size=points))
    return (
        np.array(rows),
        np.array(households),
        draw(st.integers(0, 4)),
        None if existing is None else np.array(existing),
    )


def walked(metres: np.ndarray, households: np.ndarray, chosen: tuple[int, ...], existing: np.ndarray | None) -> int:
    rows = [*metres[list(chosen)], *([] if existing is None else [existing])]
    nearest = np.min(rows, axis=0) if rows else np.full(len(households), np.inf)
    return int((np.where(np.isinf(nearest), 2.0**36, nearest * 1_000).astype(int) * households).sum())


@given(medians())
def test_the_median_has_the_cost_that_it_says_and_a_true_bound(case):
    metres, households, count, existing = case
    found = shorten_walks(metres, households, count, existing=existing)
    choices = combinations(range(len(metres)), min(count, len(metres)))
    least = min(walked(metres, households, chosen, existing) for chosen in choices)
    assert walked(metres, households, tuple(found.chosen.tolist()), existing) == found.cost
    assert found.bound <= least <= found.cost


def test_the_median_of_a_town_is_within_a_hundredth():
    nodes, edges = street_grid(30, seed=3)
    random = np.random.default_rng(3)
    metres = built(nodes, edges).distances(random.choice(nodes, 80, replace=False), np.arange(nodes))
    found = shorten_walks(metres, random.integers(1, 90, nodes), 8)
    assert len(found.chosen) == 8
    assert found.gap < 0.01


@pytest.mark.parametrize(
    ("nodes", "edges", "words"),
    [
        (2, [(0, 2, 5.0)], "end of an edge number 0 is node 2, but there are only 2"),
        (2, [(0, -1, 5.0)], "is node -1"),
        (2, [(0, 1, 5.0), (1, 0, -5.0)], "Edge 1 is -5.0 metres long"),
        (2, [(0, 1, float("nan"))], "Edge 0 is nan metres long"),
        (2, [(0, 1, float("inf"))], "Edge 0 is inf metres long"),
    ],
)
def test_a_network_that_cannot_be(nodes: int, edges: Edges, words: str):
    with pytest.raises(InvalidNetwork, match=words):
        built(nodes, edges)


def test_what_cannot_be_measured_is_said():
    with pytest.raises(InvalidNetwork, match="site number 0 is node 7"):
        built(2, []).nearest([7])
    with pytest.raises(ValueError, match="more than 0"):
        measure_circles(np.zeros(1), np.ones(1, int), [Fraction(10)], Fraction(0))
    with pytest.raises(ValueError, match="no household"):
        measure_circles(np.zeros(1), np.zeros(1, int), [Fraction(10)])
    with pytest.raises(ValueError, match="0 or more"):
        cover_most(np.array([0]), np.array([], int), [], -1)
    with pytest.raises(ValueError, match="overflow"):
        shorten_walks(np.full((1, 1), np.inf), [2**40], 1)


def test_an_isochrone_includes_its_limit():
    found = built(3, [(0, 1, 400), (1, 2, 400)]).isochrones([0], 800.0)
    assert found.node.tolist() == [0, 1, 2]
    assert found.metres.tolist() == [0, 400, 800]

"""Grid division: what every plan keeps, that plans repeat, and that estates, roads and balance are heeded."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinlin.algorithms.gridding import assess, divide, find_faults, grids_per_community, make_city
from jinlin.algorithms.gridding.board import lay_out
from jinlin.algorithms.gridding.dice import dice_of
from jinlin.algorithms.gridding.kernel import anneal, tally
from jinlin.algorithms.gridding.numbering import in_reading_order
from jinlin.algorithms.gridding.parts import parts
from jinlin.algorithms.gridding.policies import POLICIES, Weights
from jinlin.algorithms.gridding.start import first_division
from tests.algorithms.blocks import Cell, cell_lists, city_of, members, pieces, rectangle

MODES = st.sampled_from(["keep", "balance"])


@st.composite
def wishes(draw: st.DrawFn, cells: list[Cell]) -> dict[str, int]:
    """Return a possible number of grids for some of the communities."""
    names = sorted({cell.community for cell in cells})
    counts = {name: sum(cell.community == name for cell in cells) for name in names}
    chosen = draw(st.sets(st.sampled_from(names)))
    return {name: draw(st.integers(1, counts[name])) for name in sorted(chosen)}


class TestEveryPlan:
    """What holds for any city, mode and number of grids."""

    @settings(max_examples=60)
    @given(st.data(), cell_lists(), MODES, st.integers(0, 9), st.booleans())
    def test_keeps_grids_whole_nested_and_as_many_as_asked(self, data, cells, mode, seed, with_cells):
        wanted = data.draw(wishes(cells))
        city = city_of(cells, road=2, with_cells=with_cells)
        codes = divide(city, mode=mode, seed=seed, grids=wanted).codes.tolist()
        grids = members(cells, codes)
        numbers = dict(zip(city.communities[0].tolist(), grids_per_community(city, grids=wanted).tolist(), strict=True))
        assert sum(len(grid) for grid in grids.values()) == len(cells)
        assert all(len(pieces(grid)) == 1 for grid in grids.values())
        assert set(grids) == {f"{name}{place + 1:03d}" for name, count in numbers.items() for place in range(count)}
        assert all(code[:-3] == cell.community for code, grid in grids.items() for cell in grid)
        assert wanted.items() <= numbers.items()
        assert find_faults(city, codes, grids=numbers) == []

    @settings(max_examples=25)
    @given(cell_lists(), MODES, st.randoms(use_true_random=False))
    def test_depends_on_the_seed_and_not_on_the_order_of_rows(self, cells, mode, random):
        first = dict(zip(cells, divide(city_of(cells), mode=mode, seed=3).codes.tolist(), strict=True))
        shuffled = random.sample(cells, len(cells))
        again = divide(city_of(shuffled, turn=True), mode=mode, seed=3).codes.tolist()
        assert dict(zip(shuffled, again, strict=True)) == first

    @settings(max_examples=25)
    @given(cell_lists(), MODES, st.integers(0, 200))
    def test_leaves_other_communities_as_they_were(self, cells, mode, households):
        edited = [replace(cells[0], households=households), *cells[1:]]
        other = [place for place, cell in enumerate(cells) if cell.community != cells[0].community]
        before, after = (divide(city_of(each), mode=mode, seed=1).codes for each in (cells, edited))
        assert before[other].tobytes() == after[other].tobytes()

    @settings(max_examples=25)
    @given(cell_lists(), MODES)
    def test_of_one_community_alone_is_that_of_the_whole_city(self, cells, mode):
        alone = [cell for cell in cells if cell.community == "c0"]
        whole = dict(zip(cells, divide(city_of(cells), mode=mode).codes.tolist(), strict=True))
        assert divide(city_of(alone), mode=mode).codes.tolist() == [whole[cell] for cell in alone]

    @settings(max_examples=40)
    @given(cell_lists(communities=1), MODES, st.integers(1, 8), st.integers(0, 9))
    def test_is_priced_exactly_while_it_is_searched(self, cells, mode, number, seed):
        city, policy = city_of(cells, road=2), POLICIES[mode]
        [part] = parts(city)
        board = lay_out(city, part, min(number, len(cells)), 150, policy.weights, dice_of(seed))
        first_division(board)
        cost = anneal(board, 40 * len(cells), policy.hottest, policy.coldest)
        kept, pieces_kept = board.grids.copy(), board.estates["pieces"].copy()
        tally(board)
        for name in kept.dtype.names:
            np.testing.assert_allclose(kept[name], board.grids[name], atol=1e-6)
        assert pieces_kept.tolist() == board.estates["pieces"].tolist()
        over = np.maximum(board.estates["pieces"] - board.estates["allowed"], 0).sum()
        assert cost == pytest.approx(board.grids["cost"].sum() + policy.weights.estate * over, abs=1e-6)


class TestGoodPlans:
    """Cases with a known best plan, which the search must find."""

    @pytest.mark.parametrize("mode", ["keep", "balance"])
    @pytest.mark.parametrize("with_cells", [True, False])
    @pytest.mark.parametrize(("wide", "number"), [(6, 12), (4, 2)])
    def test_equal_buildings_give_equal_grids(self, mode, with_cells, wide, number):
        city = city_of(rectangle("c0", 0, wide, 6), with_cells=with_cells)
        figures = assess(city, divide(city, mode=mode, grids={"c0": number}).codes)
        assert (figures.grids, figures.max_deviation) == (number, 0)

    def test_no_shape_is_better_than_a_circle_where_no_cells_are_known(self):
        city = city_of([*rectangle("c0", 0, 4, 6), Cell("c0", 4, 0, 50, "")], with_cells=False)
        shape_only = Weights(0, 0, 0, 0, 0, 0, shape=1)
        [part] = parts(replace(city, shared_length=np.where(city.b == len(city.building) - 1, 1.0, city.shared_length)))
        board = lay_out(city, part, 2, 150, shape_only, dice_of(0))
        board.buildings["grid"] = city.building[part.rows] == "c0-4-0"
        tally(board)
        assert ((board.grids["cost"] >= 0) & (board.grids["cost"] < 1)).all()

    @pytest.mark.parametrize("mode", ["keep", "balance"])
    def test_whole_estates_of_the_right_size_stay_whole(self, mode):
        cells = [replace(cell, estate=str(cell.column // 3)) for cell in rectangle("c0", 0, 12, 3, households=17)]
        codes = divide(city_of(cells), mode=mode).codes
        assert len({(cell.estate, code) for cell, code in zip(cells, codes.tolist(), strict=True)}) == 4

    def test_a_major_road_bounds_grids(self):
        cells = rectangle("c0", 0, 6, 6)
        figures = assess(city := city_of(cells, road=3), divide(city, mode="keep").codes)
        assert (figures.grids_over_major_road, figures.max_deviation) == (0, 0)

    def test_the_modes_differ_in_what_they_give_up(self):
        random = np.random.default_rng(5)
        cells = [
            replace(cell, estate=f"{cell.column // 4}{cell.row // 4}", households=int(random.integers(5, 90)))
            for cell in rectangle("c0", 0, 12, 12)
        ]
        city = city_of(cells, road=4)
        keep, balance = (assess(city, divide(city, mode=mode, seed=1).codes) for mode in ("keep", "balance"))
        assert balance.within_10 > keep.within_10
        assert keep.extra_estate_pieces < balance.extra_estate_pieces
        assert keep.compactness > balance.compactness

    @pytest.mark.parametrize(("households", "number"), [(0, 1), (74, 1), (76, 1), (226, 2), (1000, 4)])
    def test_the_number_follows_from_the_households_and_no_building_is_split(self, households, number):
        cells = [*rectangle("c0", 0, 2, 2, households=0)[1:], Cell("c0", 0, 0, households, "")]
        city = city_of(cells)
        assert grids_per_community(city).tolist() == [number]
        assert len(set(divide(city).codes.tolist())) == number


def test_grids_are_numbered_as_one_reads():
    x, y = (np.array([float(value) for value in values]) for values in ([9, 0, 9, 0], [0, 0, 9, 9]))
    assert in_reading_order(np.array([0, 1, 2, 3], np.int32), x, y).tolist() == [3, 2, 1, 0]


def test_a_border_from_both_sides_counts_once():
    cells = rectangle("c0", 0, 3, 1)
    once, twice = city_of(cells), city_of(cells)
    doubled = make_city(
        **{name: getattr(once, name) for name in ("building", "community", "estate", "households", "x", "y")},
        a=np.concatenate([once.building[once.a], once.building[once.b]]),
        b=np.concatenate([once.building[once.b], once.building[once.a]]),
        shared_length=np.tile(twice.shared_length, 2),
        crosses_major_road=np.tile(twice.crosses_major_road, 2),
    )
    assert sorted(zip(doubled.a, doubled.b, strict=True)) == sorted(zip(once.a, once.b, strict=True))

"""Figures and checks of divisions that anybody made: against a slow count, and with reasons for what is wrong."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinlin.algorithms.gridding import Reason, assess, divide, find_faults, is_contiguous, why_not
from tests.algorithms.blocks import Cell, cell_lists, city_of, compactness_of, members, pieces, rectangle, slow_figures

ROAD = 2
ROW = [Cell("c0", column, 0, 30, "") for column in range(6)]


@st.composite
def assignments(draw: st.DrawFn) -> tuple[list[Cell], list[str]]:
    """Return a city and any assignment of its cells to grids within communities; some may have none."""
    cells = draw(cell_lists())
    numbers = draw(st.lists(st.integers(0, 4), min_size=len(cells), max_size=len(cells)))
    codes = [f"{cell.community}{number:03d}" if number else "" for cell, number in zip(cells, numbers, strict=True)]
    return (cells, codes) if any(codes) else (cells, [f"{cell.community}001" for cell in cells])


@settings(max_examples=80)
@given(assignments())
def test_figures_are_those_of_a_slow_count(assigned):
    cells, codes = assigned
    found = assess(city_of(cells, road=ROAD), codes)
    assert {name: getattr(found, name) for name in slow_figures(cells, codes, ROAD)} == pytest.approx(
        slow_figures(cells, codes, ROAD)
    )
    assert found.buildings_without_grid == codes.count("")


@settings(max_examples=40)
@given(assignments())
def test_rows_are_those_of_a_slow_count(assigned):
    cells, codes = assigned
    grids = members(cells, codes)
    for row in assess(city_of(cells), codes).rows:
        grid = grids.pop(row.code)
        assert (row.community, row.buildings) == (grid[0].community, len(grid))
        assert row.households == sum(cell.households for cell in grid)
        assert row.estates == len({cell.estate or cell.name for cell in grid})
        assert row.pieces == len(pieces(grid))
        assert row.compactness == pytest.approx(compactness_of(grid))
    assert not grids


@settings(max_examples=60)
@given(assignments())
def test_faults_are_those_of_a_slow_count(assigned):
    cells, codes = assigned
    faults = find_faults(city := city_of(cells), codes)
    torn = {code for code, grid in members(cells, codes).items() if len(pieces(grid)) > 1}
    assert {fault.details["grid"] for fault in faults if fault.reason is Reason.TORN} == torn
    assert sum(fault.reason is Reason.NO_GRID for fault in faults) == codes.count("")
    assert is_contiguous(city, codes) == (not torn)
    assert all(str(fault).endswith(".") for fault in faults)


@settings(max_examples=40)
@given(st.data(), cell_lists(communities=2))
def test_a_building_may_go_exactly_where_the_plan_stays_one(data, cells):
    city = city_of(cells)
    codes = divide(city, target=100).codes.tolist()
    place = data.draw(st.integers(0, len(cells) - 1))
    grid = data.draw(st.sampled_from(sorted(set(codes))))
    changed = [*codes[:place], grid, *codes[place + 1 :]]
    stands = grid != codes[place] and set(changed) == set(codes) and not find_faults(city, changed)
    refusal = why_not(city, codes, cells[place].name, grid)
    assert (refusal is None) == stands, refusal


@pytest.mark.parametrize(
    ("building", "grid", "reason"),
    [
        ("c0-9-9", "b", Reason.UNKNOWN_BUILDING),
        ("c0-0-0", "z", Reason.UNKNOWN_GRID),
        ("c0-0-0", "", Reason.UNKNOWN_GRID),
        ("c0-0-0", "a", Reason.THERE_ALREADY),
        ("c0-0-0", "b", Reason.NO_BORDER),
        ("c1-6-0", "c", Reason.OTHER_COMMUNITY),
        ("c0-2-0", "a", Reason.LAST_BUILDING),
    ],
)
def test_a_refused_move_says_why(building, grid, reason):
    cells = [*ROW, Cell("c1", 6, 0, 30, "")]
    refusal = why_not(city_of(cells), ["a", "a", "b", "c", "c", "c", "d"], building, grid)
    assert refusal is not None and refusal.reason is reason
    assert str(refusal).endswith(".")


def test_a_move_that_would_tear_a_grid_names_what_is_cut_off():
    cells = [*rectangle("c0", 0, 3, 1), Cell("c0", 1, 1, 30, "")]
    refusal = why_not(city_of(cells), ["a", "a", "a", "b"], "c0-1-0", "b")
    assert refusal.reason is Reason.TEARS
    assert refusal.details["strays"] == ["c0-2-0"]


def test_a_building_without_a_grid_may_go_to_one_beside_it():
    codes = ["a", "a", "", "", "c", "c"]
    assert why_not(city_of(ROW), codes, "c0-2-0", "a") is None
    assert why_not(city_of(ROW), codes, "c0-3-0", "a").reason is Reason.NO_BORDER


def test_a_fault_names_what_is_cut_off():
    [torn] = find_faults(city_of(ROW), ["a", "a", "a", "b", "b", "a"])
    assert str(torn) == "The grid a falls into 2 pieces; c0-5-0 have no border with the rest of it."
    assert torn.details["strays"] == ["c0-5-0"]


def test_a_grid_over_two_communities_and_a_wrong_number_are_faults():
    cells = [*rectangle("c0", 0, 2, 1), *rectangle("c1", 2, 2, 1)]
    faults = find_faults(city_of(cells), ["a", "b", "b", "c"], grids={"c0": 2, "c1": 1})
    assert [fault.reason for fault in faults] == [Reason.OVER_COMMUNITIES, Reason.WRONG_NUMBER]
    assert faults[0].details == {"grid": "b", "communities": ["c0", "c1"]}
    figures = assess(city_of(cells), ["a", "b", "b", "c"])
    assert [(row.code, row.community) for row in figures.rows] == [("a", "c0"), ("b", "c0"), ("c", "c1")]


def test_without_cells_there_is_no_compactness():
    figures = assess(city_of(ROW, with_cells=False), ["a"] * 6)
    assert figures.compactness is None and figures.rows[0].compactness is None


@pytest.mark.parametrize(("households", "within"), [((90, 110), (1.0, 1.0)), ((80, 120), (0.0, 1.0))])
def test_a_tenth_is_within_a_tenth(households, within):
    cells = [Cell("c0", column, 0, count, "") for column, count in enumerate(households)]
    figures = assess(city_of(cells), ["a", "b"])
    assert (figures.within_10, figures.within_20) == within


@pytest.mark.parametrize(("households", "extra"), [(165, 1), (166, 0), (0, 1)])
def test_an_estate_may_fall_into_the_pieces_that_its_size_demands(households, extra):
    cells = [Cell("c0", column, 0, count, "e") for column, count in enumerate((households, 0))]
    assert assess(city_of(cells), ["a", "b"]).extra_estate_pieces == extra


def test_a_plan_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="one code for each of the 6 buildings"):
        assess(city_of(ROW), ["a"])

"""Cities that cannot be divided: each is refused with the row, the column, and what to do."""

import numpy as np
import pytest

from jinlin.algorithms.gridding import CannotDivide, DisconnectedCommunity, Fault, Table, divide, make_city
from tests.algorithms.blocks import Cell, city_of, rectangle

PAIR = {
    "building": ["1", "2", "3"],
    "community": ["c", "c", "c"],
    "estate": ["e", "e", ""],
    "households": [10, 20, 0],
    "x": [0, 1, 2],
    "y": [0, 0, 0],
    "area": [1, 1, 1],
    "perimeter": [4, 4, 4],
    "a": ["1", "2"],
    "b": ["2", "3"],
    "shared_length": [1, 1],
    "crosses_major_road": [0, 1],
}


@pytest.mark.parametrize(
    ("column", "values", "fault", "table", "row"),
    [
        ("building", ["1", "2", ""], Fault.EMPTY, Table.BUILDINGS, 2),
        ("community", ["c", "", "c"], Fault.EMPTY, Table.BUILDINGS, 1),
        ("building", ["1", "2", "1"], Fault.REPEATED, Table.BUILDINGS, 2),
        ("households", [10, -1, 0], Fault.NEGATIVE, Table.BUILDINGS, 1),
        ("households", [10, 1.5, 0], Fault.NOT_WHOLE, Table.BUILDINGS, 1),
        ("households", [10, np.nan, 0], Fault.NOT_FINITE, Table.BUILDINGS, 1),
        ("x", [0, np.inf, 2], Fault.NOT_FINITE, Table.BUILDINGS, 1),
        ("area", [1, 1, 0], Fault.NOT_POSITIVE, Table.BUILDINGS, 2),
        ("perimeter", [-4, 4, 4], Fault.NOT_POSITIVE, Table.BUILDINGS, 0),
        ("households", [10, 20], Fault.LENGTHS_DIFFER, Table.BUILDINGS, None),
        ("a", ["1", "9"], Fault.UNKNOWN_BUILDING, Table.BORDERS, 1),
        ("b", ["7", "3"], Fault.UNKNOWN_BUILDING, Table.BORDERS, 0),
        ("b", ["2", "2"], Fault.BORDERS_ON_ITSELF, Table.BORDERS, 1),
        ("shared_length", [1, -0.5], Fault.NEGATIVE, Table.BORDERS, 1),
        ("shared_length", [np.nan, 1], Fault.NOT_FINITE, Table.BORDERS, 0),
        ("crosses_major_road", [1], Fault.LENGTHS_DIFFER, Table.BORDERS, None),
    ],
)
def test_a_wrong_value_is_found(column, values, fault, table, row):
    with pytest.raises(CannotDivide) as caught:
        make_city(**PAIR | {column: values})
    assert (caught.value.fault, caught.value.table, caught.value.row) == (fault, table, row)
    assert fault is Fault.LENGTHS_DIFFER or caught.value.column == column


def test_a_building_in_two_communities_is_refused():
    with pytest.raises(CannotDivide, match="The building 1 lies in two communities, c and d"):
        make_city(**PAIR | {"building": ["1", "2", "1"], "community": ["c", "c", "d"]})


def test_a_border_with_two_lengths_is_refused():
    contradiction = {"a": ["1", "2"], "b": ["2", "1"], "shared_length": [1, 3], "crosses_major_road": [0, 0]}
    with pytest.raises(CannotDivide, match="The border of 2 and 1 is there twice with different figures"):
        make_city(**PAIR | contradiction)


def test_no_buildings_are_refused():
    with pytest.raises(CannotDivide, match="no buildings"):
        make_city(**{name: [] for name in PAIR})


def test_a_torn_community_is_named_with_its_buildings():
    cells = [*rectangle("c0", 0, 2, 2), Cell("c0", 4, 0, 10, ""), *rectangle("c1", 6, 1, 1)]
    with pytest.raises(DisconnectedCommunity) as caught:
        divide(city_of(cells))
    assert caught.value.community == "c0"
    assert caught.value.pieces == [["c0-0-0", "c0-1-0", "c0-0-1", "c0-1-1"], ["c0-4-0"]]
    assert (caught.value.table, caught.value.row) == (Table.BUILDINGS, 4)
    assert "1 of its 5 buildings have no border with the rest (c0-4-0)" in str(caught.value)


def test_a_border_with_another_community_does_not_join_a_torn_one():
    cells = [Cell("c0", 0, 0, 10, ""), Cell("c1", 1, 0, 10, ""), Cell("c0", 2, 0, 10, "")]
    with pytest.raises(DisconnectedCommunity):
        divide(city_of(cells))


def test_a_path_of_length_zero_joins_a_torn_community():
    city = make_city(**PAIR | {"shared_length": [1, 0]})
    assert len(set(divide(city, grids={"c": 2}).codes.tolist())) == 2


@pytest.mark.parametrize(
    ("grids", "fault", "row"),
    [
        ({"c": 4}, Fault.TOO_FEW_BUILDINGS, 0),
        ({"c": 0}, Fault.NO_GRIDS, 0),
        ({"c": -1}, Fault.NO_GRIDS, 0),
        ({"c": 1, "d": 1}, Fault.UNKNOWN_COMMUNITY, 1),
    ],
)
def test_an_impossible_number_of_grids_is_refused(grids, fault, row):
    with pytest.raises(CannotDivide) as caught:
        divide(make_city(**PAIR), grids=grids)
    assert (caught.value.fault, caught.value.table, caught.value.row) == (fault, Table.GRIDS, row)


def test_a_code_has_three_digits_for_grids():
    with pytest.raises(CannotDivide, match="the three digits of a code end at 999"):
        divide(city_of(rectangle("c0", 0, 100, 10)), target=1)


def test_a_target_below_one_is_refused():
    with pytest.raises(ValueError, match="one or more"):
        divide(make_city(**PAIR), target=0)

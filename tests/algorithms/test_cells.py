"""Cells tile the ground: nothing left over, nothing twice, neighbours as the diagram has them."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from jinlin.algorithms.cells import Plane, cells_of

SPOTS = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=1, max_size=25)
GROUND = shapely.box(-10, -10, 310, 310)


@given(SPOTS)
def test_cells_tile_the_ground_and_each_holds_its_own_point(spots):
    cells = cells_of(np.array(spots, float), GROUND)
    assert cells.area.sum() == pytest.approx(GROUND.area, rel=1e-6)
    assert (cells.area > 0).all()
    outside = cells.perimeter.sum() - 2 * cells.shared_length.sum()
    assert outside == pytest.approx(GROUND.length, abs=0.1 * len(spots))


@given(SPOTS, st.floats(1, 50))
def test_cells_hang_together_whatever_the_ground(spots, reach):
    points = np.array(spots, float)
    ground = shapely.union_all(shapely.buffer(shapely.points(points), reach))
    cells = cells_of(points, ground)
    reached = {0}
    for _round in spots:
        for one, other in zip(cells.a.tolist(), cells.b.tolist(), strict=True):
            if reached & {one, other}:
                reached |= {one, other}
    assert reached == set(range(len(spots)))


def test_two_buildings_share_the_line_in_the_middle():
    cells = cells_of(np.array([[0.0, 0.0], [100.0, 0.0]]), shapely.box(-50, -20, 150, 20))
    assert cells.shared_length.tolist() == pytest.approx([40.0])
    assert cells.area.tolist() == pytest.approx([4000.0, 4000.0])


def test_a_building_outside_the_outline_has_ground_of_its_own():
    cells = cells_of(np.array([[0.0, 0.0], [1000.0, 0.0]]), shapely.box(-50, -50, 50, 50))
    assert cells.area[1] == pytest.approx(np.pi * 60**2, rel=0.02)
    assert cells.shared_length.tolist() == [0.0]


@pytest.mark.parametrize("points", [np.empty((0, 2)), np.array([[np.nan, 1.0]])])
def test_no_points_and_no_numbers_are_refused(points):
    with pytest.raises(ValueError, match="finite"):
        cells_of(points)


def test_a_plane_turns_degrees_into_metres_and_back():
    plane = Plane(113.17, 27.85)
    metres = plane.metres(np.array([[113.18, 27.86]]))
    assert metres[0] == pytest.approx([983, 1112], abs=2)
    assert plane.degrees(metres)[0] == pytest.approx([113.18, 27.86])

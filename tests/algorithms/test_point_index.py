"""Points in memory: what is found in a rectangle is what a look at every point finds, whatever changed before."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jinlin.algorithms.point_index import Box, IndexedPoint, PointIndex

DEGREES = st.integers(-5, 5).map(lambda tenths: tenths / 10)
MORNING = datetime(2026, 5, 8, 1, tzinfo=UTC)


def point(number: int, minute: int, longitude: float, latitude: float) -> IndexedPoint:
    return IndexedPoint(number, MORNING + timedelta(minutes=minute), longitude, latitude, b"%d" % number)


def some_points(lowest: int, highest: int) -> st.SearchStrategy[list[IndexedPoint]]:
    """Return points whose ids lie between the two; many happened at the same minute or lie at the same place."""
    ids = st.integers(lowest, highest)
    return st.lists(st.builds(point, ids, st.integers(0, 3), DEGREES, DEGREES), unique_by=lambda one: one.id)


def by_hand(points: list[IndexedPoint], box: Box | None) -> list[bytes]:
    inside = [
        one
        for one in points
        if box is None or (box.west <= one.longitude <= box.east and box.south <= one.latitude <= box.north)
    ]
    return [one.contents for one in sorted(inside, key=lambda one: (one.at, one.id), reverse=True)]


@given(
    some_points(1, 20),
    some_points(15, 30),
    st.sets(st.integers(1, 30)),
    st.none() | st.builds(Box, DEGREES, DEGREES, DEGREES, DEGREES),
    st.integers(0, 40),
)
def test_the_newest_in_the_box_after_a_change(first, second, gone, box, most):
    gone |= {one.id for one in second}
    index = PointIndex.of(first).changed(gone, second)
    left = [one for one in first if one.id not in gone] + second
    assert index.within(box, most) == by_hand(left, box)[:most]


def test_a_change_leaves_the_index_before_as_it_was():
    before = PointIndex.of([point(1, 0, 0, 0)])
    before.changed({1}, [point(2, 0, 0, 0)])
    assert before.within(None, 9) == [b"1"]

"""Coordinates: published values, exact inverses, and numbers that are no point."""

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinlin.algorithms import coordinates
from jinlin.algorithms.coordinates import InvalidCoordinates, Point, System, from_wgs84, to_wgs84

longitudes, latitudes = st.floats(74, 134), st.floats(18, 53)
systems = st.sampled_from(System)


@pytest.mark.parametrize(
    ("system", "longitude", "latitude"),
    [
        # What coord-convert 0.2.1 gives for 116.404, 39.915.
        (System.GCJ02, 116.41024449916938, 39.91640428150164),
        (System.BD09, 116.41662724378733, 39.922699552216216),
        (System.CGCS2000, 116.404, 39.915),
        (System.WGS84, 116.404, 39.915),
    ],
)
def test_known_values_both_ways(system, longitude, latitude):
    assert from_wgs84(116.404, 39.915, system) == pytest.approx((longitude, latitude), abs=1e-12)
    assert to_wgs84(longitude, latitude, system.value) == pytest.approx((116.404, 39.915), abs=1e-12)


@given(longitudes, latitudes, systems)
def test_round_trip(longitude, latitude, system):
    there = from_wgs84(longitude, latitude, system)
    assert to_wgs84(*there, system) == pytest.approx((longitude, latitude), abs=1e-9)
    back = to_wgs84(longitude, latitude, system)
    assert from_wgs84(*back, system) == pytest.approx((longitude, latitude), abs=1e-9)


@given(longitudes, latitudes, st.sampled_from([System.GCJ02, System.BD09]))
def test_the_shift_is_some_hundred_metres(longitude, latitude, system):
    moved = from_wgs84(longitude, latitude, system)
    assert 10 < coordinates.distance_metres(Point(longitude, latitude), moved) < 2_500


@pytest.mark.parametrize("point", [(2.35, 48.86), (-74.0, 40.7), (151.2, -33.9), (0, 0), (180, -90)])
@pytest.mark.parametrize("system", System)
def test_points_outside_china_stay(point, system):
    assert to_wgs84(*point, system) == from_wgs84(*point, system) == point


@given(st.floats(), st.floats(), systems)
def test_any_numbers_give_a_point_or_a_clear_error(longitude, latitude, system):
    try:
        point = to_wgs84(longitude, latitude, system)
    except InvalidCoordinates as error:
        assert str(longitude) in str(error)
    else:
        assert abs(point.longitude) <= 181


@pytest.mark.parametrize("point", [(nan, 30), (114, inf), (181, 30), (114, -91)])
def test_impossible_numbers_are_refused(point):
    with pytest.raises(InvalidCoordinates, match="no point"):
        coordinates.checked(*point)


def test_swapped_numbers_are_told():
    assert coordinates.looks_swapped(30.5, 114.4)
    assert not coordinates.looks_swapped(114.4, 30.5)
    assert not coordinates.looks_swapped(2.35, 48.86)
    with pytest.raises(InvalidCoordinates, match="swapped"):
        to_wgs84(30.5, 114.4, System.GCJ02)


def test_distances():
    wuhan, beijing = Point(114.3055, 30.5931), Point(116.4074, 39.9042)
    assert coordinates.distance_metres(wuhan, beijing) == pytest.approx(1_053_000, rel=0.005)
    assert coordinates.distance_metres(wuhan, wuhan) == 0
    assert coordinates.distance_metres(Point(0, 0), Point(180, 0)) == pytest.approx(20_015_115, rel=1e-6)


@given(longitudes, latitudes, longitudes, latitudes)
def test_distance_is_symmetric(one, two, three, four):
    start, end = Point(one, two), Point(three, four)
    assert coordinates.distance_metres(start, end) == pytest.approx(coordinates.distance_metres(end, start))

"""The drawn places of the large profiles: the catalogue's numbers, and geometry that holds together."""

from collections import Counter
from types import ModuleType

import pytest
from shapely import Polygon

from jinlin.algorithms.place_codes import fault_in
from jinlin.demo.places import DemoPlace
from jinlin.demo.profiles import hetang, hongrun
from jinlin.demo.shares import largest_remainder, uneven_shares


@pytest.fixture(scope="module", params=[hetang, hongrun], ids=["hetang", "hongrun"])
def profile(request) -> ModuleType:
    return request.param


@pytest.fixture(scope="module")
def drawn(profile: ModuleType) -> DemoPlace:
    return profile.place().draw()


def homes_of(place: DemoPlace) -> int:
    return sum(len(building.homes) for building in place.buildings)


@pytest.mark.mechanism("M001", "M005")
def test_hetang_has_the_numbers_of_the_catalogue():
    place = hetang.place().draw()
    numbers = len(place.subdistricts), len(place.communities), len(place.estates), homes_of(place)
    assert numbers == (7, 62, 244, 86_908)


@pytest.mark.mechanism("M002", "M005")
def test_hongrun_has_the_numbers_of_the_catalogue():
    place = hongrun.place().draw()
    assert (len(place.subdistricts), len(place.communities), homes_of(place)) == (2, 12, 23_100)
    per_community = Counter(building.code[:12] for building in place.buildings for _home in building.homes)
    assert sorted(per_community.values()) == [1_800] * 2 + [1_950] * 10


def test_neighbour_areas_of_hetang_add_up():
    areas = hetang.estate_areas()
    assert len(areas) == 244
    assert (sum(twelves for twelves, _ in areas), sum(elevens for _, elevens in areas)) == (5_453, 1_952)


def test_a_scaled_down_place_is_made_by_the_same_code():
    place = hetang.place(scale=8).draw()
    assert (len(place.subdistricts), len(place.communities), len(place.estates)) == (7, 7, 30)
    assert homes_of(place) == 12 * (5_453 // 8) + 11 * (1_952 // 8)


def test_codes_labels_and_addresses_are_valid_and_given_once(drawn: DemoPlace):
    codes = [home.code for building in drawn.buildings for home in building.homes]
    assert len(set(codes)) == len(codes)
    assert not any(fault_in(code) for code in (*codes[:500], *codes[-500:]))
    assert len({estate.name for estate in drawn.estates}) == len(drawn.estates)
    addresses = [building.address for building in drawn.buildings]
    assert len(set(addresses)) == len(addresses)


def test_areas_lie_in_each_other_and_do_not_overlap(drawn: DemoPlace):
    district = Polygon(drawn.district.ring)
    levels = [(drawn.subdistricts, 6), (drawn.communities, 9)]
    rings = {area.code: Polygon(area.ring) for areas, _above in levels for area in areas}
    assert all(district.contains(rings[area.code]) for area in drawn.subdistricts)
    assert all(rings[area.code[:9]].contains(rings[area.code]) for area in drawn.communities)
    for areas, above in levels:
        for one in areas:
            near = [other for other in areas if other.code > one.code and other.code[:above] == one.code[:above]]
            assert not any(rings[one.code].intersects(rings[other.code]) for other in near)


def test_buildings_stand_in_their_estate_and_estates_in_their_community(drawn: DemoPlace):
    communities = {area.code: Polygon(area.ring) for area in drawn.communities}
    estates = {estate.label: Polygon(estate.ring) for estate in drawn.estates}
    assert all(communities[estate.community].contains(estates[estate.label]) for estate in drawn.estates)
    assert all(estates[building.estate].contains(Polygon(building.ring)) for building in drawn.buildings)


def test_shares_lose_nothing_and_refuse_what_cannot_be():
    assert sum(uneven_shares(1_000, 7, least=10, spread=0.5, seed=1)) == 1_000
    assert largest_remainder(10, [1, 1, 1]) == [4, 3, 3]
    with pytest.raises(ValueError, match="cannot be divided"):
        uneven_shares(9, 5, least=2, spread=0.5, seed=1)

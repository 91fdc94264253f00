"""The demo's content: counts, codes and geometry of the place, its residents, and six hundred different requests."""

import re
from collections import Counter
from datetime import UTC, datetime
from itertools import islice
from typing import get_args

import pytest
from shapely import Point, Polygon, union_all

from jinlin.algorithms.place_codes import Level, fault_in, level_of
from jinlin.demo.people import PHONE_BLOCK, endless_names, residents
from jinlin.demo.places import DemoPlace
from jinlin.demo.profiles import hongshan
from jinlin.demo.texts import LONGEST, SHORTEST, Ending, Story, moments, stories
from jinlin.playbooks.loader import load_playbook

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def place() -> DemoPlace:
    return hongshan.place().draw()


def homes_of(place: DemoPlace) -> list[str]:
    return [home.code for building in place.buildings for home in building.homes]


@pytest.fixture(scope="module")
def six_hundred(place: DemoPlace) -> list[Story]:
    return stories(place, residents(homes_of(place), 6000), moments(NOW, 600), NOW)


def test_the_place_has_the_promised_size(place: DemoPlace):
    assert sum(len(building.homes) for building in place.buildings) == 2000
    assert 45 <= len(place.buildings) <= 60
    assert 4 <= len(place.estates) <= 6
    assert len(place.grids) == 13


def test_codes_are_valid_and_different(place: DemoPlace):
    buildings = [building.code for building in place.buildings]
    homes = [home.code for building in place.buildings for home in building.homes]
    assert all(fault_in(code) is None for code in buildings + homes)
    assert {level_of(code) for code in buildings} == {Level.BUILDING}
    assert len(set(buildings)) == len(buildings)
    assert len(set(homes)) == 2000
    assert len({building.address for building in place.buildings}) == len(buildings)


def test_grids_hold_about_150_households_of_one_estate(place: DemoPlace):
    by_code = {building.code: building for building in place.buildings}
    for grid in place.grids:
        members = [by_code[code] for code in grid.building_codes]
        assert 120 <= sum(len(building.homes) for building in members) <= 180
        assert len({building.estate for building in members}) == 1
        assert all(building.grid == grid.label for building in members)
    assert sorted(code for grid in place.grids for code in grid.building_codes) == sorted(by_code)


def test_areas_lie_in_each_other(place: DemoPlace):
    district, subdistrict, community = (
        Polygon(area.ring) for area in (place.district, *place.subdistricts, *place.communities)
    )
    assert district.contains(subdistrict)
    assert subdistrict.contains(community)
    assert all(community.contains(Polygon(estate.ring)) for estate in place.estates)


def test_buildings_stand_in_their_grid_and_estate(place: DemoPlace):
    grounds = {zone.label: Polygon(zone.ring) for zone in place.estates + place.grids}
    for building in place.buildings:
        outline = Polygon(building.ring)
        assert grounds[building.estate].contains(outline)
        assert grounds[building.grid].contains(outline)
        assert outline.contains(Point(building.longitude, building.latitude))


def test_grids_tile_the_estates(place: DemoPlace):
    grids = [Polygon(grid.ring) for grid in place.grids]
    estates = union_all([Polygon(estate.ring) for estate in place.estates])
    assert all(grid.is_valid for grid in grids)
    assert sum(grid.area for grid in grids) == pytest.approx(estates.area, rel=1e-4)


def test_rings_are_closed(place: DemoPlace):
    rings = [place.district.ring, place.communities[0].ring, *(zone.ring for zone in place.grids)]
    assert all(ring[0] == ring[-1] and len(ring) >= 5 for ring in rings)


def test_six_thousand_residents_live_in_all_homes(place: DemoPlace):
    people = residents(homes_of(place), 6000)
    assert len(people) == 6000
    assert len({person.home_code for person in people}) == 2000
    per_home = Counter(person.home_code for person in people)
    assert 1 <= min(per_home.values()) <= max(per_home.values()) <= 6
    holders = Counter(person.home_code for person in people if person.role != "resident")
    assert set(holders.values()) == {1}


def test_phones_are_of_the_reserved_block_and_different(place: DemoPlace):
    phones = [person.phone for person in residents(homes_of(place), 6000) if person.phone]
    assert all(re.fullmatch(PHONE_BLOCK + r"\d{4}", phone) for phone in phones)
    assert len(set(phones)) == len(phones)


def test_names_are_chinese_and_differ_within_a_household(place: DemoPlace):
    people = residents(homes_of(place), 6000)
    assert all(re.fullmatch(r"[\u4e00-\u9fff]{3}", person.name) for person in people)
    assert len({(person.home_code, person.name) for person in people}) == len(people)
    assert all(re.fullmatch(r"[\u4e00-\u9fff]{3}", name) for name in islice(endless_names(), 50))


def test_children_have_no_phone_and_no_home_of_their_own(place: DemoPlace):
    children = [person for person in residents(homes_of(place), 6000) if person.age_band == "child"]
    assert children
    assert all(person.phone == "" and person.role == "resident" for person in children)


@pytest.mark.parametrize("count", [1999, 12_001])
def test_too_few_or_too_many_residents_are_refused(place: DemoPlace, count: int):
    with pytest.raises(ValueError, match="do not fit"):
        residents(homes_of(place), count)


def test_everything_is_the_same_each_time(place: DemoPlace, six_hundred: list[Story]):
    assert residents(homes_of(place), 6000) == residents(homes_of(place), 6000)
    assert stories(place, residents(homes_of(place), 6000), moments(NOW, 600), NOW) == six_hundred


def test_no_two_requests_are_alike(six_hundred: list[Story]):
    assert len({story.text for story in six_hundred}) == 600
    assert len({story.title for story in six_hundred}) >= 300


def test_texts_keep_their_limits_and_no_slot_stays_open(six_hundred: list[Story]):
    for story in six_hundred:
        assert SHORTEST <= len(story.text) <= LONGEST
        assert 4 <= len(story.title) <= 60
        assert "{" not in story.title + story.text + story.handled + story.place_text


def test_categories_kinds_and_states_are_all_there(six_hundred: list[Story]):
    playbook = load_playbook("hongshan")
    assert {story.category for story in six_hundred} <= set(playbook.categories.by_code)
    assert len({story.category for story in six_hundred}) >= 100
    assert {story.kind for story in six_hundred} == {row.code for row in playbook.kind}
    # A small wish is no request: it goes to the wish wall.
    assert {story.function for story in six_hundred} == {row.code for row in playbook.function} - {"wish"}
    assert {story.ending for story in six_hundred} == set(get_args(Ending))


def test_decline_reasons_are_those_of_the_playbook(six_hundred: list[Story]):
    reasons = {row.reason for row in load_playbook("hongshan").answer if row.verb == "decline"}
    assert {story.declined_reason for story in six_hundred} <= reasons


def test_some_need_care(six_hundred: list[Story]):
    assert any(story.danger for story in six_hundred)
    assert any(re.search(r"1\d{10}", story.text) for story in six_hundred)
    assert 40 <= sum(story.reporter is None for story in six_hundred) <= 110
    assert not any(re.search(r"1\d{10}", story.text) for story in six_hundred if story.reporter is None)


def test_places_fit_the_story(place: DemoPlace, six_hundred: list[Story]):
    tall = {building.code for building in place.buildings if building.is_tall}
    community = Polygon(place.communities[0].ring)
    for story in six_hundred:
        if story.category in ("L101", "L102", "L103"):
            assert story.building_code in tall
        if story.longitude is not None and story.latitude is not None:
            assert community.contains(Point(story.longitude, story.latitude))


def test_moments_are_in_order_and_before_now():
    when = moments(NOW, 200, days=60)
    assert when == sorted(when)
    assert all((NOW - moment).days <= 60 for moment in when)
    assert when[-1] < NOW

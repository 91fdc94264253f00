"""Place codes: paths, ranges and numbers that are never given twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinlin.algorithms import place_codes as codes
from jinlin.algorithms.place_codes import Fault, Level

COMMUNITY = "430202001003"
HOME = COMMUNITY + "0007" + "02" + "0501"


def numbered(digits: int, low: int = 1) -> st.SearchStrategy[str]:
    return st.integers(low, 10**digits - 1).map(lambda number: f"{number:0{digits}d}")


@st.composite
def place_codes(draw: st.DrawFn) -> str:
    parts = [
        draw(st.integers(11, 82).map(str)) + draw(numbered(4)),
        draw(numbered(3)),
        draw(numbered(3)),
        draw(numbered(4)),
        draw(numbered(2, low=0)),
        draw(numbered(4)),
    ]
    return "".join(parts[: draw(st.integers(1, 6))])


@pytest.mark.parametrize(
    ("code", "level"),
    [("430202", Level.DISTRICT), ("430202001", Level.SUBDISTRICT), (COMMUNITY, Level.COMMUNITY), (HOME, Level.HOME)],
)
def test_level_follows_from_length(code, level):
    assert codes.level_of(code) is level


def test_path_of_a_home():
    assert codes.ancestors_of(HOME) == ["430202", "430202001", COMMUNITY, HOME[:16], HOME[:18]]
    assert codes.parent_of(HOME) == HOME[:18]
    assert codes.parent_of("430202") is None
    assert codes.ancestor_at(HOME, Level.BUILDING) == HOME[:16]
    assert codes.ancestor_at("430202", Level.BUILDING) is None


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("", Fault.EMPTY),
        ("43020x", Fault.NOT_DIGITS),
        ("４３０２０２", Fault.NOT_DIGITS),
        ("430202\n", Fault.NOT_DIGITS),
        ("4302", Fault.WRONG_LENGTH),
        (COMMUNITY + "001", Fault.WRONG_LENGTH),
        ("990202", Fault.UNKNOWN_PROVINCE),
        ("430202000", Fault.ZERO_PART),
        (COMMUNITY + "0000", Fault.ZERO_PART),
        ("430000", Fault.ZERO_PART),
    ],
)
def test_invalid_codes_name_their_fault(code, fault):
    assert codes.fault_in(code) is fault
    with pytest.raises(codes.InvalidPlaceCode) as caught:
        codes.level_of(code)
    assert caught.value.fault is fault


def test_a_building_without_entrances_has_homes_under_entrance_zero():
    undivided = COMMUNITY + "0007" + codes.ENTRANCE_OF_UNDIVIDED_BUILDING
    assert codes.level_of(undivided + "0001") is Level.HOME


@given(place_codes(), place_codes())
def test_range_is_exactly_what_lies_within(code, scope):
    low, high = codes.prefix_range(scope)
    assert (low <= code < high) is codes.is_within(code, scope)


@given(place_codes())
def test_every_place_lies_within_its_ancestors(code):
    for ancestor in codes.ancestors_of(code):
        low, high = codes.prefix_range(ancestor)
        assert codes.is_within(code, ancestor)
        assert low <= code < high
    assert len(codes.ancestors_of(code)) == list(Level).index(codes.level_of(code))


@given(place_codes().filter(lambda code: len(code) < Level.HOME), st.sets(st.integers(1, 99), max_size=99))
def test_next_child_is_new_valid_and_directly_below(code, numbers):
    below = codes.level_of(code).below
    used = {f"{code}{number:0{below - len(code)}d}" for number in numbers}
    if len(numbers) == 99 and below is Level.ENTRANCE:
        with pytest.raises(codes.CodesExhausted):
            codes.next_child(code, used)
        return
    child = codes.next_child(code, used)
    assert child not in used
    assert codes.parent_of(child) == code


def test_next_child_follows_the_highest_and_fills_gaps_only_at_the_end():
    building = COMMUNITY + "0001"
    assert codes.next_child(building, []) == building + "01"
    assert codes.next_child(building, [building + "03" + "0101", "430202"]) == building + "04"
    assert codes.next_child(building, [building + "99", building + "01"]) == building + "02"
    with pytest.raises(codes.InvalidPlaceCode):
        codes.next_child(HOME, [])


def test_grid_labels():
    assert codes.grid_label(COMMUNITY, 7) == COMMUNITY + "007"
    assert codes.next_grid_label(COMMUNITY, [COMMUNITY + "007", "430202001004" + "020"]) == COMMUNITY + "008"
    assert codes.community_of_grid(COMMUNITY + "007") == COMMUNITY


@pytest.mark.parametrize("label", ["", COMMUNITY, COMMUNITY + "000", COMMUNITY + "07", COMMUNITY + "0a7", "x" * 15])
def test_bad_grid_labels_are_refused(label):
    with pytest.raises(codes.InvalidGridLabel):
        codes.community_of_grid(label)


def test_a_grid_hangs_on_a_community_only():
    with pytest.raises(codes.InvalidGridLabel):
        codes.grid_label("430202001", 1)
    with pytest.raises(codes.InvalidGridLabel):
        codes.grid_label(COMMUNITY, 1000)

"""Staff by population: the least whole number that keeps the norm, rounded up for each place and for the whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinlin.algorithms.staffing import Need, posts_required, posts_required_in_all, seems_in_ten_thousands

PEOPLE = st.integers(1, 2_000_000)


def test_the_example_of_the_norm() -> None:
    assert posts_required(68_000, 18) == 123
    assert Need(123, 122).gap == 1 and not Need(123, 122).is_met
    assert Need(123, 123).gap == 0 and Need(123, 123).is_met and Need(123, 130).gap == 0


@given(PEOPLE, st.integers(1, 100))
def test_it_is_enough_and_one_less_is_not(population: int, norm: int) -> None:
    required = posts_required(population, norm)
    assert required * 10_000 >= population * norm > (required - 1) * 10_000


@given(st.lists(PEOPLE, max_size=20))
def test_rounding_each_place_up_never_gives_less_than_rounding_once(places: list[int]) -> None:
    each, once = posts_required_in_all(places, 18)
    assert once <= each <= once + max(len(places) - 1, 0)


@pytest.mark.parametrize(("population", "norm"), [(0, 18), (-5, 18), (100, 0)])
def test_nobody_and_no_norm_are_refused(population: int, norm: int) -> None:
    with pytest.raises(ValueError, match=str(population)):
        posts_required(population, norm)


def test_a_population_in_ten_thousands_is_noticed() -> None:
    assert seems_in_ten_thousands(7, 23_100) and not seems_in_ten_thousands(68_000, 23_100)
    assert not seems_in_ten_thousands(0, 23_100) and not seems_in_ten_thousands(3, 0)

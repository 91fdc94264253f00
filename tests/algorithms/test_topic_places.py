"""Names of places and bodies in messages, without a list of names."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinlin.algorithms.chinese_text import fold
from jinlin.algorithms.topics.places import apart, districts, find_names, true_forms, without_places


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("投诉A5区云栖花园小区一楼油烟", ["云栖花园"]),
        ("反映仓山区龙津河夜间施工", ["龙津河"]),
        ("A市人民中路与解放东路路口堵车", ["人民中路", "解放东路"]),
        ("请严查A市58车贷案", ["58车贷"]),
        ("我们小区的政府、法院和检察院", []),
        ("该路附近的农贸市场", ["农贸市场"]),
        ("住在A7县星沙中贸城的业主", ["星沙中贸城"]),
    ],
)
def test_a_name_ends_where_its_ending_does_and_begins_after_what_is_no_name(text: str, names: list[str]):
    assert [name.text for name in find_names(fold(text))] == names


@given(st.text(alphabet="投诉在的龙津河云栖小区路口仓山市a5，。 施工", max_size=60))
def test_names_lie_in_the_text_and_do_not_overlap(text: str):
    found = find_names(text)
    assert all(text[name.start : name.end] == name.text for name in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert len(without_places(text, found)) <= len(text)


def test_the_true_form_is_the_shorter_one_when_that_is_met_far_more_often():
    counts = {"治理龙津河": 2, "龙津河": 40, "新龙津河": 30}
    assert true_forms(counts) == {"治理龙津河": "龙津河", "龙津河": "龙津河", "新龙津河": "新龙津河"}


def test_districts_are_apart_unless_one_is_the_city_of_the_other():
    a3, a7, city, other = (districts(fold(text)) for text in ("A3区", "A7县", "A市", "K3县"))
    assert apart(a3, a7) and apart(a3, other) and apart(city, other)
    assert not apart(a3, city) and not apart(a3, frozenset()) and not apart(a3, a3 | a7)

"""Recent texts in memory: the same is found, another matter is not, and nothing depends on how they were taken in."""

from hypothesis import given
from hypothesis import strategies as st

from jinlin.algorithms.topics import RecentTexts
from jinlin.algorithms.topics.recent import PADDING, PAIRS, signature

TEXTS = (
    "3号楼路灯不亮",
    "三号楼前的路灯坏了，晚上很黑",
    "电梯又停了，老人下不了楼",
    "楼下烧烤店油烟直排",
    "垃圾三天没人清运",
)
words = st.text(alphabet="路灯电梯坏了不亮楼垃圾三号店油烟，a1 ", max_size=80)


def texts_of(rows: list[str]) -> RecentTexts:
    made = RecentTexts()
    made.add([(number, float(number), text) for number, text in enumerate(rows)])
    return made


def test_what_says_nearly_the_same_is_found_and_nothing_else():
    found = texts_of(list(TEXTS)).near("三号楼的路灯不亮了", since=0, least=0.2, most=5)
    assert {near.id for near in found} <= {0, 1}
    assert found[0].id == 0


def test_only_what_came_since_and_only_so_many():
    made = texts_of(["路灯不亮"] * 10)
    assert [near.id for near in made.near("路灯不亮", since=4, least=0.2, most=3)] == [9, 8, 7]


@given(words)
def test_a_signature_has_one_length_and_ignores_width_and_signs(text: str):
    found = signature(text)
    assert len(found) == PAIRS
    assert (signature(text.replace("，", "！")) == found).all()
    kept = found[found != PADDING]
    assert len(set(kept.tolist())) == len(kept)


@given(st.lists(words, min_size=1, max_size=40), st.integers(1, 39))
def test_texts_added_one_by_one_are_found_like_those_added_at_once(rows: list[str], cut: int):
    once, twice = texts_of(rows), texts_of(rows[:cut])
    twice.add([(number, float(number), text) for number, text in enumerate(rows)])
    assert once.known == twice.known
    for text in rows[:5]:
        found = once.near(text, since=0, least=0.999, most=50)
        assert {near.id for near in found} == {near.id for near in twice.near(text, since=0, least=0.999, most=50)}
        assert all(near.score <= 1 for near in found)
        if (signature(text) != PADDING).any():
            assert rows.index(text) in {near.id for near in found}


def test_nothing_is_like_nothing():
    assert RecentTexts().near("路灯不亮", since=0, least=0.2, most=5) == []
    assert texts_of(["", "！！"]).near("？", since=0, least=0.2, most=5) == []

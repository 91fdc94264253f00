"""Triage by the words of the category tree: reasons, order, and silence when nothing is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinlin.algorithms.triage import Category, WordTriage

TREE = [
    Category("0101", "电梯故障", ("电梯", "轿厢", "困人")),
    Category("0102", "供水", ("停水", "水压", "水管")),
    Category("0201", "暴露垃圾", ("垃圾", "异味")),
    Category("0202", "噪音扰民", ("噪音", "噪声", "广场舞")),
    Category("0203", "占道经营", ("摆摊", "占道")),
    Category("0301", "物业管理、收费", ("物业费",)),
    Category("0302", "Wi-Fi", ("wifi",)),
]
TRIAGE = WordTriage(TREE)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("3号楼電梯又坏了，上周还困人", "0101", {"电梯", "困人"}),
        ("水管爆了，全楼停水", "0102", {"水管", "停水"}),
        ("楼下广场舞噪音太大", "0202", {"广场舞", "噪音"}),
        ("烧烤摊占道经营", "0203", {"占道经营"}),
        ("ＷＩＦＩ坏了", "0302", {"wifi"}),
        ("物业多收物业费", "0301", {"物业费"}),
    ],
)
def test_words_lead_to_the_category(text, code, words):
    best = TRIAGE.suggest(text)[0]
    assert best.code == code
    assert words <= set(best.words)
    assert 0.3 < best.confidence <= 0.95


@pytest.mark.parametrize("text", ["", "你好", "🚒\x00\ud800"])
def test_nothing_known_gives_no_suggestion(text):
    assert TRIAGE.suggest(text) == []


def test_more_words_make_it_surer():
    one, two = (TRIAGE.suggest(text)[0].confidence for text in ("电梯坏了", "电梯轿厢困人"))
    assert one < two


def test_a_word_that_all_have_hardly_counts():
    triage = WordTriage([("1", "道路养护", ["小区"]), ("2", "道路照明", ["小区", "路灯"]), ("3", "绿化", ["小区"])])
    assert triage.suggest("小区的路灯不亮")[0].code == "2"


def test_an_empty_tree_suggests_nothing():
    assert WordTriage([]).suggest("电梯坏了") == []


@given(st.text(alphabet="电梯坏了垃圾停水物业费 ，ab", max_size=40))
def test_confidence_is_a_share_and_best_comes_first(text):
    found = TRIAGE.suggest(text)
    assert sum(each.confidence for each in found) <= 1
    assert [each.confidence for each in found] == sorted((each.confidence for each in found), reverse=True)
    assert all(each.words for each in found)

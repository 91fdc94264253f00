"""Rules of words: their notation, how far apart the words of a pair stand, and that a plain search finds the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinlin.algorithms.triage.scanning import FAR, NEAR, Scanner

GROUPS = {"LIFT": "电梯 货[梯车]"}
RULES = [
    ("fire", "着火 -发-烧了 跳-舞-"),
    ("stuck", "{LIFT} ~ 卡住 (关/夹)人"),
    ("short", "摸 ~4 麻"),
    ("long", "{LIFT} ~~ 出不来"),
]
SCANNER = Scanner(RULES, GROUPS)


def found(text: str) -> list[tuple[str, str]]:
    return [(match.kind, text[match.start : match.end]) for match in SCANNER.find(text)]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("楼上着火", ["fire"]),
        ("孩子发烧了", []),
        ("锅烧了", ["fire"]),
        ("跳舞", []),
        ("要跳", ["fire"]),
        ("货车夹人", ["stuck"]),
        ("电梯" + "一" * NEAR + "卡住", ["stuck"]),
        ("电梯" + "一" * (NEAR + 1) + "卡住", []),
        ("电梯,卡住", []),
        ("电梯、卡住", []),
        ("卡住电梯", []),
        ("摸一下就麻", ["short"]),
        ("摸一下杆子就麻", []),
        ("电梯停了,人出不来", ["long"]),
        ("电梯停了。人出不来", []),
        ("电梯" + "一" * (FAR + 1) + "出不来", []),
        ("", []),
    ],
)
def test_rules_find_what_their_line_says(text: str, kinds: list[str]) -> None:
    assert [kind for kind, _words in found(text)] == kinds


def test_a_pair_over_the_end_of_a_clause_says_so() -> None:
    [match] = SCANNER.find("电梯停了,人出不来")
    assert match.across and (match.start, match.end) == (0, 9)


def test_a_rule_that_is_indented_more_goes_on_with_the_one_before() -> None:
    scanner = Scanner([("x", "\n    甲 ~ 乙\n        丙\n    丁\n")], {})
    assert [text for text in ("甲丙", "甲乙", "丁", "甲", "丙") if scanner.find(text)] == ["甲丙", "甲乙", "丁"]


def test_an_unknown_group_is_an_error() -> None:
    with pytest.raises(KeyError):
        Scanner([("x", "{NOTHING}")], {})


@given(st.text("电梯货车卡住着火关人摸麻出不来,。一", max_size=40))
def test_a_plain_search_finds_the_same(text: str) -> None:
    lifts = {(at, at + 2) for word in ("电梯", "货梯", "货车") for at in range(len(text)) if text.startswith(word, at)}
    events = {(at, at + 2) for word in ("卡住", "关人", "夹人") for at in range(len(text)) if text.startswith(word, at)}
    plain = {
        (begin, end)
        for begin, left in lifts
        for right, end in events
        if 0 <= right - left <= NEAR and not set(",。") & set(text[left:right])
    }
    assert {(match.start, match.end) for match in SCANNER.find(text) if match.kind == "stuck"} == plain
    assert sum(match.kind == "fire" for match in SCANNER.find(text)) == text.count("着火")

"""Folding and bigram search: exact for Han substrings, safe for any text."""

import sqlite3
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinlin.algorithms.chinese_text import Phrase, bigrams, fold, fts5_query, in_column, postgres_query, query_terms
from jinlin.algorithms.chinese_text.search import MAX_TOKENS

HAN_TEXT = st.text(alphabet="电梯坏了楼 ，", max_size=20)


def found_by_fts5(texts: list[str], query: str) -> list[int]:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
    database.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", enumerate(map(bigrams, texts)))
    match = fts5_query(query_terms(query))
    rows = [row for (row,) in database.execute("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid", [match])]
    database.close()
    return rows


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("電梯壞了", "电梯坏了"),
        ("ＷｉＦｉ　１２３", "wifi 123"),
        ("Résumé", "resume"),
        ("Re\u0301sume\u0301", "resume"),
        ("回覆", "回复"),
        ("瞭解", "了解"),
        ("电\u200b梯\ufe0f", "电梯"),
        ("a\x00b\ud800c", "a b c"),
        ("㎡", "m2"),
        ("薴", "苎"),
    ],
)
def test_folding(written, folded):
    assert fold(written) == folded


@given(st.text(), st.text())
def test_folding_is_character_by_character(left, right):
    assert fold(left + right) == fold(left) + fold(right)


@given(st.text())
def test_folding_twice_changes_nothing_and_can_be_stored(text):
    once = fold(text)
    assert fold(once) == once
    once.encode()


def test_bigrams_of_mixed_text():
    assert bigrams("3号楼WiFi坏了！") == "3 号楼 楼 wifi 坏了 了"
    assert bigrams("，。🚒 \x00") == ""


@given(st.text())
def test_bigrams_hold_letters_and_digits_only(text):
    words = bigrams(text)
    words.encode()
    assert all(word.isalnum() for word in words.split(" ") if words)


@given(st.lists(HAN_TEXT, max_size=6), st.text(alphabet="电梯坏了楼", min_size=1, max_size=5))
def test_han_query_finds_exactly_the_substrings(texts, query):
    assert found_by_fts5(texts, query) == [row for row, text in enumerate(texts) if query in text]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("3号楼2单元", [0]),
        ("楼2单", [0]),
        ("3号楼2", [0]),
        ("号楼 漏水", [0, 1]),
        ("漏", [0, 1]),
        ("wifi", [2]),
        ("WIFI坏", [2]),
        ("電梯", [3]),
        ("梯坏", []),
    ],
)
def test_mixed_queries(query, found):
    texts = ["3号楼2单元漏水", "13号楼天花板漏水", "大厅Wi-Fi、WiFi坏了", "电梯，坏了"]
    assert found_by_fts5(texts, query) == found


def test_a_single_character_is_signalled():
    assert query_terms("漏") == [Phrase(("漏",), "漏", open_ended=True)]
    assert query_terms("漏水 漏水") == [Phrase(("漏水",), "漏水", open_ended=False)]
    assert query_terms("“！” 🚒") == []


def test_postgres_expression():
    assert postgres_query(query_terms("电梯坏 3楼")) == "'电梯' & '梯坏' & '3' & '楼':*"


@given(st.lists(HAN_TEXT | st.text(max_size=20), max_size=5), HAN_TEXT | st.text(max_size=4))
def test_the_bigram_column_holds_what_fts5_finds(texts, query):
    phrases = query_terms(query)
    if phrases:
        columns = [f" {bigrams(text)} " for text in texts]
        held = [row for row, column in enumerate(columns) if all(in_column(phrase) in column for phrase in phrases)]
        assert held == found_by_fts5(texts, query)


@given(st.text())
def test_any_query_is_a_valid_fts5_expression(query):
    if query_terms(query):
        found_by_fts5(["电梯"], query)


@pytest.mark.parametrize(
    "text",
    [
        "电梯坏了" * 25_000,
        "\u0301\u0323" * 50_000,
        "🚒" * 100_000,
        "\ufdfa" * 100_000,
        "a" * 100_000,
        "\ud800" * 100_000,
    ],
    ids=["han", "marks", "emoji", "ligatures", "one word", "surrogates"],
)
def test_very_long_texts_are_quick_and_bounded(text):
    start = time.process_time()
    words = bigrams(text)
    assert time.process_time() - start < 1
    assert words.count(" ") < MAX_TOKENS

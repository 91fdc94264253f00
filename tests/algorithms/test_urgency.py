"""Words of danger: every danger to life is seen, and most of what only sounds like one is not."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinlin.algorithms.triage import Danger, UrgencyLevel, find_urgency
from tests.algorithms.urgency_examples import DANGERS, NORMAL, TOLD, TOLD_NORMAL, TOLD_URGENT, URGENT

FRESH_FILE = Path(__file__).with_name("urgency_told.tsv")
"""Level and text: what residents of many regions and ages may write, in three parts that were judged before they were known."""


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in DANGERS.items() for text in texts])
def test_danger_to_life_is_seen(kind, text):
    urgency = find_urgency(text)
    assert urgency.level is UrgencyLevel.DANGER
    assert Danger(kind) in urgency.dangers
    assert urgency.words


def test_of_dangers_as_people_tell_them_at_least_98_of_100_are_seen():
    missed = [text for text in TOLD if find_urgency(text).level is not UrgencyLevel.DANGER]
    assert len(missed) <= 0.02 * len(TOLD), missed


FRESH = [line.split("\t", 1) for line in FRESH_FILE.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("level", "least", "share"),
    [("2", UrgencyLevel.DANGER, 0.98), ("2", UrgencyLevel.URGENT, 0.99), ("1", UrgencyLevel.URGENT, 0.95)],
)
def test_wordings_of_many_tongues_are_seen(level, least, share):
    told = [text for known, text in FRESH if known == level]
    missed = [text for text in told if find_urgency(text).level < least]
    assert len(missed) <= (1 - share) * len(told), missed


def test_of_everyday_wordings_of_many_tongues_at_most_one_in_twenty_is_a_danger():
    told = [text for known, text in FRESH if known == "0"]
    alarmed = [text for text in told if find_urgency(text).level is UrgencyLevel.DANGER]
    assert len(alarmed) <= 0.05 * len(told), alarmed


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("电梯困人的事上个月已经解决了", UrgencyLevel.NORMAL),
        ("楼下着火,已经扑灭了", UrgencyLevel.URGENT),
        ("昨天停电,已经来电了", UrgencyLevel.NORMAL),
        ("楼下着火,没扑灭", UrgencyLevel.DANGER),
        ("昨天着火扑灭了,现在又烧起来了", UrgencyLevel.DANGER),
        ("没有闻到煤气味", UrgencyLevel.NORMAL),
    ],
)
def test_what_is_over_is_no_danger_unless_it_comes_back(text, level):
    assert find_urgency(text).level is level


def test_trouble_as_people_tell_it_is_not_passed_over():
    missed = [text for text in TOLD_URGENT if find_urgency(text).level is UrgencyLevel.NORMAL]
    assert len(missed) <= 0.02 * len(TOLD_URGENT), missed


def test_everyday_matters_are_normal():
    alarmed = [text for text in TOLD_NORMAL if find_urgency(text).level is not UrgencyLevel.NORMAL]
    assert len(alarmed) <= 0.02 * len(TOLD_NORMAL), alarmed


@pytest.mark.parametrize("text", URGENT)
def test_trouble_is_urgent(text):
    assert find_urgency(text).level is UrgencyLevel.URGENT


@pytest.mark.parametrize("text", NORMAL)
def test_what_only_sounds_like_danger_is_normal(text):
    assert find_urgency(text) == (UrgencyLevel.NORMAL, (), ())


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("没有发生火灾", UrgencyLevel.NORMAL),
        ("没有人管，房子着火了", UrgencyLevel.DANGER),
        ("一旦着火后果不堪设想", UrgencyLevel.URGENT),
        ("随时可能着火", UrgencyLevel.DANGER),
        ("去年着火，现在又着火了", UrgencyLevel.DANGER),
        ("電梯困人", UrgencyLevel.DANGER),
        ("我怕他会自杀", UrgencyLevel.DANGER),
        ("", UrgencyLevel.NORMAL),
    ],
)
def test_the_clause_decides(text, level):
    assert find_urgency(text).level is level


def test_words_come_in_order_and_once():
    assert find_urgency("楼上停水，楼下着火，着火了").words == ("停水", "着火")


@given(st.text())
def test_any_text_is_judged(text):
    urgency = find_urgency(text)
    assert (urgency.level is UrgencyLevel.DANGER) == bool(urgency.dangers)
    assert bool(urgency.words) == (urgency.level > UrgencyLevel.NORMAL)


@pytest.mark.parametrize("text", ["电梯" * 50_000, "着火" * 50_000, "去年" * 50_000, "煤气，" * 33_000])
def test_very_long_texts_are_quick(text):
    start = time.process_time()
    find_urgency(text)
    assert time.process_time() - start < 3

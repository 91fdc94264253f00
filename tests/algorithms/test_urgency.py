"""Words of danger: every danger to life is seen, and most of what only sounds like one is not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinlin.algorithms.triage import Danger, UrgencyLevel, find_urgency
from tests.algorithms.urgency_examples import DANGERS, NORMAL, TOLD, TOLD_NORMAL, TOLD_URGENT, URGENT


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in DANGERS.items() for text in texts])
def test_danger_to_life_is_seen(kind, text):
    urgency = find_urgency(text)
    assert urgency.level is UrgencyLevel.DANGER
    assert Danger(kind) in urgency.dangers
    assert urgency.words


def test_of_dangers_as_people_tell_them_at_least_98_of_100_are_seen():
    missed = [text for text in TOLD if find_urgency(text).level is not UrgencyLevel.DANGER]
    assert len(missed) <= 0.02 * len(TOLD), missed


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

"""Topics: issues told in many words are found whole among others, and neither copies nor clicks by machine lift them."""

import csv
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from math import comb
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinlin.algorithms.topics import Message, Topic, find_topics
from jinlin.algorithms.topics.finding import LONGEST_TITLE, first_clause
from jinlin.algorithms.topics.grouping import grouped
from jinlin.algorithms.topics.heat import Voice, heat_of
from jinlin.algorithms.topics.likeness import Pairs
from tests.algorithms.topic_groups import groups
from tests.algorithms.topic_issues import ISSUES, Told, told

NOON = datetime(2019, 5, 8, 12)


def messages_of(rows: Sequence[Told]) -> list[Message]:
    return [Message(row.text, row.at, row.title, row.author, row.support) for row in rows]


def precision_and_recall(topics: Sequence[Topic], issues: Sequence[str]) -> tuple[float, float]:
    """Return both for the pairs of messages that belong to one issue; an empty issue is none."""
    found = together = 0
    for topic in topics:
        counts = Counter(issues[number] for number in topic.members)
        together += sum(comb(count, 2) for issue, count in counts.items() if issue)
        found += comb(len(topic.members), 2) if set(counts) != {""} else 0
    true = sum(comb(count, 2) for issue, count in Counter(issues).items() if issue)
    return together / found, together / true


def leading(topics: Sequence[Topic], issues: Sequence[str]) -> list[str]:
    """Return the issue that most members of each topic belong to."""
    return [Counter(issues[number] for number in topic.members).most_common(1)[0][0] for topic in topics]


@pytest.fixture(scope="module")
def sample(shared_data: Path) -> dict[str, Message]:
    """Return the messages of the public sample by their number, as they lie beside the project."""
    with (shared_data / "taidi2020c" / "hot_messages_sample.csv").open(encoding="utf-8-sig", newline="") as file:
        return {
            row["message_id"]: Message(
                row["detail"],
                datetime.strptime(row["time"], "%Y-%m-%d %H:%M:%S"),
                row["subject"],
                row["user"],
                int(row["likes"]),
                int(row["dislikes"]),
            )
            for row in csv.DictReader(file)
        }


@pytest.fixture(scope="module")
def real(sample: dict[str, Message]) -> list[Message]:
    return list(sample.values())


@pytest.mark.parametrize("seed", [1, 2])
def test_issues_hidden_among_real_messages_lead_the_list_and_are_whole(real: list[Message], seed: int):
    hidden = told(seed)
    issues = [row.issue for row in hidden] + [""] * len(real)
    topics = find_topics(messages_of(hidden) + real)
    precision, recall = precision_and_recall(topics, issues)
    assert precision > 0.95
    assert recall > 0.9
    five, ten = leading(topics[:5], issues), leading(topics[:10], issues)
    assert {"bundled parking", "mixing plant"} <= set(five)
    assert len(set(ten) - {""}) >= 7


def test_what_was_read_to_be_one_matter_is_found_to_be_one(sample: dict[str, Message]):
    matter = {number: str(name) for name, members in enumerate(groups()) for number in members}
    topics = find_topics(list(sample.values()))
    precision, recall = precision_and_recall(topics, [matter.get(number, "") for number in sample])
    assert precision > 0.75
    assert recall > 0.85


def test_the_hottest_topics_of_the_real_sample_are_those_that_a_reader_finds(real: list[Message]):
    topics = find_topics(real, 5)
    words = ["".join(real[number].title for number in topic.members) for topic in topics]
    for matter, least in (("车贷", 9), ("十里天池", 6), ("购房补贴", 5)):
        assert max(text.count(matter) for text in words) >= least, matter
    assert "58车贷" in topics[0].place


def test_the_same_trouble_at_different_estates_is_no_topic():
    estates = ("云麓花园", "江畔公馆", "金桥小区", "翠湖山庄", "东方名苑", "银河家园", "学府新村", "时代广场")
    rows = [
        Message("楼下餐馆油烟直排，每天晚上都是油烟味，请尽快处理。", NOON, f"投诉{estate}油烟扰民", estate)
        for estate in estates
    ]
    rows += messages_of(told(1, ISSUES[3:5]))
    for topic in find_topics(rows):
        assert not set(topic.members) & set(range(len(estates)))


def test_two_matters_of_one_estate_are_two_topics():
    lift = ("电梯又坏了，老人爬楼梯", "三号楼电梯困人，维保单位不来", "电梯年检过期还在运行", "电梯停运一周无人修")
    fumes = ("一楼烧烤店油烟直排", "烧烤店没有烟道，油烟飘进卧室", "楼下烧烤摊油烟呛人", "餐馆油烟熏得开不了窗")
    rows = [Message(text + "，请处理。", NOON, f"云麓花园{text}") for text in lift + fumes]
    rows += messages_of(told(1, ISSUES[1:2]))
    sides = [{number < len(lift) for number in topic.members if number < 8} for topic in find_topics(rows)]
    assert all(len(side) <= 1 for side in sides)


def test_fifty_copies_from_one_account_are_cooler_than_six_households():
    copies = [Message("滨河路路灯不亮，晚上看不见路。", NOON, "滨河路路灯不亮", "one")] * 50
    others = [
        Message(text, NOON + timedelta(days=day), "学府新村停水", f"household {day}")
        for day, text in enumerate(
            (
                "学府新村停水三天了",
                "又停水，学府新村没人管",
                "停水不通知，做不了饭",
                "自来水停了三天",
                "学府新村停水，老人没水喝",
                "三天停水何时恢复",
            )
        )
    ]
    first, second = find_topics(copies + others)
    assert (first.heat.voices, second.heat.voices, second.heat.messages) == (6, 1, 50)


def test_the_order_of_the_messages_changes_nothing_but_their_numbers():
    rows = told(3)
    order = random.Random(7).sample(range(len(rows)), len(rows))
    straight = find_topics(messages_of(rows))
    mixed = find_topics(messages_of([rows[number] for number in order]))
    assert {frozenset(topic.members) for topic in straight} == {
        frozenset(order[number] for number in topic.members) for topic in mixed
    }


def test_nothing_comes_of_nothing_and_of_empty_words():
    assert find_topics([]) == []
    assert find_topics([Message("", NOON), Message("？！", NOON), Message("😀", NOON)]) == []


def test_messages_without_titles_are_headed_by_their_first_clause():
    rows = [Message(row.text, row.at) for row in told(1, ISSUES[:1])]
    topic = find_topics(rows)[0]
    assert topic.title in {first_clause(row.text) for row in rows}
    assert len(topic.title) <= LONGEST_TITLE
    assert topic.first <= topic.last


@st.composite
def likenesses(draw: st.DrawFn) -> tuple[int, Pairs]:
    count = draw(st.integers(1, 25))
    every = [(a, b) for a in range(count) for b in range(a + 1, count)]
    chosen = draw(st.lists(st.sampled_from(every), unique=True)) if every else []
    scores = draw(st.lists(st.floats(0.008, 1), min_size=len(chosen), max_size=len(chosen)))
    first, second = (np.array([pair[side] for pair in chosen], dtype=np.int64) for side in (0, 1))
    return count, Pairs(first, second, np.array(scores))


@given(likenesses())
def test_groups_are_a_partition_and_nobody_is_with_whom_they_have_nothing_to_do(case: tuple[int, Pairs]):
    count, pairs = case
    groups = grouped(count, pairs)
    assert sorted(number for group in groups for number in group) == list(range(count))
    likes = defaultdict(set)
    for a, b in zip(pairs.first.tolist(), pairs.second.tolist(), strict=True):
        likes[a].add(b)
        likes[b].add(a)
    assert all(likes[number] & set(group) for group in groups if len(group) > 1 for number in group)


voices = st.builds(
    Voice,
    author=st.sampled_from(["", "a", "b", "c"]),
    words=st.sampled_from(["x", "y", "z"]),
    at=st.integers(0, 400).map(lambda days: NOON + timedelta(days=days)),
    support=st.integers(0, 10_000),
    oppose=st.integers(0, 10_000),
)


@given(st.lists(voices, min_size=1), st.integers(0, 3_000))
def test_heat_does_not_depend_on_the_date_or_the_order_and_has_its_bounds(said: list[Voice], days: int):
    heat = heat_of(said)
    later = [Voice(v.author, v.words, v.at + timedelta(days=days), v.support, v.oppose) for v in said]
    assert heat == heat_of(later) == heat_of(said[::-1])
    assert 0 < heat.peak <= 1
    assert 0 < heat.voices <= len(said)


@given(st.lists(voices, min_size=1))
def test_clicks_against_never_heat(said: list[Voice]):
    against = [Voice(v.author, v.words, v.at, v.support, v.oppose + 100) for v in said]
    assert heat_of(against).value <= heat_of(said).value

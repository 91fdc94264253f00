"""Finds the topics of many messages: what several of them are about, in one place, hottest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from scipy import sparse

from jinlin.algorithms.chinese_text import fold
from jinlin.algorithms.topics.grouping import Group, grouped
from jinlin.algorithms.topics.heat import Heat, Voice, heat_of
from jinlin.algorithms.topics.likeness import Pairs, alike
from jinlin.algorithms.topics.places import commonest, district_words
from jinlin.algorithms.topics.profiles import Profiles, make_profiles

LEAST_MEMBERS = 2
LONGEST_TITLE = 40
SHARED = 0.3
"""Share of the messages that must name a place for the topic to be said to lie there."""
CITY = "市"
CLAUSE_ENDS = "，。；！？,;!?\n"


@dataclass(frozen=True)
class Message:
    """What somebody wrote; without a title of its own, the first clause of the text stands for it."""

    text: str
    at: datetime
    title: str = ""
    author: str = ""
    support: int = 0
    oppose: int = 0


@dataclass(frozen=True)
class Topic:
    """Messages about one matter.

    Attributes:
        title: that of the message which is most like all others.
        place: district and name that most of them mention; empty where there is none in common.
        first, last: times of the earliest and the latest message.
        heat: how hot it is, with its parts.
        members: numbers of the messages in time order.
    """

    title: str
    place: str
    first: datetime
    last: datetime
    heat: Heat
    members: tuple[int, ...]


def find_topics(messages: Sequence[Message], most: int | None = None) -> list[Topic]:
    """Return the topics that at least two messages share, the hottest first, at most `most` of them."""
    if not messages:
        return []
    titles = [message.title or first_clause(message.text) for message in messages]
    profiles = make_profiles(titles, [message.text for message in messages])
    pairs = alike(profiles)
    groups = [group for group in grouped(len(messages), pairs) if len(group) >= LEAST_MEMBERS]
    heats = [heat_of([_voice(messages[number], titles[number]) for number in group]) for group in groups]
    order = sorted(range(len(groups)), key=lambda rank: (-heats[rank].value, groups[rank][0]))[:most]
    centres = _Centres(len(messages), pairs)
    return [_topic(messages, titles, profiles, groups[rank], heats[rank], centres) for rank in order]


def first_clause(text: str) -> str:
    """Return the beginning of a text up to the end of a clause, at most 40 characters."""
    start = text.strip()[:LONGEST_TITLE]
    ends = [place for mark in CLAUSE_ENDS if (place := start.find(mark)) > 0]
    return start[: min(ends)] if ends else start


def _voice(message: Message, title: str) -> Voice:
    words = "".join(fold(title + message.text).split())
    return Voice(message.author, words, message.at, message.support, message.oppose)


class _Centres:
    """Knows which message of a group is most like the others."""

    def __init__(self, count: int, pairs: Pairs) -> None:
        both = (np.r_[pairs.first, pairs.second], np.r_[pairs.second, pairs.first])
        self.scores = sparse.csr_matrix((np.r_[pairs.score, pairs.score], both), shape=(count, count))

    def of(self, group: Group) -> int:
        """Return the number of that message, the earliest of several."""
        sums = np.asarray(self.scores[group][:, group].sum(axis=1)).ravel()
        return group[int(np.argmax(sums))]


def _topic(
    messages: Sequence[Message],
    titles: Sequence[str],
    profiles: Profiles,
    group: Group,
    heat: Heat,
    centres: _Centres,
) -> Topic:
    members = sorted(group, key=lambda number: (messages[number].at, number))
    return Topic(
        title=titles[centres.of(group)],
        place=_place(messages, titles, profiles, group),
        first=messages[members[0]].at,
        last=messages[members[-1]].at,
        heat=heat,
        members=tuple(members),
    )


def _place(messages: Sequence[Message], titles: Sequence[str], profiles: Profiles, group: Group) -> str:
    """Return the district and the name that the group has in common, as far as there is one; titles go before texts."""
    in_titles = [set(profiles.named[number][0]) for number in group]
    anywhere = [set(profiles.named[number][0] + profiles.named[number][1]) for number in group]
    where = [district_words(fold(titles[number] + messages[number].text)) for number in group]
    narrow = [{word for word in words if not word.endswith(CITY)} for words in where]
    return (_shared(narrow) or _shared(where)).upper() + (_shared(in_titles) or _shared(anywhere))


def _shared(words: Sequence[set[str]]) -> str:
    word, count = commonest(words)
    return word if count >= max(2, SHARED * len(words)) else ""

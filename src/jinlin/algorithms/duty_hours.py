"""Hours of the week at which somebody is on duty: read from words, compared, and the next time they begin.

Hours are written as in “周一至周五 9:00-11:30；周三 14:00-17:00”: days, then one span of time; several are parted by “；”.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

DAYS = "一二三四五六日"
EVERY_DAY, WORKING_DAYS = range(1, 8), range(1, 6)
MOST_SPANS = 42
EXAMPLE = "周一至周五 9:00-11:30"

_ALIASES = {"天": 7, "７": 7, **{name: number for number, name in enumerate(DAYS, start=1)}}
_ALIASES |= {str(number): number for number in EVERY_DAY}
_ITEM = re.compile(
    r"(?P<days>.+?)\s*(?P<h1>\d{1,2})[:：](?P<m1>\d{2})\s*[-–—~至到]+\s*(?P<h2>\d{1,2})[:：](?P<m2>\d{2})"
)
_DAY = re.compile(r"(?:周|星期|礼拜)?([一二三四五六日天1-7])")


class UnreadableHours(ValueError):
    """The words do not say which days and which hours; `part` is the piece that could not be read."""

    def __init__(self, part: str) -> None:
        self.part = part[:60]
        super().__init__(f"These hours cannot be read: {self.part!r}. Write them as 周一至周五 9:00-11:30.")


@dataclass(frozen=True, order=True)
class Span:
    """From `begins` until `ends` on a day of the week (1 Monday … 7 Sunday), within one day."""

    weekday: int
    begins: time
    ends: time

    def meets(self, other: Span) -> bool:
        """Say whether both include a moment."""
        return self.weekday == other.weekday and self.begins < other.ends and other.begins < self.ends


def read_hours(words: str) -> tuple[Span, ...]:
    """Return the spans that the words name, in the order of the week, each once; none for no words.

    Raises UnreadableHours.
    """
    parts = [part for part in re.split(r"[;；\n]+", words.strip()) if part.strip()]
    spans = sorted({span for part in parts for span in _read_part(part.strip())})
    if len(spans) > MOST_SPANS:
        raise UnreadableHours(words)
    return tuple(spans)


def _read_part(part: str) -> Iterable[Span]:
    found = _ITEM.fullmatch(part)
    if found is None:
        raise UnreadableHours(part)
    try:
        begins = time(int(found["h1"]), int(found["m1"]))
        ends = time(int(found["h2"]), int(found["m2"]))
    except ValueError:
        raise UnreadableHours(part) from None
    if begins >= ends:
        raise UnreadableHours(part)
    return [Span(day, begins, ends) for day in _read_days(found["days"].strip(), part)]


def _read_days(words: str, part: str) -> Sequence[int]:
    if words in {"每天", "每日"}:
        return EVERY_DAY
    if words in {"工作日", "周内"}:
        return WORKING_DAYS
    days: list[int] = []
    for piece in re.split(r"[、,，和\s]+", words):
        ends = re.split(r"[至到\-–—~]", piece)
        named = [found[1] for end in ends if (found := _DAY.fullmatch(end))]
        if len(named) != len(ends) or len(ends) > 2:
            raise UnreadableHours(part)
        first, last = _ALIASES[named[0]], _ALIASES[named[-1]]
        if first > last:
            raise UnreadableHours(part)
        days += range(first, last + 1)
    return days


def as_rows(spans: Iterable[Span]) -> list[list[int | str]]:
    """Return the spans as they are kept in JSON: [weekday, "HH:MM", "HH:MM"]."""
    return [[span.weekday, f"{span.begins:%H:%M}", f"{span.ends:%H:%M}"] for span in spans]


def from_rows(rows: Iterable[Sequence[int | str]]) -> tuple[Span, ...]:
    """Return the spans that `as_rows` has written."""
    return tuple(Span(int(day), time.fromisoformat(str(a)), time.fromisoformat(str(b))) for day, a, b in rows)


def as_words(spans: Iterable[Span]) -> str:
    """Return the spans as `read_hours` takes them, those of the same hours together: 周一、周三 9:00-11:00."""
    days: dict[tuple[time, time], list[str]] = {}
    for span in sorted(spans):
        days.setdefault((span.begins, span.ends), []).append(f"周{DAYS[span.weekday - 1]}")
    return "；".join(
        f"{'、'.join(names)} {begins:%H:%M}-{ends:%H:%M}" for (begins, ends), names in sorted(days.items())
    )


def first_meeting(mine: Iterable[Span], others: Iterable[Span]) -> Span | None:
    """Return the earliest of `mine` in the week that meets one of `others`, or None."""
    others = tuple(others)
    return min((span for span in mine if any(span.meets(other) for other in others)), default=None)


def next_opening(spans: Iterable[Span], moment: datetime) -> tuple[datetime, datetime] | None:
    """Return beginning and end of the span that runs at `moment` or begins next; None where there are no spans.

    `moment` and the answer are local times.
    """
    openings = [_opening(span, moment) for span in spans]
    return min(openings, default=None)


def _opening(span: Span, moment: datetime) -> tuple[datetime, datetime]:
    day = moment.date() + timedelta(days=(span.weekday - moment.isoweekday()) % 7)
    ends = datetime.combine(day, span.ends, moment.tzinfo)
    if ends <= moment:
        day += timedelta(days=7)
    return datetime.combine(day, span.begins, moment.tzinfo), datetime.combine(day, span.ends, moment.tzinfo)

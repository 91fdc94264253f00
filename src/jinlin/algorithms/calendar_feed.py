"""Writes dates as an iCalendar feed (RFC 5545), which calendars on telephones and in offices subscribe to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

LONGEST_LINE = 75
"""Octets of a line, without its end; longer ones go on in the next (RFC 5545, 3.1)."""
LASTS = timedelta(minutes=15)
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True)
class Entry:
    """Something that is due at a moment; `uid` stays the same when it is moved, `version` then rises."""

    uid: str
    due_at: datetime
    title: str
    words: str
    url: str
    version: int


def calendar_feed(name: str, entries: Iterable[Entry], made_at: datetime) -> bytes:
    """Return the feed: each entry takes the quarter of an hour before it is due."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Jinlin//Deadlines//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ]
    for entry in entries:
        lines += _event(entry, made_at)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _event(entry: Entry, made_at: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{_escaped(entry.uid)}",
        f"DTSTAMP:{_moment(made_at)}",
        f"DTSTART:{_moment(entry.due_at - LASTS)}",
        f"DTEND:{_moment(entry.due_at)}",
        f"SEQUENCE:{entry.version}",
        f"SUMMARY:{_escaped(entry.title)}",
        f"DESCRIPTION:{_escaped(entry.words)}",
        f"URL:{entry.url}",
        "END:VEVENT",
    ]


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """Return a text value without what ends a value or a line (RFC 5545, 3.3.11), and without other control characters."""
    return "".join(letter for letter in text.translate(ESCAPES) if letter >= " ")


def _folded(line: str) -> str:
    """Return a line cut where it grows too long, never within a character."""
    parts, length = [""], 0
    for letter in line:
        size = len(letter.encode())
        if length + size > LONGEST_LINE:
            parts.append(" ")
            length = 1
        parts[-1] += letter
        length += size
    return "\r\n".join(parts)

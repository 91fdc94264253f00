"""The iCalendar feed: lines of at most 75 octets that come back whole, whatever the words hold."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from jinlin.algorithms.calendar_feed import Entry, calendar_feed

AT = datetime(2026, 5, 8, 1, 0, tzinfo=UTC)


def unfolded(feed: bytes) -> list[str]:
    return feed.decode().replace("\r\n ", "").split("\r\n")


def unescaped(text: str) -> str:
    found, letters = "", iter(text)
    for letter in letters:
        if letter == "\\":
            letter = {"n": "\n"}.get(following := next(letters), following)
        found += letter
    return found


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_words_come_back_and_no_line_is_too_long(words):
    feed = calendar_feed("期限", [Entry("1@a", AT, words, words, "https://a/1", 3)], AT)
    assert all(len(line) <= 75 for line in feed.split(b"\r\n"))
    (summary,) = [line for line in unfolded(feed) if line.startswith("SUMMARY:")]
    assert unescaped(summary.removeprefix("SUMMARY:")) == "".join(c for c in words if c >= " " or c == "\n")


def test_an_entry_ends_when_it_is_due():
    lines = unfolded(calendar_feed("期限", [Entry("20260508-0001@a", AT, "路灯", "已受理", "https://a/1", 3)], AT))
    assert "DTSTART:20260508T004500Z" in lines and "DTEND:20260508T010000Z" in lines
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""]
    assert "SEQUENCE:3" in lines and "UID:20260508-0001@a" in lines

"""Puts a deadline into the words that people read: time left, time over, or a date."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import formats, timezone
from django.utils.translation import gettext, ngettext, pgettext

WEEK = timedelta(days=7)
SOON = timedelta(hours=24)


class Due(NamedTuple):
    """What to say about a deadline and in which tone."""

    words: str
    tone: str


def weekday_date(moment: datetime) -> str:
    """Return the local date with its weekday; the year only when it is not the present one."""
    local = timezone.localtime(moment)
    if local.year == timezone.localtime().year:
        return formats.date_format(local, pgettext("date format", "D j M"))
    return formats.date_format(local, pgettext("date format", "D j M Y"))


def exact_time(moment: datetime) -> str:
    """Return the local date and time to the minute."""
    local = timezone.localtime(moment)
    words = gettext("%(year)d-%(month)02d-%(day)02d %(time)s")
    # Written by hand because long tables have one in each row, and Django's date formats cost ten times as much.
    parts = {"year": local.year, "month": local.month, "day": local.day, "time": f"{local.hour}:{local.minute:02}"}
    return words % parts


def span_words(span: timedelta) -> str:
    """Return a span in its largest whole unit (minutes, hours, days), at least one minute."""
    minutes = max(1, int(span.total_seconds() // 60))
    if minutes < 60:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours = minutes // 60
    if hours < 24:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    days = hours // 24
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


def _finished_words(due_at: datetime, ended_at: datetime) -> Due:
    if ended_at <= due_at:
        return Due(gettext("on time"), "done")
    return Due(gettext("%(span)s over") % {"span": span_words(ended_at - due_at)}, "overdue")


def _open_words(left: timedelta, due_at: datetime, working_days: int | None, *, soon: bool) -> Due:
    tone = "soon" if soon else "working"
    if left > WEEK:
        return Due(gettext("by %(date)s") % {"date": weekday_date(due_at)}, tone)
    if working_days:
        words = ngettext("%(count)d working day left", "%(count)d working days left", working_days)
        return Due(words % {"count": working_days}, tone)
    return Due(gettext("%(span)s left") % {"span": span_words(left)}, tone)


def paused_words() -> str:
    """Say that a clock stands."""
    return gettext("paused")


def due_words(
    due_at: datetime,
    *,
    now: datetime | None = None,
    ended_at: datetime | None = None,
    paused: bool = False,
    working_days: int | None = None,
    warns_at: datetime | None = None,
) -> Due:
    """Return what to say about the deadline `due_at` (aware datetimes).

    `ended_at` is when the work ended: the words then stay as they were at that moment. `working_days`
    is the number of whole working days left, known to the caller's calendar; within a week it takes the
    place of hours and days. `warns_at` is when the tone turns; where nobody says, that is a day before the deadline.
    """
    if ended_at is not None:
        return _finished_words(due_at, ended_at)
    if paused:
        return Due(paused_words(), "paused")
    present = now or timezone.now()
    left = due_at - present
    if left < timedelta(0):
        return Due(gettext("%(span)s over") % {"span": span_words(-left)}, "overdue")
    return _open_words(left, due_at, working_days, soon=present >= (warns_at or due_at - SOON))

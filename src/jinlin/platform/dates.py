"""The present moment and the present day of the place, in one home so that tests and rules agree."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")
_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """Return the present moment in UTC."""
    return _told.get() or datetime.now(UTC)


def today() -> date:
    """Return the present day where the people are."""
    return local_day(now())


@contextmanager
def told_at(moment: datetime) -> Iterator[None]:
    """Let everything in the block happen at `moment`: what is entered later than it happened, and demo histories."""
    before = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(before)


def local_day(moment: datetime) -> date:
    """Return the day of `moment` where the people are."""
    return moment.astimezone(LOCAL).date()

"""The present moment and the present day of the place, in one home so that tests and rules agree."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the present day where the people are."""
    return datetime.now(LOCAL).date()


def local_day(moment: datetime) -> date:
    """Return the day of `moment` where the people are."""
    return moment.astimezone(LOCAL).date()

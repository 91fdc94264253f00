"""A clock that stands still until the test moves it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

SHANGHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 5, 8, 9, 0, tzinfo=SHANGHAI)
"""A Friday morning within working hours; the day after is a make-up working day for the May holiday."""


class Clock:
    """Moves the frozen time of a test; times are Shanghai's unless they carry a zone."""

    def __init__(self, traveller: time_machine.Traveller):
        self._traveller = traveller

    @property
    def now(self) -> datetime:
        """The moment at which the clock stands."""
        return datetime.now(SHANGHAI)

    def move_to(self, moment: str | datetime) -> datetime:
        """Set the clock to a moment, such as "2026-05-11 14:30", and return it."""
        moment = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
        moment = moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
        self._traveller.move_to(moment, tick=False)
        return moment

    def forward(self, **amount: float) -> datetime:
        """Move on by days, hours or minutes and return the new moment."""
        return self.move_to(self.now + timedelta(**amount))


@pytest.fixture
def clock() -> Iterator[Clock]:
    """Freeze the time at a Friday morning, 8 May 2026, 9:00 in Shanghai."""
    with time_machine.travel(START, tick=False) as traveller:
        yield Clock(traveller)

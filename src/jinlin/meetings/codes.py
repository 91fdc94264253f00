"""The code on the room's screen by which people sign in: it changes every minute and is of no use outside the room."""

import hmac
from datetime import datetime

from jinlin.meetings.models import Meeting
from jinlin.platform.crypto import keyed_hash
from jinlin.platform.dates import now

LASTS_SECONDS = 60
STILL_TAKEN = 2
"""How many codes before the newest are still taken, for those who walk from the screen to their chair."""
LENGTH = 12


def _code(meeting: Meeting, slot: int) -> str:
    return keyed_hash("meeting-sign-in", f"{meeting.pk}\0{slot}")[:LENGTH]


def _slot(moment: datetime) -> int:
    return int(moment.timestamp()) // LASTS_SECONDS


def code_now(meeting: Meeting) -> str:
    """Return the code that the screen shows now."""
    return _code(meeting, _slot(now()))


def is_current(meeting: Meeting, code: str) -> bool:
    """Say whether a code is, or was just now, on the screen of this meeting."""
    slot = _slot(now())
    return any(hmac.compare_digest(_code(meeting, slot - back), code) for back in range(STILL_TAKEN + 1))

"""How long ago something was entered on a device whose own clock may be wrong by any amount.

The device says when it was entered and when it is sent, both by its clock: the difference is right however wrong the clock is,
as long as it was wrong by the same at both times. A difference that cannot be is known as such.
"""

from datetime import timedelta

LONGEST = timedelta(days=90)
"""How long a device may have been without a network; as long as repeats of a send are known."""
STEPPED_BACK = timedelta(minutes=5)
"""By how much a clock may have been set back between the two, as devices do by themselves."""


def age(entered_ms: int, sent_ms: int) -> timedelta | None:
    """Return how long before it was sent something was entered; None where the device's clock was set meanwhile.

    `entered_ms` and `sent_ms` are milliseconds of the device's clock.
    """
    passed_ms = sent_ms - entered_ms
    if not -STEPPED_BACK / _MS <= passed_ms <= LONGEST / _MS:
        return None
    return timedelta(milliseconds=max(passed_ms, 0))


_MS = timedelta(milliseconds=1)

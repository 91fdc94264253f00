"""The times of a posting within a week: as words for people, and read back from what they write into spreadsheets."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

from django.conf import settings
from django.utils import dates
from django.utils.translation import gettext as _
from django.utils.translation import override

from jinlin.platform.wording import in_a_row

Window = tuple[int, int, int]
"""A weekday (0–6), the first hour, and the hour at which it ends."""
WEEKDAYS = [(str(number), name) for number, name in dates.WEEKDAYS.items()]
ANY_TIME = frozenset({"随时", "不限", "不限时间", "any time", "any"})
_HOUR = r"(\d{1,2})(?::00|点|时)?"
_WINDOW = re.compile(rf"([^\W\d_]+)\s*{_HOUR}\s*[-–—~至到]\s*{_HOUR}")
_BETWEEN = re.compile(r"[\s,;、.和]*")


def times_of(windows: Iterable[Sequence[int]]) -> str:
    """Return the times of a posting in a line; empty for any time."""
    return in_a_row(
        _("%(day)s %(first)s:00–%(end)s:00") % {"day": WEEKDAYS[day][1], "first": first, "end": end}
        for day, first, end in windows
    )


def windows_of(text: str) -> list[Window]:
    """Return the times that a text such as `周六9-12，周日14:00-17:00` means; none for any time.

    Raises:
        ValueError: with words for whoever wrote it.
    """
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if plain in ANY_TIME:
        return []
    found = [_window(*match.groups()) for match in _WINDOW.finditer(plain)]
    if not found or None in found or not _BETWEEN.fullmatch(_WINDOW.sub("", plain)):
        raise ValueError(
            _("“%(text)s” is no time; write 周六9-12，周日14-17, or 随时 for any time.") % {"text": text[:40]}
        )
    return [window for window in found if window is not None]


def _window(day: str, first: str, end: str) -> Window | None:
    number = _weekdays().get(day)
    return None if number is None else (number, int(first), int(end))


@cache
def _weekdays() -> dict[str, int]:
    """Return {name: weekday} in every language of the platform, and as people write them for short."""
    known = {f"{word}{day}": number for word in ("周", "星期", "礼拜") for number, day in enumerate("一二三四五六日")}
    known |= {f"{word}天": 6 for word in ("周", "星期", "礼拜")}
    for code, _name in settings.LANGUAGES:
        with override(code):
            known |= {str(name).lower(): number for number, name in dates.WEEKDAYS.items()}
    return known

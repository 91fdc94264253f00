"""What the text of a cell means: days, moments, numbers, codes and yes or no, in the ways people write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from jinlin.platform.dates import LOCAL

SERIAL_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001  a serial number has no time zone
SERIALS = range(20_000, 80_000)
"""Serial numbers of days from 1954 to 2119; other numbers are no dates."""

_DAY = r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})日?"
_TIME = r"(?:\s*(?:T|\s)?\s*(?P<hour>\d{1,2})[:时](?P<minute>\d{1,2})分?(?::?(?P<second>\d{1,2})(?:\.\d+)?秒?)?)?"
_ZONE = r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?"
_MOMENT = re.compile(_DAY + _TIME + _ZONE, re.IGNORECASE)
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_CODE = re.compile(r"\d+", re.ASCII)

YES = frozenset({"1", "true", "yes", "y", "是", "有", "√", "对"})
NO = frozenset({"", "0", "false", "no", "n", "否", "无", "×"})


class Unreadable(ValueError):
    """The text does not mean what its column should hold; the message says so to the reader."""


def plain(text: str) -> str:
    """Return the text with full-width digits, letters and signs as plain ones, for numbers and dates only."""
    return unicodedata.normalize("NFKC", text).strip()


def as_moment(text: str) -> datetime:
    """Return the moment in UTC that a text or a spreadsheet's serial number means; without a zone it is local time.

    Raises:
        Unreadable.
    """
    words = plain(text)
    if _SERIAL.fullmatch(words) and int(float(words)) in SERIALS:
        moment = SERIAL_DAY_ZERO + timedelta(seconds=round(float(words) * 86_400))
        return moment.replace(tzinfo=LOCAL).astimezone(UTC)
    found = _MOMENT.fullmatch(words) or _COMPACT.fullmatch(words)
    if not found:
        raise Unreadable(_("“%(text)s” is no date; write it as 2026-05-06 or 2026-05-06 14:30.") % {"text": text[:40]})
    return _moment_of(found.groupdict(), text)


def _moment_of(parts: dict[str, str | None], text: str) -> datetime:
    numbers = {name: int(parts.get(name) or 0) for name in ("year", "month", "day", "hour", "minute", "second")}
    try:
        moment = datetime(**numbers, tzinfo=LOCAL)
    except ValueError as error:
        raise Unreadable(_("There is no such day or time as “%(text)s”.") % {"text": text[:40]}) from error
    zone = (parts.get("zone") or "").upper()
    if not zone:
        return moment.astimezone(UTC)
    offset = timedelta() if zone == "Z" else timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return moment.replace(tzinfo=UTC) - (-offset if zone.startswith("-") else offset)


def as_day(text: str) -> date:
    """Return the day that a text or a spreadsheet's serial number means.

    Raises:
        Unreadable.
    """
    return as_moment(text).astimezone(LOCAL).date()


def as_decimal(text: str) -> Decimal:
    """Return the number, thousands separators and units such as ㎡ taken away.

    Raises:
        Unreadable.
    """
    words = re.sub(r"(?<=\d)[,，](?=\d{3})|\s|m2|平方米|平米|米|元|层|楼|°", "", plain(text))
    try:
        number = Decimal(words)
    except InvalidOperation as error:
        raise Unreadable(_("“%(text)s” is no number.") % {"text": text[:40]}) from error
    if not number.is_finite():
        raise Unreadable(_("“%(text)s” is no number.") % {"text": text[:40]})
    return number


def as_whole(text: str) -> int:
    """Return the whole number.

    Raises:
        Unreadable.
    """
    number = as_decimal(text)
    if number != number.to_integral_value():
        raise Unreadable(_("“%(text)s” is no whole number.") % {"text": text[:40]})
    return int(number)


def as_code(text: str) -> str:
    """Return the digits of a code as they were written, leading zeros included.

    Raises:
        Unreadable: for anything but digits, also for what a spreadsheet program has turned into 4.30202E+11.
    """
    words = plain(text).lstrip("'").replace(" ", "")
    if re.fullmatch(r"\d(\.\d+)?E\+\d+", words, re.IGNORECASE):
        raise Unreadable(
            _("The spreadsheet program has shortened the code to “%(text)s”; set the column's format to text.")
            % {"text": text[:40]}
        )
    if not _CODE.fullmatch(words):
        raise Unreadable(_("“%(text)s” is no code; only the digits 0 to 9 may stand here.") % {"text": text[:40]})
    return words


def as_yes_no(text: str) -> bool:
    """Return whether the text says yes (是, 1, true …); an empty one says no.

    Raises:
        Unreadable.
    """
    words = plain(text).casefold()
    if words in YES:
        return True
    if words in NO:
        return False
    raise Unreadable(_("“%(text)s” is neither yes nor no.") % {"text": text[:40]})

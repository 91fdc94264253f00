"""Telephone numbers: one written form, a blind index for look-up, and a masked form for lists."""

import re

from django.utils.translation import gettext as _

from jinlin.platform.crypto import keyed_hash
from jinlin.platform.errors import Invalid

MOBILE = re.compile(r"1[3-9]\d{9}")
LAND_LINE = re.compile(r"0\d{2,3}\d{7,8}")


def clean_phone(text: str) -> str:
    """Return a mainland number as digits: 11 of a mobile, or area code and number of a land line.

    Raises:
        Invalid: for anything else.
    """
    digits = re.sub(r"[\s\-()（）]", "", text).removeprefix("+86").removeprefix("0086")
    if MOBILE.fullmatch(digits) or LAND_LINE.fullmatch(digits):
        return digits
    why = _("This is not a telephone number: 11 digits of a mobile, or area code and number.")
    raise Invalid(fields={"phone": why})


def clean_mobile(text: str) -> str:
    """Return a mainland mobile number as 11 digits; only such a number receives a code.

    Raises:
        Invalid: for anything else.
    """
    digits = text and clean_phone(text)
    if not MOBILE.fullmatch(digits):
        raise Invalid(fields={"phone": _("A code can only be sent to a mobile number of 11 digits.")})
    return digits


def phone_index(digits: str) -> str:
    """Return the blind index of a cleaned number; empty for none."""
    return keyed_hash("phone", digits) if digits else ""


def masked_phone(digits: str) -> str:
    """Return the number with its middle hidden, as lists show it."""
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 7 else ""


def masked_name(name: str) -> str:
    """Return the family name with the rest hidden, as lists show it."""
    return name[:1] + "*" * min(len(name) - 1, 2) if name else ""

"""What may be raised at all: words, titles, points."""

import unicodedata

from django.utils.translation import gettext_lazy as _
from shapely.geometry import Point

from jinlin.algorithms.chinese_text import find_personal
from jinlin.platform.errors import Invalid
from jinlin.platform.wording import in_a_row
from jinlin.territory.queries import district_boundary

LONGEST_TEXT = 5_000
LONGEST_TITLE = 60
MOST_PHOTOS = 9
LONGEST_OWN_TITLE = 30
SHORTEST_CLAUSE = 5
CLAUSE_ENDS = "，。；：！？、,;.!?"
_REFUSED = {"Cc", "Cs", "Co"}
"""Unicode categories that no request needs: control, surrogate, private use."""


def clean_words(text: str, *, longest: int, field: str, needed: bool = True) -> str:
    """Return `text` in NFC without control characters and outer space; any script and emoji are welcome.

    Raises:
        Invalid: when it is empty though needed, or longer than `longest` characters.
    """
    kept = "".join(
        c for c in unicodedata.normalize("NFC", text) if c in "\n\t" or unicodedata.category(c) not in _REFUSED
    )
    kept = kept.strip()
    if needed and all(unicodedata.category(c)[0] in "CZ" for c in kept):
        raise Invalid(fields={field: _("Please say what happened; a few words are enough.")})
    if len(kept) > longest:
        too_long = _("This is %(length)s characters long; at most %(most)s fit. Please shorten it or attach photos.")
        raise Invalid(fields={field: too_long % {"length": len(kept), "most": longest}})
    return kept


def title_of(text: str) -> str:
    """Return a title for words without one: the first line, cut where a clause ends and after 30 characters at the latest."""
    line = text.split("\n")[0]
    if len(line) <= LONGEST_OWN_TITLE:
        return line
    start = line[:LONGEST_OWN_TITLE]
    end = max(start.rfind(mark) for mark in CLAUSE_ENDS)
    return start[:end] if end >= SHORTEST_CLAUSE else start


def names_nobody(text: str) -> None:
    """Refuse a note in which somebody can be recognised (M058).

    Raises:
        Invalid: with what was found.
    """
    found = [text[finding.start : finding.end] for finding in find_personal(text)]
    if found:
        why = _("Please write it without naming anybody: %(found)s. What people think counts, not who said it.")
        raise Invalid(fields={"text": why % {"found": in_a_row(found)}})


def lies_in_district(longitude: float, latitude: float) -> bool:
    """Say whether a point (WGS 84) lies in the district, as far as its boundary is known."""
    boundary = district_boundary()
    return boundary is None or bool(boundary.covers(Point(longitude, latitude)))

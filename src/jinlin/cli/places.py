"""Which district a command works in."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError

from jinlin.cli.speech import refuse
from jinlin.region.districts import every_district, in_district
from jinlin.region.models import District


@contextmanager
def in_the_district(code: str = "") -> Iterator[District]:
    """Work in the district of `code`, or in the only one; ends with a clear sentence where that is not clear."""
    known = _districts()
    found = [district for district in known if code in {"", district.code}]
    if len(found) != 1:
        names = ", ".join(f"{district.code} {district.name}" for district in known) or "none yet"
        refuse(f"Say which district with --district CODE. Known: {names}. A demo place is made by `jinlin demo`.")
    with in_district(found[0]):
        yield found[0]


def _districts() -> list[District]:
    try:
        return every_district()
    except DatabaseError as error:
        refuse(f"The database cannot be used ({error}). Run `jinlin prepare`, or name another one in DATABASE_URL.")

"""What is public at one place: notices and records in one row of time, and counts for anybody to reckon with."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from jinlin.disclosure.models import Disclosure, PublicNotice
from jinlin.disclosure.queries.notices import archived, posted
from jinlin.disclosure.queries.records import Wanted, records
from jinlin.disclosure.states import WORDS_SHOWN
from jinlin.platform.dates import local_day
from jinlin.platform.errors import Words
from jinlin.territory.models import Place

LEAST_SHOWN = 5
"""Counts of fewer are not told: among so few, people know each other."""
HIDDEN = "<5"


@dataclass(frozen=True)
class Entry:
    """Something that became public: its address at this site, what it says, and when that was last changed."""

    path: str
    title: str
    text: str
    changed_at: datetime


def public_place(code: str) -> Place | None:
    """Return a place of today by its code."""
    return Place.objects.filter(code=code, valid_to__isnull=True).first()


def entries(place_code: str, most: int) -> list[Entry]:
    """Return what became public at a place last, the newest first; what was taken down is not among it."""
    notices = (posted(place_code) | archived(place_code)).filter(state__in=sorted(WORDS_SHOWN))
    found = [_of_notice(row) for row in notices.order_by("-posted_at").prefetch_related("editions")[:most]]
    found += [_of_record(row) for row in records(Wanted(place=place_code)).order_by("-published_at")[:most]]
    return sorted(found, key=lambda entry: entry.changed_at, reverse=True)[:most]


def _of_notice(notice: PublicNotice) -> Entry:
    edition = next(row for row in notice.editions.all() if row.number == notice.edition)
    changed = notice.ended_at or edition.posted_at or notice.made_at
    return Entry(f"/public/notices/{notice.number}/", edition.title, edition.text, changed)


def _of_record(record: Disclosure) -> Entry:
    return Entry(f"/public/{record.number}", record.title, record.text, record.published_at)


@dataclass(frozen=True)
class Column:
    """A column of an open table: its name, what it means, its type, and its unit where it has one."""

    name: str
    meaning: Words
    kind: str = "string"
    unit: Words = ""


NOTICE_COLUMNS: Sequence[Column] = (
    Column("number", _("number of the notice; its address is /public/notices/NUMBER/")),
    Column("kind", _("kind of notice, as the work method of the place has it")),
    Column("title", _("title; empty where it was taken down early")),
    Column("place", _("place code; the first six digits are the district")),
    Column("estate", _("estate; empty for the whole place")),
    Column("body", _("body that posts it")),
    Column("state", _("posted, ended, upheld (an objection was), taken_down")),
    Column("version", _("how many versions were posted"), "integer", _("versions")),
    Column("posted", _("day on which the last version was posted"), "date"),
    Column("last_day", _("last day of the period"), "date"),
)
COUNT_COLUMNS: Sequence[Column] = (
    Column("category", _("top category of what was raised; empty where it has none")),
    Column("state", _("how the matter stands")),
    Column("requests", _("public records of requests; fewer than five are written as <5"), "integer", _("records")),
)


def notice_table(place_code: str) -> Iterator[Sequence[object]]:
    """Yield the notices of a place in the order of `NOTICE_COLUMNS`."""
    rows = (posted(place_code) | archived(place_code)).order_by("posted_at", "pk")
    for row in rows:
        yield (
            row.number,
            row.kind,
            row.title if row.state in WORDS_SHOWN else "",
            row.place_code,
            row.zone.name if row.zone else "",
            row.body.name,
            row.state,
            row.edition,
            local_day(row.posted_at) if row.posted_at else "",
            row.last_day or "",
        )


def count_table(place_code: str) -> Iterator[Sequence[object]]:
    """Yield how many public records a place has by top category and state, in the order of `COUNT_COLUMNS`."""
    pairs = records(Wanted(place=place_code)).values_list("category", "state")
    counts = Counter((category[:2], state) for category, state in pairs.iterator())
    for (category, state), count in sorted(counts.items()):
        yield category, state, count if count >= LEAST_SHOWN else HIDDEN

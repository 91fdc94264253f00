"""Reads of conventions that more than one screen needs: what is in force, what changed, which vote decides."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from jinlin.algorithms.clauses import Compared, compare_clauses
from jinlin.conventions.models import Convention, Edition
from jinlin.conventions.states import PUBLIC, UNFINISHED
from jinlin.people.models import Household
from jinlin.platform.dates import today
from jinlin.platform.works import Purpose, Work, works_for
from jinlin.territory.models import Place


def subject_of(edition: Edition) -> str:
    """Return by which name others know a version: a vote on it, say."""
    return f"convention:{edition.pk}"


def in_force(convention: Convention) -> Edition | None:
    """Return the version in force today: of those whose day has come, the one with the latest day."""
    rows = convention.editions.filter(in_force_from__lte=today()).order_by("-in_force_from", "-number")
    return rows.prefetch_related("clauses").first()


def to_come(convention: Convention) -> Edition | None:
    """Return the version that is adopted and whose day is still ahead."""
    return convention.editions.filter(in_force_from__gt=today()).order_by("in_force_from", "number").first()


def under_way(convention: Convention) -> Edition | None:
    """Return the version that is drafted, commented on or voted on."""
    return convention.editions.filter(state__in=sorted(UNFINISHED)).first()


def shown_of(convention: Convention) -> QuerySet[Edition]:
    """Return the versions that everybody reads, the newest first."""
    return convention.editions.filter(state__in=sorted(PUBLIC)).order_by("-number")


def before(edition: Edition) -> Edition | None:
    """Return the version that this one is compared with: the adopted one before it."""
    earlier = edition.convention.editions.filter(number__lt=edition.number, adopted_at__isnull=False)
    return earlier.prefetch_related("clauses").order_by("-number").first()


def side_by_side(edition: Edition) -> list[dict[str, Any]]:
    """Return the clauses of a version with what changed in each since the adopted one before it."""
    old = before(edition)
    new_texts = {clause.key: clause.text for clause in edition.clauses.all()}
    old_texts = {clause.key: clause.text for clause in old.clauses.all()} if old else {}
    numbers = {key: number for number, key in enumerate(new_texts, start=1)}
    compared: list[Compared] = compare_clauses(old_texts, new_texts) if old else []
    if not old:
        return [{"number": numbers[key], "key": key, "text": text, "was": ""} for key, text in new_texts.items()]
    return [
        {
            "number": numbers.get(row.key),
            "key": row.key,
            "text": new_texts.get(row.key, ""),
            "was": old_texts.get(row.key, ""),
            "change": row.change.value if row.change else "changed",
            "pieces": row.pieces,
        }
        for row in compared
    ]


def took_note(edition: Edition) -> tuple[int, int]:
    """Return how many households have taken note of a version, and how many there are in the estate."""
    homes = Place.objects.filter(estate_id=edition.convention.zone_id, level=22).values("code")
    households = Household.objects.filter(home_code__in=homes, valid_to__isnull=True).count()
    return edition.acknowledgements.count(), households


def deciding_works(edition: Edition, *, begun: bool = False) -> list[Work]:
    """Return the votes held for a version since it was put to the vote: those that ended, or with `begun` all of them."""
    works = [work for work in works_for(subject_of(edition)) if work.purpose == Purpose.DECIDE]
    since = [work for work in works if edition.put_at is not None and work.begun_at >= edition.put_at]
    return works if begun else [work for work in since if work.outcome is not None]


def clause_texts(edition: Edition) -> Mapping[int, str]:
    """Return {key: text} of a version's clauses, in order."""
    return {clause.key: clause.text for clause in edition.clauses.all()}

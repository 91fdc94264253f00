"""Public records by what a reader looks for; each read starts from what is shown now."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from jinlin.algorithms.place_codes import Level, prefix_range
from jinlin.disclosure.models import DisclosedPhoto, Disclosure
from jinlin.disclosure.states import FINISHED
from jinlin.platform.dates import LOCAL
from jinlin.platform.remembering import remembered
from jinlin.platform.search import matching
from jinlin.territory.models import Place

CHOICES_LAST = 60


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for; empty parts narrow nothing. `finished` is True, False or None."""

    words: str = ""
    place: str = ""
    category: str = ""
    finished: bool | None = None
    first_day: date | None = None
    last_day: date | None = None


def shown_now() -> QuerySet[Disclosure]:
    """Return the current versions of all public records."""
    return Disclosure.objects.filter(current=True)


def records(wanted: Wanted) -> QuerySet[Disclosure]:
    """Return the public records that fit."""
    rows = matching(shown_now(), wanted.words)
    if wanted.place:
        low, high = prefix_range(wanted.place)
        rows = rows.filter(place_code__gte=low, place_code__lt=high)
    if wanted.category:
        rows = rows.filter(category__startswith=wanted.category)
    if wanted.finished is not None:
        rows = rows.filter(state__in=FINISHED) if wanted.finished else rows.exclude(state__in=FINISHED)
    return _in_period(rows, wanted.first_day, wanted.last_day)


def _in_period(rows: QuerySet[Disclosure], first: date | None, last: date | None) -> QuerySet[Disclosure]:
    if first:
        rows = rows.filter(happened_at__gte=_midnight(first))
    if last:
        rows = rows.filter(happened_at__lt=_midnight(last + timedelta(days=1)))
    return rows


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LOCAL)


def record(number: str) -> Disclosure | None:
    """Return the public record of a number as it is shown now, with its photos."""
    return shown_now().filter(number=number).prefetch_related("photos__file").first()


def was_public(number: str) -> bool:
    """Say whether a record of this number was public once and was taken down."""
    return Disclosure.objects.filter(number=number).exclude(withdrawn_reason="").exists()


def public_photo(photo_id: int) -> DisclosedPhoto | None:
    """Return a photo of a record that is public now."""
    return DisclosedPhoto.objects.filter(pk=photo_id, disclosure__current=True).select_related("file").first()


def category_choices() -> list[tuple[str, str]]:
    """Return (code, name) of the categories that public records have, by code; remembered for a minute."""
    return remembered("public-categories", CHOICES_LAST, _category_choices)


def _category_choices() -> list[tuple[str, str]]:
    pairs = shown_now().exclude(category_name="").values_list("category", "category_name")
    return sorted(dict(pairs.order_by().distinct()).items())


def place_choices() -> list[tuple[str, str]]:
    """Return (code, name) of the places to choose from: subdistricts and communities, or the buildings of the only one."""
    return remembered("public-places", CHOICES_LAST, _place_choices)


def _place_choices() -> list[tuple[str, str]]:
    places = Place.objects.filter(valid_to__isnull=True).order_by("code")
    wide = list(places.filter(level__in=[Level.SUBDISTRICT, Level.COMMUNITY]).values_list("code", "name"))
    if sum(len(code) == Level.COMMUNITY for code, _name in wide) != 1:
        return wide
    return list(places.filter(level=Level.BUILDING).values_list("code", "address"))

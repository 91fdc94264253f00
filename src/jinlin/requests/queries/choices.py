"""What forms of requests offer to choose from, and how it is called; remembered for a minute."""

from collections.abc import Iterable

from django.utils.translation import get_language

from jinlin.algorithms.place_codes import Level
from jinlin.organisations.models import Body
from jinlin.platform.remembering import remembered
from jinlin.requests.models import Category, StandardText
from jinlin.territory.models import Place, Zone

CATEGORIES = "categories"
STANDARD_TEXTS = "standard-texts"
CHOICES_LAST = 60


def categories() -> dict[str, str]:
    """Return {code: name in the language of the page} of the categories in use, by code; remembered for a minute."""
    return _named(row for row in _all_categories() if row.active)


def category_names() -> dict[str, str]:
    """Return {code: name} as `categories` does, with those that are closed: a request keeps the one that it has."""
    return _named(_all_categories())


def _named(rows: Iterable[Category]) -> dict[str, str]:
    english = (get_language() or "").startswith("en")
    return {row.code: row.name_en if english else row.name for row in rows}


def _all_categories() -> list[Category]:
    rows = Category.objects.order_by("code").only("code", "name", "name_en", "active")
    return remembered(CATEGORIES, CHOICES_LAST, lambda: list(rows))


def body_choices() -> list[tuple[int, str]]:
    """Return (id, name) of the active bodies; remembered for a minute."""
    return remembered("bodies", CHOICES_LAST, _body_choices)


def _body_choices() -> list[tuple[int, str]]:
    return list(Body.objects.filter(active=True).order_by("place_code", "name").values_list("pk", "name"))


def zone_choices() -> list[tuple[int, str]]:
    """Return (id, name) of the estates and grids; remembered for a minute."""
    return remembered("zones", CHOICES_LAST, _zone_choices)


def _zone_choices() -> list[tuple[int, str]]:
    zones = Zone.objects.filter(kind__in=[Zone.Kind.ESTATE, Zone.Kind.GRID], valid_to__isnull=True)
    return list(zones.order_by("kind", "label").values_list("pk", "name"))


def place_choices() -> list[tuple[str, str]]:
    """Return (code, name) of the subdistricts and communities, and the buildings of an only one; remembered for a minute."""
    return remembered("places", CHOICES_LAST, _place_choices)


def _place_choices() -> list[tuple[str, str]]:
    places = Place.objects.filter(valid_to__isnull=True).order_by("code")
    wide = list(places.filter(level__in=[Level.SUBDISTRICT, Level.COMMUNITY]).values_list("code", "name"))
    if sum(len(code) == Level.COMMUNITY for code, _name in wide) != 1:
        return wide
    return [*wide, *places.filter(level=Level.BUILDING).values_list("code", "address")]


def standard_texts(verb: str) -> list[StandardText]:
    """Return the ready answers for a step; remembered for a minute."""
    texts = StandardText.objects.filter(verb=verb).order_by("pk")
    return remembered(f"{STANDARD_TEXTS}:{verb}", CHOICES_LAST, lambda: list(texts))

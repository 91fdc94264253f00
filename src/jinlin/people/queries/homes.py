"""Homes: which one a door is, where somebody lives, and with whom."""

import unicodedata
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from jinlin.algorithms.place_codes import Level
from jinlin.people.models import Person, Residence
from jinlin.territory.models import Place
from jinlin.territory.queries import below, existing_place

SHORTEST_NAME = 2
"""Characters of a name; fewer would be found in half of all words."""


def addresses_of(codes: Iterable[str]) -> dict[str, str]:
    """Return the address of each place that is known, by code."""
    return dict(Place.objects.filter(code__in=set(codes)).values_list("code", "address"))


def living_place(home_code: str) -> Place | None:
    """Return the home of this code that still exists, or None; other levels are no homes."""
    place = existing_place(home_code)
    return place if place is not None and place.level == Level.HOME else None


def home_behind(place_code: str, door: str) -> str:
    """Return the code of the home with this number in an entrance or building; empty where there is none, or several."""
    number = unicodedata.normalize("NFKC", door).strip().rstrip("室号户房")
    if not place_code or not number:
        return ""
    homes = below(place_code).filter(
        level=Level.HOME, valid_to__isnull=True, name__in=[number, f"{number}室", f"{number}号"]
    )
    codes = list(homes.values_list("code", flat=True)[:2])
    return codes[0] if len(codes) == 1 else ""


def current_residences(person: Person | int) -> QuerySet[Residence]:
    """Return where the person lives now, the household with each."""
    rows = Residence.objects.filter(person=person, valid_to__isnull=True, household__valid_to__isnull=True)
    rows = rows.exclude(role=Residence.Role.LANDLORD)
    return rows.select_related("household").order_by("household__home_code")


def homes_of(person: Person | int) -> list[Place]:
    """Return the homes that the person lives in now."""
    codes = current_residences(person).values("household__home_code")
    return list(Place.objects.filter(code__in=codes))


def names_at_home(person: Person | int) -> list[str]:
    """Return the full names of a person and of those who live with them, the longest first."""
    households = current_residences(person).values("household")
    together = Residence.objects.filter(household__in=households, valid_to__isnull=True).values("person")
    found = Person.objects.filter(Q(pk__in=together) | Q(pk=getattr(person, "pk", person)))
    return sorted({one.name for one in found if len(one.name) >= SHORTEST_NAME}, key=lambda name: (-len(name), name))

"""Reads of persons, households and what one's own page shows."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Left

from jinlin.algorithms.place_codes import Level, prefix_range
from jinlin.people import rules
from jinlin.people.models import Account, Household, HouseholdCard, Person, Residence
from jinlin.people.phones import MOBILE, phone_index
from jinlin.platform.access import Actor
from jinlin.platform.dates import now
from jinlin.platform.models import Notice
from jinlin.platform.remembering import remembered
from jinlin.platform.search import matching
from jinlin.territory.models import Place
from jinlin.territory.queries import below, existing_place

ROLL_PAGE = 50
BATCH = 1_000
SHORTEST_NAME = 2
"""Characters of a name; fewer would be found in half of all words."""
MOST_UNREAD = 99
UNREAD_SECONDS = 20


@dataclass(frozen=True)
class Home:
    """A home on the roll, with who lives there and the card that waits to be used."""

    place: Place
    residences: list[Residence] = field(default_factory=list)
    card: HouseholdCard | None = None


def account_by_phone(digits: str) -> Account | None:
    """Return the account whose owner has proved this number."""
    if not digits:
        return None
    proved = Account.objects.select_related("person")
    return proved.filter(person__phone_index=phone_index(digits), person__phone_proved_at__isnull=False).first()


def known_by_phone(numbers: Iterable[str]) -> dict[tuple[str, str], Person]:
    """Return who is known by these cleaned numbers: {(number, ""): its owner} and {(number, name): who was noted by it}.

    A number that its owner has proved names them alone; of several who were noted by one name the first counts.
    """
    indexes = {phone_index(digits): digits for digits in numbers if digits}
    found: dict[tuple[str, str], Person] = {}
    for start in range(0, len(indexes), BATCH):
        batch = list(indexes)[start : start + BATCH]
        for person in Person.objects.filter(phone_index__in=batch, erased_at__isnull=True).order_by("pk"):
            digits = indexes[person.phone_index]
            found.setdefault((digits, "" if person.phone_proved_at else person.name), person)
    return found


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


def roll_page(actor: Actor, words: str = "", after: str = "") -> list[Home]:
    """Return one page of the roll by place code, and one home more where there is another page.

    `words` are an address, or a whole telephone number, which finds where its owner lives.
    """
    homes = _matching_homes(rules.homes_visible_to(actor), words)
    if after:
        homes = homes.filter(code__gt=after)
    return with_residents(list(homes.order_by("code")[: ROLL_PAGE + 1]))


def _matching_homes(homes: QuerySet[Place], words: str) -> QuerySet[Place]:
    if not MOBILE.fullmatch(words.strip()):
        return matching(homes, words)
    owners = Residence.objects.filter(person__phone_index=phone_index(words.strip()), valid_to__isnull=True)
    return homes.filter(code__in=owners.values("household__home_code"))


def with_residents(places: list[Place]) -> list[Home]:
    """Return the homes with those who live there and their open cards, in three statements for any number of them."""
    households = Household.objects.filter(home_code__in=[place.code for place in places], valid_to__isnull=True)
    codes = dict(households.values_list("pk", "home_code"))
    homes = {place.code: Home(place) for place in places}
    lived = Residence.objects.filter(household_id__in=codes, valid_to__isnull=True).select_related("person")
    for residence in lived.order_by("pk"):
        homes[codes[residence.household_id]].residences.append(residence)
    cards = HouseholdCard.objects.filter(household_id__in=codes, uses_left__gt=0, expires_at__gt=now())
    waiting = {codes[card.household_id]: card for card in cards}
    return [Home(home.place, home.residences, waiting.get(code)) for code, home in homes.items()]


def households_by_building(place_code: str) -> dict[str, int]:
    """Return {building: households there today} for a place, where there is any."""
    low, high = prefix_range(place_code)
    rows = Household.objects.filter(home_code__gte=low, home_code__lt=high, valid_to__isnull=True)
    counted = rows.annotate(building=Left("home_code", int(Level.BUILDING))).values("building").annotate(n=Count("pk"))
    return {row["building"]: row["n"] for row in counted.order_by()}


def members_of_household(household: Household) -> list[int]:
    """Return the persons who belong to a household today; a landlord does not."""
    there = household.residences.filter(valid_to__isnull=True).exclude(role=Residence.Role.LANDLORD)
    return list(there.values_list("person_id", flat=True))


def notices_of(person_id: int) -> QuerySet[Notice]:
    """Return the notices to a person."""
    return Notice.objects.filter(person_id=person_id)


def unread_in_header(person_id: int) -> int:
    """Return the number of new notices as page headers show it: up to twenty seconds old, and nearly free."""
    return remembered(f"unread:{person_id}", UNREAD_SECONDS, lambda: unread_count(person_id))


def unread_count(person_id: int) -> int:
    """Return how many notices the person has not seen, counting no further than 99."""
    return notices_of(person_id).filter(seen_at__isnull=True)[:MOST_UNREAD].count()

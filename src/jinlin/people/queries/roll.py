"""The roll: homes with who lives there, page by page."""

from dataclasses import dataclass, field

from jinlin.people import rules
from jinlin.people.models import Household, HouseholdCard, Residence
from jinlin.platform.access import Actor
from jinlin.platform.dates import now
from jinlin.platform.search import matching
from jinlin.territory.models import Place

ROLL_PAGE = 50


@dataclass(frozen=True)
class Home:
    """A home on the roll, with who lives there and the card that waits to be used."""

    place: Place
    residences: list[Residence] = field(default_factory=list)
    card: HouseholdCard | None = None


def roll_page(actor: Actor, words: str = "", after: str = "") -> list[Home]:
    """Return one page of the roll by place code, and one home more where there is another page.

    `words` are a part of an address. Who lives where a telephone number belongs is a look that leaves a line:
    `actions.find_by_phone`.
    """
    homes = matching(rules.homes_visible_to(actor), words)
    if after:
        homes = homes.filter(code__gt=after)
    return with_residents(list(homes.order_by("code")[: ROLL_PAGE + 1]))


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

"""Households: the one of a home today, its people, its contact, and how many there are."""

from django.db.models import Count
from django.db.models.functions import Left

from jinlin.algorithms.place_codes import Level, prefix_range
from jinlin.people.models import Household, HouseholdContact, Residence
from jinlin.platform.dates import today
from jinlin.platform.errors import NotFound, Stale
from jinlin.territory.models import Place


def household_at(home_code: str) -> tuple[Household, Place]:
    """Return the household of today at a home, and the home.

    Raises:
        NotFound: where there is no such home, or nobody lives.
    """
    home = Place.objects.filter(code=home_code, valid_to__isnull=True).first()
    household = Household.objects.filter(home_code=home_code, valid_to__isnull=True).first()
    if home is None or household is None:
        raise NotFound
    return household, home


def locked_household_at(home_code: str) -> tuple[Household, Place]:
    """Return the household of today at a home, locked until the transaction ends, and the home.

    Raises:
        NotFound: as `household_at`.
        Stale: where it ended while somebody else had it locked.
    """
    household, home = household_at(home_code)
    locked = Household.objects.select_for_update().get(pk=household.pk)
    if locked.valid_to is not None:
        raise Stale
    return locked, home


def running_contact(household: Household) -> HouseholdContact | None:
    """Return the contact whose consent runs today, or None."""
    return household.contacts.filter(ended_at__isnull=True, expires_on__gte=today()).first()


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

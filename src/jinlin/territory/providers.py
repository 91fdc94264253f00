"""What other apps tell the places, registered at start: who lives where, what a new home brings, what hangs on a grid."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from jinlin.platform.access import Actor

OwnHomes = Callable[[Actor], Iterable[str]]
Opening = Callable[[Sequence[str], date], int]
_own_homes: list[OwnHomes] = []
_openings: list[Opening] = []


def provide_own_homes(provider: OwnHomes) -> OwnHomes:
    """Register the function that gives the codes of the homes an actor lives in; `people` does it at start."""
    _own_homes.append(provider)
    return provider


def own_homes(actor: Actor) -> set[str]:
    """Return the codes of the homes that the actor lives in."""
    if not actor.is_signed_in:
        return set()
    return {code for provider in _own_homes for code in provider(actor)}


def provide_household_opening(opening: Opening) -> Opening:
    """Register the function that opens a household in each of the homes given that has none, and returns how many.

    It runs in the transaction that makes the homes, so that both land or neither.
    """
    _openings.append(opening)
    return opening


def open_households(home_codes: Sequence[str], day: date) -> int:
    """Open a household in each home that has none; return how many were opened."""
    return sum(opening(home_codes, day) for opening in _openings)


HouseholdCounts = Callable[[str], Mapping[str, int]]
_counts: list[HouseholdCounts] = []


def provide_household_counts(counts: HouseholdCounts) -> HouseholdCounts:
    """Register the function that gives {building: households today} in a place; `people` does it at start."""
    _counts.append(counts)
    return counts


def households_in(place_code: str) -> dict[str, int]:
    """Return how many households each building of a place has today; buildings without any may be left out."""
    return dict(sum((Counter(counts(place_code)) for counts in _counts), Counter()))


@dataclass(frozen=True)
class Recut:
    """Grids cut anew on a day: the buildings that moved {building: grid}, and {grid that ended: its successor}, by id."""

    communities: tuple[str, ...]
    day: date
    moved: Mapping[str, int] = field(default_factory=dict)
    ended: Mapping[int, int] = field(default_factory=dict)


Follower = Callable[[Actor, Recut], int]
_followers: list[Follower] = []


def follow_recut(follower: Follower) -> Follower:
    """Register what moves an app's rows along when grids are cut anew; it runs in the same transaction.

    It returns how many rows moved.
    """
    _followers.append(follower)
    return follower


def tell_recut(actor: Actor, recut: Recut) -> int:
    """Let everything that hangs on grids follow; return how many rows moved."""
    return sum(follower(actor, recut) for follower in _followers)


@dataclass(frozen=True)
class Contact:
    """Somebody who is on duty for a unit and may be shown: post and body, the name where its holder agreed, the body's phone."""

    post: str
    body: str
    name: str = ""
    phone: str = ""
    office: str = ""


Contacts = Callable[[str, int | None, date], Iterable[Contact]]
_contacts: list[Contacts] = []


def provide_contacts(contacts: Contacts) -> Contacts:
    """Register the function that gives who is on duty for a place or zone on a day; `organisations` does it at start."""
    _contacts.append(contacts)
    return contacts


def contacts_for(place_code: str, zone_id: int | None, day: date) -> list[Contact]:
    """Return who is on duty for a place, or for a zone in it, on a day."""
    return [contact for contacts in _contacts for contact in contacts(place_code, zone_id, day)]

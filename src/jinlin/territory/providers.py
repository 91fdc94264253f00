"""What other apps tell the places, registered at start: who lives where, and what a new home brings with it."""

from collections.abc import Callable, Iterable, Sequence
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

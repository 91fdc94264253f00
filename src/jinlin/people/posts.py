"""Lets persons be named by the posts they hold or held, which `organisations` knows and hands over at start."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Term:
    """Somebody's time in a post at a body, over a place; `until`, the last day, is None while it runs without end.

    `with_rights` says that the post opens doors, for which its holder signs in as staff do.
    """

    person_id: int
    post: str
    body: str
    since: date
    until: date | None
    place_code: str
    with_rights: bool = False

    def includes(self, day: date) -> bool:
        """Say whether the day lies in the term."""
        return self.since <= day and (self.until is None or day <= self.until)


TermProvider = Callable[[Iterable[int]], list[Term]]
_providers: list[TermProvider] = []


def provide_terms(provider: TermProvider) -> None:
    """Register the function that gives the terms of persons; `organisations` does it at start."""
    _providers.append(provider)


def terms_of(person_ids: Iterable[int]) -> list[Term]:
    """Return the terms of the persons, running and past."""
    wanted = set(person_ids)
    return [term for provider in _providers for term in provider(wanted)] if wanted else []


AskedProvider = Callable[[Iterable[int]], set[int]]
_asked: list[AskedProvider] = []


def provide_asked(provider: AskedProvider) -> None:
    """Register the function that says which persons hold a post or were asked to; `organisations` does it at start."""
    _asked.append(provider)


def asked_among(person_ids: Iterable[int]) -> set[int]:
    """Return those of the persons who hold or held a post, or were asked to take one."""
    wanted = set(person_ids)
    return {found for provider in _asked for found in provider(wanted)} if wanted else set()

"""What waits for somebody on the first page: votes to cast, meetings to come to, whatever the apps have for them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from jinlin.platform.access import Actor
from jinlin.platform.errors import Words


@dataclass(frozen=True)
class Waiting:
    """One thing to do: what kind of thing, its words, where it is done, until when."""

    kind: Words
    title: str
    url: str
    due_at: datetime | None = None


Finder = Callable[[Actor], Iterable[Waiting]]
_finders: list[Finder] = []


def finds_waiting(finder: Finder) -> Finder:
    """Register a function that finds what its app has for somebody; it must be quick, since the first page asks it."""
    _finders.append(finder)
    return finder


def waiting_for(actor: Actor) -> list[Waiting]:
    """Return what waits for a signed-in person, the first to end first."""
    if not actor.is_signed_in:
        return []
    found = [one for finder in _finders for one in finder(actor)]
    return sorted(found, key=lambda one: (one.due_at is None, one.due_at.timestamp() if one.due_at else 0.0))

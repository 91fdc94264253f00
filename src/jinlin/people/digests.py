"""What other apps add to the daily digest of whoever holds a post."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from jinlin.platform.access import Actor


@dataclass(frozen=True)
class Line:
    """One paragraph of a digest, in the language that is active, and the page that shows all of it."""

    text: str
    link: str


LinesOf = Callable[[Actor], Iterable[Line]]
_sources: list[LinesOf] = []


def register(source: LinesOf) -> None:
    """Add an app's lines to the digest; an app registers at start."""
    _sources.append(source)


def lines_of(actor: Actor) -> list[Line]:
    """Return what the apps have for this person this morning."""
    return [line for source in _sources for line in source(actor)]

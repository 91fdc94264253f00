"""How apps that do not import each other talk: one announces after commit, others react."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction

Event = TypeVar("Event")
_reactions: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def react_to(kind: type[Event]) -> Callable[[Callable[[Event], None]], Callable[[Event], None]]:
    """Register a function that is called with every event of `kind`."""

    def register(function: Callable[[Event], None]) -> Callable[[Event], None]:
        _reactions[kind].append(function)
        return function

    return register


def announce(event: Any) -> None:
    """Tell the others once the transaction has been committed; a reaction that fails is logged and harms nobody else.

    What must not get lost when the process dies is a task, written in the same transaction instead.
    """
    for reaction in _reactions[type(event)]:
        transaction.on_commit(lambda reaction=reaction: reaction(event), robust=True)

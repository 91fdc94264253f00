"""How an app asks whether a work may begin for a matter, and how others answer without knowing it.

What has to come first, such as a branch's opinion before a vote of the owners, is the rule of whoever keeps it. An app that is
about to open a ballot, call a meeting or post a notice asks here, and refuses with the reason that it gets.
"""

from collections.abc import Callable
from dataclasses import dataclass

from jinlin.platform.rulings import YES, Ruling
from jinlin.platform.works import Purpose


@dataclass(frozen=True)
class Intent:
    """What is about to begin: a work of a purpose for the matter `subject`, which is empty where it is for none.

    `kind` is what the app that asks calls it, such as a kind of ballot; `matter` a key of the work method's kinds of matter,
    empty where that app does not know it.
    """

    subject: str
    purpose: Purpose
    kind: str = ""
    matter: str = ""


Guard = Callable[[Intent], Ruling]
_guards: list[Guard] = []


def guards(function: Guard) -> Guard:
    """Register a function that says whether something may begin, as far as its app has a say."""
    _guards.append(function)
    return function


def may_begin(intent: Intent) -> Ruling:
    """Say whether a work may begin; the first refusal counts."""
    refusals = (ruling for guard in _guards if not (ruling := guard(intent)))
    return next(refusals, YES)

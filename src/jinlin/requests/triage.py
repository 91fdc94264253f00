"""Binds the triage algorithms to this district's category tree and, once there is one, its trained model."""

from dataclasses import dataclass, field

from jinlin.algorithms.triage import UrgencyLevel, find_urgency
from jinlin.platform.remembering import remembered
from jinlin.requests.models import Category, Urgency

EMERGENCY_WORDS_LAST = 60
"""Seconds."""


@dataclass(frozen=True)
class Triage:
    """What triage says of a text: category code (empty when not sure), urgency, confidence 0–1, the words that led it."""

    category: str
    urgency: str = Urgency.ORDINARY
    confidence: float = 0.0
    words: list[str] = field(default_factory=list)
    model: str = "words"


def triage(title: str, text: str) -> Triage:
    """Return what the words of a request suggest."""
    return Triage("")


def danger_words(text: str) -> list[str]:
    """Return the words that speak of danger to life, in the order of the text; empty when there is none."""
    found = find_urgency(text)
    return list(found.words) if found.level is UrgencyLevel.DANGER else []


def emergency_words() -> list[str]:
    """Return the words of the emergency categories, for a page that looks out for them while somebody types."""
    return remembered("emergency-words", EMERGENCY_WORDS_LAST, _emergency_words)


def _emergency_words() -> list[str]:
    lists = Category.objects.filter(urgency=Urgency.EMERGENCY, active=True).values_list("keywords", flat=True)
    return sorted({word for words in lists for word in words})

"""Binds the triage algorithms to this district's category tree and, once there is one, its trained model."""

from dataclasses import dataclass, field

from jinlin.requests.models import Urgency


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

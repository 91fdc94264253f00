"""Triage after the receipt: proposes category and urgency for a person to confirm; never decides."""

from jinlin.platform.dates import now
from jinlin.requests.models import Request, Suggestion
from jinlin.requests.triage import triage


def suggest(request_id: int) -> None:
    """Write the suggestion for a request; an earlier one is replaced."""
    request = Request.objects.get(pk=request_id)
    found = triage(request.title, request.text)
    Suggestion.objects.update_or_create(
        request=request,
        defaults={
            "category": found.category,
            "urgency": found.urgency,
            "confidence": found.confidence,
            "words": found.words,
            "model": found.model,
            "made_at": now(),
        },
    )

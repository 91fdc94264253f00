"""Triage after the receipt: proposes category and urgency for a person to confirm; never decides."""

from django.db import transaction
from django.utils.translation import gettext as _

from jinlin.algorithms.triage import TriageModel, save_model
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid
from jinlin.platform.wording import in_a_row
from jinlin.region.districts import current_district
from jinlin.requests.models import Request, Suggestion
from jinlin.requests.triage import codes_of_labels, model_place, triage


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


def install_triage_model(*, actor: Actor, model: TriageModel) -> list[str]:
    """Put a trained model into the district's place, where the next suggestion finds it; return the labels of no use here.

    Raises:
        Invalid: when none of its labels is a code or a name of the district's category tree.
    """
    codes = codes_of_labels(model.labels)
    if not codes:
        raise Invalid(
            _("None of the model's labels is a category of this district: %(labels)s.")
            % {"labels": in_a_row(model.labels[:10])},
            remedy=_("Label the texts with codes or names of the district's category tree, and train again."),
        )
    place = model_place()
    with transaction.atomic():
        record_change(actor, "requests.install_triage", current_district(), labels=len(codes), rows=model.rows)
        place.parent.mkdir(parents=True, exist_ok=True)
        save_model(model, place)
    return [label for label in model.labels if label not in codes]

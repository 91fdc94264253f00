"""The requests in a person's export of their own data."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from jinlin.people.models import Support
from jinlin.platform.errors import Words
from jinlin.requests.models import Request, Step
from jinlin.requests.supporting import KIND


def requests_of(person_id: int) -> Iterable[dict[Words, Any]]:
    """Yield what a person raised, with where it stands and the last words to them."""
    rows = list(Request.objects.filter(reporter_id=person_id).select_related("body").order_by("received_at", "pk"))
    answers = _last_answers(rows)
    for row in rows:
        yield {
            _("Number"): row.number,
            _("Raised"): row.raised_at,
            _("Title"): row.title,
            _("Text"): row.text,
            _("Place"): row.place_text or row.place_code,
            _("State"): row.get_state_display(),
            _("Body"): row.body.name,
            _("Answer"): answers.get(row.pk, ""),
        }


def _last_answers(rows: list[Request]) -> dict[int, str]:
    steps = Step.objects.filter(request__in=rows).exclude(note="").order_by("request_id", "number")
    return {step.request_id: step.note for step in steps}


def supported_by(person_id: int) -> Iterable[dict[Words, Any]]:
    """Yield the public requests to which a person said me too."""
    given = Support.objects.filter(person_id=person_id, subject__startswith=f"{KIND}:").order_by("at", "pk")
    said = {int(row.subject.removeprefix(f"{KIND}:")): row.at for row in given}
    numbers = dict(Request.objects.filter(pk__in=said).values_list("pk", "number"))
    for request_id, at in said.items():
        yield {_("Number"): numbers[request_id], _("Said"): at}

"""What procedures know of a person, in the export of their own data."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.platform.errors import Words
from jinlin.playbooks.wording import name_of
from jinlin.procedures.models import Participant, Procedure


def begun_by(person_id: int) -> Iterable[dict[Words, Any]]:
    """Yield what a person has begun."""
    for row in Procedure.objects.filter(person_id=person_id).order_by("begun_at", "pk"):
        yield {
            _("What it is about"): row.title,
            _("More about it"): row.text,
            pgettext_lazy("procedure", "State"): row.get_state_display(),
            pgettext_lazy("procedure", "Begun"): row.begun_at,
        }


def taken_part_by(person_id: int) -> Iterable[dict[Words, Any]]:
    """Yield in which steps a person took part, and what they found."""
    rows = Participant.objects.filter(person_id=person_id).select_related("step__procedure__definition")
    for row in rows.order_by("at", "pk"):
        yield {
            _("What it is about"): row.step.procedure.title,
            pgettext_lazy("procedure", "Step"): name_of(row.step.rules),
            _("How was it done"): row.get_mark_display(),
            _("In words"): row.words,
            pgettext_lazy("procedure", "When"): row.at,
        }

"""What proposals know of a person, in the export of their own data."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.deliberation.models import Proposal
from jinlin.platform.errors import Words


def proposals_of(person_id: int) -> Iterable[dict[Words, Any]]:
    """Yield what a person has brought forward."""
    for row in Proposal.objects.filter(person_id=person_id).order_by("raised_at", "pk"):
        yield {
            _("Number"): row.number,
            _("What is proposed"): row.title,
            _("More about it"): row.text,
            pgettext_lazy("proposal", "State"): row.get_state_display(),
            _("Answer"): row.answer,
        }

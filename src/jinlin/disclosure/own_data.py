"""What notices know of a person, in the export of their own data."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.disclosure.models import Objection
from jinlin.platform.errors import Words

Row = dict[Words, Any]


def objections_of(person_id: int) -> Iterable[Row]:
    """Yield what a person has objected to, and what came of it."""
    for row in Objection.objects.filter(person_id=person_id).select_related("notice").order_by("at", "pk"):
        yield {
            _("Number"): row.notice.number,
            _("Title"): row.notice.title,
            _("Received"): row.received_on,
            pgettext_lazy("objection", "What is objected"): row.text,
            pgettext_lazy("objection", "What came of it"): row.get_finding_display(),
            _("Answer"): row.answer,
        }

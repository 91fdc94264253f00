"""What volunteering knows of a person, in the export of their own data."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.platform.errors import Words
from jinlin.volunteering.models import Pairing, Posting, Report

Row = dict[Words, Any]


def reports_of(person_id: int) -> Iterable[Row]:
    """Yield a member's own reports."""
    for row in Report.objects.filter(person_id=person_id).select_related("unit").order_by("reported_on", "pk"):
        yield {
            _("Day"): row.reported_on,
            _("What it is"): row.get_stage_display(),
            _("Home unit"): row.unit.name if row.unit else "",
            _("Remark"): row.words,
        }


def offers_of(person_id: int) -> Iterable[Row]:
    """Yield what a person has offered."""
    for row in Posting.objects.filter(person_id=person_id).order_by("posted_at", "pk"):
        yield {
            _("What"): row.title,
            _("More about it"): row.text,
            pgettext_lazy("posting", "Places"): row.places,
            _("First day"): row.first_day,
            _("Last day"): row.last_day or "",
        }


def services_of(person_id: int) -> Iterable[Row]:
    """Yield what a person has claimed, agreed to and served."""
    rows = Pairing.objects.filter(Q(person_id=person_id) | Q(offer__person_id=person_id))
    for row in rows.select_related("posting").order_by("at", "pk"):
        yield {
            _("What"): row.posting.title,
            pgettext_lazy("pairing", "State"): row.get_state_display(),
            _("Day"): row.served_on or "",
            _("Minutes"): row.minutes or "",
            _("Problem solved"): row.solved,
            _("Remark"): row.note,
        }

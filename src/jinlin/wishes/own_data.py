"""What the wish wall knows of a person, in the export of their own data."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.platform.errors import Words
from jinlin.wishes.models import Contact, SupportPair, Wish

Row = dict[Words, Any]


def wishes_of(person_id: int) -> Iterable[Row]:
    """Yield what a person has wished."""
    for row in Wish.objects.filter(person_id=person_id).order_by("made_at", "pk"):
        yield {
            _("Number"): row.number,
            _("Nickname"): row.nickname,
            _("What is wished"): row.title,
            _("More about it"): row.text,
            pgettext_lazy("wish", "State"): row.get_state_display(),
            _("What was done"): row.result,
        }


def claimed_by(person_id: int) -> Iterable[Row]:
    """Yield the wishes that a person leads or has fulfilled."""
    for row in Wish.objects.filter(claimer_id=person_id).order_by("claimed_at", "pk"):
        yield {
            _("Number"): row.number,
            _("What is wished"): row.title,
            pgettext_lazy("wish", "State"): row.get_state_display(),
            _("What was done"): row.result,
        }


def contacts_of(person_id: int) -> Iterable[Row]:
    """Yield the support pairs of a person, each with its contacts."""
    pairs = SupportPair.objects.filter(Q(helper_id=person_id) | Q(resident_id=person_id)).order_by("offered_at", "pk")
    for pair in pairs:
        facts = {
            _("What is offered"): pair.offer,
            pgettext_lazy("support pair", "Plan"): pair.plan,
            _("Until"): pair.last_day,
        }
        yield {**facts, pgettext_lazy("wish", "State"): pair.get_state_display()}
        for row in Contact.objects.filter(pair=pair).order_by("on", "pk"):
            yield {_("Day"): row.on, _("How"): row.get_way_display(), _("What was done"): row.words}

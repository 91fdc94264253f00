"""What lists know of a person, in the export of their own data."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.lists.models import Item
from jinlin.platform.errors import Words


def orders_of(person_id: int) -> Iterable[dict[Words, Any]]:
    """Yield what a person has ordered."""
    for row in Item.objects.filter(person_id=person_id).order_by("made_at", "pk"):
        yield {
            _("What it is about"): row.title,
            _("More about it"): row.words,
            pgettext_lazy("item", "State"): row.get_state_display(),
            _("What was done"): row.result,
        }

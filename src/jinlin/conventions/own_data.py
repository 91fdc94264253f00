"""What conventions know of a person, in the export of their own data."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from jinlin.conventions.actions.steps import title_of
from jinlin.conventions.models import Acknowledgement, Comment
from jinlin.platform.errors import Words

Row = dict[Words, Any]


def comments_of(person_id: int) -> Iterable[Row]:
    """Yield what a person has said of drafts, with the answers, and of which versions they took note."""
    related = "edition__convention__zone"
    for row in Comment.objects.filter(person_id=person_id).select_related(related).order_by("at", "pk"):
        yield {_("Convention"): title_of(row.edition), _("Comment"): row.text, _("Answer"): row.answer}
    for noted in Acknowledgement.objects.filter(person_id=person_id).select_related(related).order_by("at", "pk"):
        yield {_("Convention"): title_of(noted.edition), _("Taken note"): noted.at}

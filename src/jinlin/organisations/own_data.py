"""The posts in a person's export of their own data."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from jinlin.organisations.models import Appointment, Filing, FilingAnswer, SheetEntry
from jinlin.organisations.queries.filings import with_answers
from jinlin.people.exports import register
from jinlin.platform.errors import Words


def posts_of(person_id: int) -> Iterable[dict[Words, Any]]:
    """Yield each post of a person, what was written about the choice, and what they said about reports of others."""
    rows = Appointment.objects.filter(person_id=person_id).select_related("body").order_by("term_from", "pk")
    for row in rows:
        yield {
            _("Post"): row.post,
            _("Body"): row.body.name,
            _("First day"): row.term_from,
            _("Last day"): row.term_to,
            _("Accepted on"): row.accepted_on,
            _("Why it ended"): row.ended_because,
        }
    for filing in with_answers(Filing.objects.filter(person_id=person_id)).order_by("filed_at", "pk"):
        yield {
            _("Post"): filing.title,
            _("First day"): filing.filed_at,
            _("What was written"): "；".join(filing.words.values()),
            _("Answers"): "；".join(_answer_words(row) for row in filing.answers.all() if row.verdict),
        }
    for entry in (
        SheetEntry.objects.filter(appointment__person_id=person_id).select_related("appointment").order_by("pk")
    ):
        yield {
            _("Post"): entry.appointment.post,
            _("First day"): entry.holds_from,
            _("What was written"): f"{entry.value}",
        }
    for row in FilingAnswer.objects.filter(person_id=person_id).select_related("filing").order_by("pk"):
        yield {_("Post"): row.filing.title, _("First day"): row.answered_at, _("What I said about it"): row.ground}


def _answer_words(row: FilingAnswer) -> str:
    words = f"{row.body.name}：{row.get_verdict_display()}"
    return f"{words}，{row.ground}" if row.ground else words


register("posts", posts_of, title=_("My posts"))

"""What ballots know of a person, in the export of their own data: signed papers; a secret one is nobody's."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.platform.errors import Words
from jinlin.voting.models import Paper
from jinlin.voting.queries import chosen_titles


def papers_of(person_id: int) -> Iterable[dict[Words, Any]]:
    """Yield the papers that a person cast with their name."""
    rows = (
        Paper.objects.filter(person_id=person_id)
        .select_related("ballot")
        .prefetch_related("ballot__questions__options")
    )
    for paper in rows.order_by("at", "pk"):
        for question in paper.ballot.questions.all():
            yield {
                pgettext_lazy("ballot", "Title"): paper.ballot.title,
                _("question"): question.title,
                _("option"): "、".join(chosen_titles(question, paper.marks.get(str(question.pk), ()))),
                _("When"): paper.at,
                _("Counted"): paper.counted,
            }

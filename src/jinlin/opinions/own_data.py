"""What conversations know of a person, in the export of their own data: found by the key that only they lead to."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.opinions.models import Conversation, Statement, Vote
from jinlin.opinions.rules import key_of
from jinlin.platform.errors import Words

Row = dict[Words, Any]


def votes_of(person_id: int) -> Iterable[Row]:
    """Yield what a person has voted."""
    rows = Vote.objects.filter(participant__key__in=_keys(person_id)).select_related("statement__conversation")
    for row in rows.order_by("pk"):
        yield {
            _("Question"): row.statement.conversation.title,
            _("Statement"): row.statement.text,
            _("My vote"): row.get_value_display(),
            _("Important to me"): _("yes") if row.important else "",
        }


def statements_of(person_id: int) -> Iterable[Row]:
    """Yield what a person has said."""
    for row in Statement.objects.filter(writer__in=_keys(person_id)).select_related("conversation").order_by("pk"):
        yield {
            _("Question"): row.conversation.title,
            _("Statement"): row.text,
            pgettext_lazy("conversation", "State"): row.get_state_display(),
        }


def _keys(person_id: int) -> list[str]:
    return list(_each_key(person_id))


def _each_key(person_id: int) -> Iterator[str]:
    for conversation_id in Conversation.objects.values_list("pk", flat=True):
        yield key_of(conversation_id, person_id)

"""A conversation as a spreadsheet: each statement with what all and each group think of it; nothing about any person."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.opinions.models import Conversation
from jinlin.opinions.queries import held
from jinlin.platform.errors import Words

HEADS: Sequence[Words] = [
    _("Statement"),
    pgettext_lazy("opinion group", "Who"),
    pgettext_lazy("statement", "Agree"),
    pgettext_lazy("statement", "Disagree"),
    pgettext_lazy("statement", "Have seen it"),
    _("Important to"),
]


def statements(conversation: Conversation) -> Iterator[list[Any]]:
    """Yield a row for each statement and group in the order of `HEADS`, that of all first; small figures stay out."""
    found = held(conversation)
    names = [_("all"), *(group_name(group.number) for group in found.groups)]
    for row in found.table:
        for name, figure in zip(names, row["figures"], strict=True):
            counts = [figure.agree, figure.disagree, figure.seen] if figure.told else ["", "", ""]
            important = row["important"] if name == names[0] else None
            yield [row["text"], name, *counts, "" if important is None else important]


def group_name(number: int) -> Words:
    """Return what a group is called: a letter that says nothing about it."""
    return GROUPS[number]


GROUPS = (
    pgettext_lazy("opinion group", "Group A"),
    pgettext_lazy("opinion group", "Group B"),
    pgettext_lazy("opinion group", "Group C"),
    pgettext_lazy("opinion group", "Group D"),
    pgettext_lazy("opinion group", "Group E"),
)

"""The states of public records, of notices that are posted for a period, and of objections to them, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.platform.states import StateTable

FINISHED = frozenset({"closed", "declined"})
"""States of a public record after which nothing more is to come; every other one is under way."""


class Judged(models.TextChoices):
    """How the person who raised it judged the outcome."""

    SATISFIED = "yes", _("satisfied")
    MOSTLY = "mostly", _("mostly satisfied")
    NOT = "no", _("not satisfied")


class NoticeState(models.TextChoices):
    """Where a notice stands."""

    DRAFT = "draft", pgettext_lazy("public notice", "draft")
    POSTED = "posted", pgettext_lazy("public notice", "posted")
    ENDED = "ended", pgettext_lazy("public notice", "ended")
    UPHELD = "upheld", pgettext_lazy("public notice", "an objection was upheld")
    TAKEN_DOWN = "taken_down", pgettext_lazy("public notice", "taken down early")
    DROPPED = "dropped", pgettext_lazy("public notice", "dropped")


class NoticeVerb(models.TextChoices):
    """The steps of a notice; each is one line of its history."""

    DRAFT = "draft", pgettext_lazy("public notice", "drafted")
    REDRAFT = "redraft", pgettext_lazy("public notice", "draft changed")
    DROP = "drop", pgettext_lazy("public notice", "draft dropped")
    POST = "post", pgettext_lazy("public notice", "posted for the first time")
    CHANGE = "change", pgettext_lazy("public notice", "changed, the period starts anew")
    RECOUNT = "recount", pgettext_lazy("public notice", "last day counted again")
    PROVE = "prove", pgettext_lazy("public notice", "paper seen where it hangs")
    OBJECT = "object", pgettext_lazy("public notice", "objection received")
    ENTER = "enter", pgettext_lazy("public notice", "objection received on paper")
    ANSWER = "answer", pgettext_lazy("public notice", "objection answered")
    TAKE_BACK = "take_back", pgettext_lazy("public notice", "objection taken back")
    UPHOLD = "uphold", pgettext_lazy("public notice", "objection upheld, the notice ends")
    END = "end", pgettext_lazy("public notice", "period over, everything answered")
    TAKE_DOWN = "take_down", pgettext_lazy("public notice", "taken down before its time")


S, V = NoticeState, NoticeVerb
_STAYS = {S.POSTED: S.POSTED}
_ANSWERED = {state: state for state in (S.POSTED, S.UPHELD, S.TAKEN_DOWN)}
NOTICES = StateTable(
    initial=S.DRAFT,
    moves={
        V.REDRAFT: {S.DRAFT: S.DRAFT},
        V.DROP: {S.DRAFT: S.DROPPED},
        V.POST: {S.DRAFT: S.POSTED},
        V.CHANGE: _STAYS,
        V.RECOUNT: _STAYS,
        V.PROVE: _STAYS,
        V.OBJECT: _STAYS,
        V.ENTER: _STAYS,
        V.ANSWER: _ANSWERED,
        V.TAKE_BACK: _ANSWERED,
        V.UPHOLD: {S.POSTED: S.UPHELD},
        V.END: {S.POSTED: S.ENDED},
        V.TAKE_DOWN: {S.POSTED: S.TAKEN_DOWN},
    },
)
NEVER_SHOWN = frozenset({S.DRAFT, S.DROPPED})
"""The public never learns of a notice in one of these."""
WORDS_SHOWN = frozenset({S.POSTED, S.ENDED, S.UPHELD})
"""Everybody reads the words of a notice in one of these, in all their versions."""


class Finding(models.TextChoices):
    """What an objection came to."""

    DISMISSED = "dismissed", pgettext_lazy("objection", "not upheld")
    CORRECTED = "corrected", pgettext_lazy("objection", "right; corrected in a new version")
    UPHELD = "upheld", pgettext_lazy("objection", "upheld; the notice ends and the matter goes back")


def state_choices() -> list[tuple[str, object]]:
    """Return the states with their words; a function, so that a new state changes no table."""
    return NoticeState.choices


def verb_choices() -> list[tuple[str, object]]:
    """Return the steps with their words; a function, so that a new step changes no table."""
    return NoticeVerb.choices


def finding_choices() -> list[tuple[str, object]]:
    """Return what an objection can come to; a function, so that a new one changes no table."""
    return Finding.choices

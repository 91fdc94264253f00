"""The steps of a version by the words of their addresses."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from jinlin.conventions import actions
from jinlin.conventions.forms import FromForm, UntilForm, WordsForm
from jinlin.conventions.models import Edition
from jinlin.platform.errors import Words
from jinlin.platform.forms import KeyedForm


@dataclass(frozen=True)
class StepPage:
    """The page of one step: its action and form, its button, what is asked, what is said afterwards."""

    act: Callable[..., Edition]
    form: type[KeyedForm]
    button: Words
    asks: Words
    done: Words


STEPS: dict[str, StepPage] = {
    "open": StepPage(
        actions.open_for_comments,
        UntilForm,
        _("Open it for comments"),
        _(
            "Everybody reads the draft; those who live there comment until the end of the day. Each comment gets an answer."
        ),
        _("The draft is open for comments."),
    ),
    "revise": StepPage(
        actions.revise_edition,
        WordsForm,
        _("Take it back to revise it"),
        _("The draft is no longer shown until it is opened for comments again. Its comments stay."),
        _("The draft can be revised."),
    ),
    "vote": StepPage(
        actions.put_to_vote,
        FromForm,
        _("Put it to the vote"),
        _(
            "Its words no longer change. It is in force from the day below if the vote adopts it, never before the vote."
        ),
        _("It is put to the vote. Now begin the vote."),
    ),
    "drop": StepPage(
        actions.drop_edition,
        WordsForm,
        _("Drop this version"),
        _("It will not be voted on. The reason stays in its history."),
        _("The version is dropped."),
    ),
}

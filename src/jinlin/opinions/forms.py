"""The forms of conversations: preparing one, a statement, a vote, the check, seeds, a slip."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.opinions.actions import Ballot, Slip
from jinlin.opinions.models import Conversation, Statement, Vote
from jinlin.people.forms import DayField
from jinlin.platform.dates import today
from jinlin.platform.forms import KeyedForm
from jinlin.platform.widgets import Select

Choices = Iterable[tuple[Any, Any]]
ROWS = {"rows": 3}
AT_FIELD = {"place_code": "place", "value": "vote"}
"""Where a form has another name for what an action calls so."""


class ConversationForm(KeyedForm):
    """What is asked, where and until when."""

    title = forms.CharField(
        label=_("Question"), max_length=60, help_text=_("Such as: how shall the courtyard be used?")
    )
    text = forms.CharField(label=_("Background"), required=False, widget=forms.Textarea(ROWS))
    place = forms.ChoiceField(label=_("Community"), widget=Select)
    zone = forms.TypedChoiceField(
        label=_("Only for an estate or a grid"), required=False, coerce=int, empty_value=None, widget=Select
    )
    first_day = DayField(label=_("From"), initial=today)
    last_day = DayField(label=_("Until"), initial=lambda: today() + timedelta(days=14))
    checked = forms.ChoiceField(label=_("Statements are"), choices=Conversation.Checked, widget=forms.RadioSelect)
    subject = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)

    def __init__(self, *args: Any, places: Choices, zones: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = list(places)
        self.fields["zone"].choices = [("", _("the whole community")), *zones]


class StatementForm(KeyedForm):
    """One statement."""

    text = forms.CharField(
        label=_("What you think, in one sentence"),
        max_length=400,
        widget=forms.Textarea(ROWS),
        help_text=_("5 to 140 characters; one thought, so that others can agree or not. No names."),
    )


class VoteForm(KeyedForm):
    """What somebody thinks of the statement on the page."""

    statement = forms.IntegerField(widget=forms.HiddenInput)
    vote = forms.TypedChoiceField(label=_("What you think of it"), choices=Vote.Value, coerce=int)
    important = forms.BooleanField(label=_("This is important to me"), required=False)

    def ballot(self) -> Ballot:
        """Return what was entered as the action takes it."""
        given = self.cleaned_data
        return Ballot(given["statement"], given["vote"], given["important"])


class SeedsForm(KeyedForm):
    """Statements to begin with."""

    texts = forms.CharField(
        label=_("Statements to begin with"),
        widget=forms.Textarea({"rows": 8}),
        help_text=_("One on each line, from all sides, each of 5 to 140 characters."),
    )

    def lines(self) -> list[str]:
        """Return the lines."""
        return str(self.cleaned_data["texts"]).splitlines()


class PlainForm(KeyedForm):
    """A step that needs no words."""


class WordsForm(KeyedForm):
    """A step with its reason."""

    words = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea(ROWS))


class SlipForm(KeyedForm):
    """A paper slip: its number and a tick for each statement."""

    number = forms.CharField(label=_("Number on the slip"), max_length=20, help_text=_("Never a name."))

    def __init__(self, *args: Any, statements: Iterable[Statement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.statements = list(statements)
        choices = [("", pgettext_lazy("slip", "nothing ticked")), *Vote.Value.choices]
        for row in self.statements:
            self.fields[f"s{row.pk}"] = forms.TypedChoiceField(
                label=row.text, choices=choices, coerce=int, empty_value=None, required=False, widget=Select
            )

    def slip(self) -> Slip:
        """Return what was entered as the action takes it."""
        given = ((row.pk, self.cleaned_data[f"s{row.pk}"]) for row in self.statements)
        return Slip(
            self.cleaned_data["number"].strip(), [Ballot(key, value) for key, value in given if value is not None]
        )

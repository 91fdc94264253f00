"""The forms of proposals: bringing one forward, sending it to forums, joining, answering."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.deliberation.states import ProposalState
from jinlin.platform.forms import KeyedForm
from jinlin.platform.widgets import Select

Choices = Iterable[tuple[Any, Any]]
ROWS = {"rows": 4}


class ProposalForm(KeyedForm):
    """Something to bring forward."""

    proposer = forms.ChoiceField(label=_("As whom you propose it"), widget=forms.RadioSelect)
    body = forms.TypedChoiceField(
        label=_("For which body"), required=False, coerce=int, empty_value=None, widget=Select,
        help_text=_("Only where you speak for one."),
    )  # fmt: skip
    title = forms.CharField(label=_("What is proposed"), max_length=80)
    text = forms.CharField(
        label=_("More about it"), required=False, widget=forms.Textarea(ROWS), max_length=2_000,
        help_text=_("Everybody reads this: leave names, telephone and identity numbers out."),
    )  # fmt: skip
    place = forms.ChoiceField(label=_("Community"), widget=Select)

    def __init__(self, *args: Any, proposers: Choices, bodies: Choices, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proposer"].choices = list(proposers)
        self.fields["place"].choices = list(places)
        self.fields["body"].choices = [("", _("none of these")), *bodies]


class RouteForm(KeyedForm):
    """The forums that a proposal is sent to, and why."""

    forums = forms.MultipleChoiceField(label=_("Forums"), widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(label=_("Why there"), max_length=300, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, forums: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["forums"].choices = list(forums)


class DeclineForm(KeyedForm):
    """Why a proposal is not taken up."""

    answer = forms.CharField(
        label=_("Answer"), max_length=2_000, widget=forms.Textarea(ROWS), help_text=_("Everybody reads it.")
    )


class AnswerForm(DeclineForm):
    """What came out of the talk, and what is made of it."""

    becomes = forms.ChoiceField(label=_("What is made of it"), required=False, widget=Select)
    body = forms.TypedChoiceField(
        label=_("Who carries it out"), required=False, coerce=int, empty_value=None, widget=Select
    )

    def __init__(self, *args: Any, kinds: Choices, bodies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["becomes"].choices = [("", _("nothing further")), *kinds]
        self.fields["body"].choices = [("", _("none of these")), *bodies]


class JoinForm(KeyedForm):
    """The proposal that answers for this one too."""

    lead = forms.TypedChoiceField(label=_("Joined to"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, leads: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].choices = list(leads)


class WantedForm(forms.Form):
    """The filters of the desk's list."""

    state = forms.ChoiceField(
        label=pgettext_lazy("proposal", "State"), required=False, choices=[("", _("all")), *ProposalState.choices],
        widget=Select,
    )  # fmt: skip
    proposer = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)
    forum = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)
    late = forms.BooleanField(label=_("Only late ones"), required=False)

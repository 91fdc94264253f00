"""What the reporter said in a call-back, or that nobody was reached."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jinlin.requests.actions import Judgement
from jinlin.requests.forms.fields import YES_NO, words_field
from jinlin.requests.forms.steps import StepForm
from jinlin.requests.models import Rating


class UnreachedForm(StepForm):
    """Why the reporter could not be reached."""

    reason = words_field(_("When and how it was tried"), rows=2)
    focus = "reason"


class CallBackForm(StepForm):
    """What the reporter said in the call-back."""

    responded = forms.ChoiceField(label=_("Did somebody get in touch?"), choices=YES_NO, widget=forms.RadioSelect)
    solved = forms.ChoiceField(label=_("Is it solved?"), choices=Rating.Solved.choices, widget=forms.RadioSelect)
    satisfied = forms.ChoiceField(label=_("How satisfied?"), choices=Rating.Satisfied.choices, widget=forms.RadioSelect)
    comment = words_field(_("In their own words"), rows=2, needed=False)
    leave = forms.BooleanField(
        label=_("Not solved, but they want to leave it at that"),
        required=False,
        help_text=_("Otherwise it goes back to work."),
    )

    def arguments(self) -> dict[str, Any]:
        """Return the judgement, and whether what is not solved goes back to work."""
        given = super().arguments()
        ask_again = not given.pop("leave", False)
        return {"judgement": Judgement(**{**given, "responded": given["responded"] == "yes"}), "ask_again": ask_again}

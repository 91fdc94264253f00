"""Forms of call-backs: the draw of a round, what the reporter said, and that nobody was reached."""

from secrets import token_hex
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jinlin.platform.widgets import Select
from jinlin.requests.forms import SentOnceForm
from jinlin.requests.forms.judging import CallBackForm, UnreachedForm
from jinlin.requests.forms.steps import StepForm
from jinlin.requests.rules import may_take_up_again
from jinlin.requests.states import State


class DrawForm(SentOnceForm):
    """Where, of which days, how many of a hundred, and the seed with which the draw can be repeated."""

    place_code = forms.ChoiceField(label=_("Place"), widget=Select)
    first = forms.DateField(label=_("Handled or closed from"), widget=forms.DateInput({"type": "date"}))
    last = forms.DateField(label=_("Handled or closed until"), widget=forms.DateInput({"type": "date"}))
    percent = forms.IntegerField(
        label=_("How many of a hundred"),
        min_value=1,
        max_value=100,
        initial=20,
        help_text=_("With 100 all are called."),
    )
    seed = forms.CharField(
        label=_("Seed of the draw"),
        max_length=40,
        help_text=_("With this seed and the same requests anybody draws the same ones again."),
    )

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place_code"].choices = places
        self.initial.setdefault("seed", token_hex(8))

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes besides actor and door."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"key", "version"}}


class Drawn(StepForm):
    """A form for a call that was drawn: it knows how often it had been tried when the person saw it."""

    attempts = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes besides; how often it had been tried is told apart from it."""
        return {name: value for name, value in super().arguments().items() if name != "attempts"}


class DrawnCallForm(CallBackForm, Drawn):
    """What the reporter said; what ended too long ago does not go back to work by it."""

    def prepare(self) -> None:
        """Take the choice away where nothing hangs on it."""
        if self.request.state == State.CLOSED and not may_take_up_again(self.request):
            del self.fields["leave"]


class LateCallForm(DrawnCallForm):
    """What the reporter of a closed request said, without a round."""

    attempts = None


class DrawnUnreachedForm(UnreachedForm, Drawn):
    """When and how it was tried."""

"""The forms of rounds: planning one, logging a visit, writing down what was heard."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.outreach.actions import Teller
from jinlin.outreach.models import Round, Visit
from jinlin.people.forms import DayField
from jinlin.platform.dates import today
from jinlin.platform.forms import KeyedForm
from jinlin.platform.widgets import Select

Choices = Iterable[tuple[Any, Any]]
ROWS = {"rows": 3}


class RoundForm(KeyedForm):
    """A round or a session to announce."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("round", "Kind"), choices=Round.Kind, widget=forms.RadioSelect, initial=Round.Kind.HOMES
    )
    title = forms.CharField(label=pgettext_lazy("round", "Title"), max_length=80)
    body = forms.ChoiceField(label=_("Team"), widget=Select)
    place = forms.ChoiceField(label=_("Community"), widget=Select)
    zone = forms.ChoiceField(label=_("Estate, courtyard or grid"), required=False, widget=Select)
    spot = forms.CharField(
        label=_("Where the session is held"),
        required=False,
        max_length=80,
        help_text=_("For a courtyard session, such as: the pavilion."),
    )
    on = DayField(label=_("Day"), initial=lambda: today() + timedelta(days=7))
    starts = forms.TimeField(
        label=_("Time"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )

    def __init__(self, *args: Any, bodies: Choices, places: Choices, zones: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = list(bodies)
        self.fields["place"].choices = list(places)
        self.fields["zone"].choices = [("", _("none of these")), *zones]


class MarksForm(KeyedForm):
    """Which steps of a visit were done."""

    marks = forms.MultipleChoiceField(
        label=_("What was done"), choices=Visit.Mark, widget=forms.CheckboxSelectMultiple, required=False
    )


class IssueForm(KeyedForm):
    """Something to be solved, and where it goes."""

    words = forms.CharField(
        label=_("What is to be solved"),
        widget=forms.Textarea(ROWS),
        help_text=_("About things, never about persons; no names and telephone numbers."),
    )
    list = forms.TypedChoiceField(label=_("Where it goes"), required=False, coerce=int, empty_value=None, widget=Select)

    def __init__(self, *args: Any, lists: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["list"].choices = [("", _("a request of its own")), *lists]


class ToldWishForm(KeyedForm):
    """A wish that somebody tells."""

    title = forms.CharField(label=_("What is wished"), max_length=60)
    text = forms.CharField(label=_("More about it"), required=False, widget=forms.Textarea(ROWS))
    nickname = forms.CharField(
        label=_("Nickname"), help_text=_("The wall shows it instead of the name."), max_length=20
    )
    name = forms.CharField(label=_("Who wishes it"), max_length=60, help_text=_("The wall never shows it."))
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=20)
    agrees = forms.BooleanField(label=_("I have read it out, and they agree that it goes on the wall"), required=False)

    def teller(self) -> Teller:
        """Return who tells it."""
        given = self.cleaned_data
        return Teller(given["nickname"], given["name"], given["phone"], given["agrees"])


class WantedForm(forms.Form):
    """The filters of the desk's list."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("round", "Kind"),
        required=False,
        choices=[("", _("all")), *Round.Kind.choices],
        widget=Select,
    )
    state = forms.ChoiceField(
        label=pgettext_lazy("round", "State"),
        required=False,
        choices=[("", _("all")), *Round._meta.get_field("state").choices],
        widget=Select,
    )

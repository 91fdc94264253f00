"""Forms of the steps that tie requests together: merge, take out, relate."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jinlin.platform.widgets import Select
from jinlin.requests.forms.desk import StepForm
from jinlin.requests.models import Relation


def number_field(label: Any) -> forms.CharField:
    """Return a field for the number of another request."""
    return forms.CharField(label=label, max_length=40, help_text=_("Such as 20260508-0012."))


class MergeForm(StepForm):
    """Into which request, and why they are the same."""

    into = number_field(_("Number of the request that leads"))
    reason = forms.CharField(
        label=_("Why they are the same"),
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Officers read it. Whoever raised either is told of every step."),
    )
    focus = "into"


class RelateForm(StepForm):
    """To which request, how, and why."""

    to = number_field(_("Number of the other request"))
    word = forms.ChoiceField(label=_("This one is"), choices=Relation.Word.choices, widget=Select)
    note = forms.CharField(label=_("Why"), required=False, max_length=200)
    focus = "to"

"""Forms of the steps that tie requests together or ask other bodies to help: merge, relate, split."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jinlin.platform.widgets import Select
from jinlin.requests.actions import AskedPart
from jinlin.requests.forms.fields import CategoryField
from jinlin.requests.forms.steps import ReasonForm, StepForm
from jinlin.requests.models import Relation
from jinlin.requests.queries.choices import body_choices
from jinlin.requests.queries.one import suggested_duties


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


class SendBackForm(ReasonForm):
    """Why it is not the body's; whoever raised it reads who refused, and why."""

    def prepare(self) -> None:
        """Say who reads it."""
        self.fields["reason"].help_text = _("Whoever raised it reads this too.")


class ResubmitForm(StepForm):
    """Under which category it is submitted again, and why."""

    category = CategoryField(label=_("Category"))
    reason = forms.CharField(label=_("Why"), required=False, widget=forms.Textarea({"rows": 2}))
    focus = "category"

    def prepare(self) -> None:
        """Offer the tree in use."""
        self.fields["category"].fill()


class SplitForm(StepForm):
    """Which bodies help, and with what; those of the duty list that do not lead are offered first."""

    bodies = forms.TypedMultipleChoiceField(
        label=_("Who assists"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    body = forms.TypedChoiceField(label=_("Another body"), required=False, coerce=int, empty_value=None, widget=Select)
    words = forms.CharField(label=_("What they are asked to do"), widget=forms.Textarea({"rows": 3}))
    written = "words"

    def prepare(self) -> None:
        """Offer the bodies of the duty list, and all others below."""
        near = {duty.body_id: duty.body.name for duty in suggested_duties(self.request)}
        near.pop(self.request.body_id, None)
        others = [choice for choice in body_choices() if choice[0] not in {*near, self.request.body_id}]
        self.fields["bodies"].choices = list(near.items())
        self.fields["body"].choices = [("", _("no other body")), *others]
        if not near:
            del self.fields["bodies"]

    def arguments(self) -> dict[str, Any]:
        """Return the parts that are asked, one for each body."""
        given = self.cleaned_data
        chosen = [*given.get("bodies", ()), *([given["body"]] if given["body"] else ())]
        return {"parts": [AskedPart(body_id, given["words"]) for body_id in dict.fromkeys(chosen)]}


class PartForm(StepForm):
    """Words to a step of a part."""

    words = forms.CharField(label=_("Words to the other side"), widget=forms.Textarea({"rows": 3}), required=False)
    focus = "words"

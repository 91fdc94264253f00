"""The forms of procedures: beginning one, and what each step asks for."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.platform.forms import KeyedForm
from jinlin.platform.photos import keep_photo
from jinlin.platform.widgets import Select
from jinlin.procedures.actions import Evidence
from jinlin.procedures.states import Mark, ProcedureState, ProofKind

Choices = Iterable[tuple[Any, Any]]
ROWS = {"rows": 3}
LABELS = {
    ProofKind.MINUTES: _("Minutes: who was there, what was said"),
    ProofKind.NOTICE: _("Notice: where it hangs, from when to when"),
    ProofKind.RESULT: _("Result: what came of it"),
}


class BeginForm(KeyedForm):
    """What is begun, and where; `place` is `code` or `code/zone`."""

    title = forms.CharField(label=_("What it is about"), max_length=80)
    text = forms.CharField(label=_("More about it"), required=False, widget=forms.Textarea(ROWS), max_length=1000)
    matter = forms.ChoiceField(label=_("Kind of matter"), widget=Select)
    place = forms.ChoiceField(label=_("Where"), widget=Select)

    def __init__(self, *args: Any, matters: Choices, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = list(places)
        self.fields["matter"].choices = list(matters)
        if not self.fields["matter"].choices:
            del self.fields["matter"]


class StepForm(KeyedForm):
    """What concludes a step: words, the proofs that are still missing, who was there, and which step follows."""

    words = forms.CharField(label=pgettext_lazy("step", "What came of it"), widget=forms.Textarea(ROWS), max_length=500)

    def __init__(
        self, *args: Any, proofs: Sequence[str] = (), sides: Choices = (), choices: Choices = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.proofs = [kind for kind in proofs if kind in ProofKind.values]
        for kind in self.proofs:
            self.fields[f"proof_{kind}"] = _proof_field(kind)
        if given := list(sides):
            self.fields["sides"] = forms.MultipleChoiceField(
                label=_("Who was there"), choices=given, required=False, widget=forms.CheckboxSelectMultiple
            )
        if given := list(choices):
            self.fields["choice"] = forms.ChoiceField(
                label=_("Which step follows"), choices=given, widget=forms.RadioSelect
            )

    def evidence(self) -> list[Evidence]:
        """Return the proofs that were entered; a picture is stored. Raises: Invalid for what is no picture."""
        entered = ((kind, self.cleaned_data.get(f"proof_{kind}")) for kind in self.proofs)
        return [evidence_of(kind, value) for kind, value in entered if value]


def _proof_field(kind: str) -> forms.Field:
    if kind == ProofKind.PHOTO:
        return forms.FileField(label=ProofKind.PHOTO.label, required=False, help_text=_("JPEG, PNG or WebP."))
    return forms.CharField(
        label=LABELS[ProofKind(kind)], required=False, widget=forms.Textarea(ROWS), max_length=300
    )  # fmt: skip


def evidence_of(kind: str, value: Any) -> Evidence:
    """Return a proof from what a form holds: words or an upload."""
    return Evidence(kind, file=keep_photo(value)) if kind == ProofKind.PHOTO else Evidence(kind, words=value)


class SkipForm(KeyedForm):
    """Why a step is left out, and which follows."""

    words = forms.CharField(label=_("Why it is left out"), widget=forms.Textarea(ROWS), max_length=500)

    def __init__(self, *args: Any, choices: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if given := list(choices):
            self.fields["choice"] = forms.ChoiceField(
                label=_("Which step follows"), choices=given, widget=forms.RadioSelect
            )


class ProofForm(KeyedForm):
    """A proof to hand in: words, a picture or both."""

    kind = forms.ChoiceField(label=_("Kind of proof"), choices=ProofKind.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=_("In words"), required=False, widget=forms.Textarea(ROWS), max_length=300)
    photo = forms.FileField(label=_("Picture"), required=False, help_text=_("JPEG, PNG or WebP."))

    def evidence(self) -> Evidence:
        """Return the proof; a picture is stored. Raises: Invalid for what is no picture."""
        given = self.cleaned_data
        return Evidence(given["kind"], given["words"], keep_photo(given["photo"]) if given["photo"] else None)


class PartForm(KeyedForm):
    """That somebody takes part, in an evaluation with a mark."""

    mark = forms.ChoiceField(label=_("How was it done"), choices=Mark.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=_("In words"), required=False, widget=forms.Textarea(ROWS), max_length=300)

    def __init__(self, *args: Any, marks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not marks:
            del self.fields["mark"]


class ReasonForm(KeyedForm):
    """A reason in words."""

    words = forms.CharField(label=_("Reason"), widget=forms.Textarea(ROWS), max_length=500)


class WantedForm(forms.Form):
    """The filters of procedures."""

    kind = forms.ChoiceField(label=pgettext_lazy("procedure", "Kind"), required=False, widget=Select)
    state = forms.ChoiceField(
        label=pgettext_lazy("procedure", "State"),
        required=False,
        choices=[
            ("", _("all")),
            *ProcedureState.choices,
            ("late", pgettext_lazy("procedure", "with an overdue step")),
        ],
        widget=Select,
    )

    def __init__(self, *args: Any, kinds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("all")), *kinds]

"""Forms of the desk door, one per step of a request."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jinlin.organisations.models import Duty
from jinlin.platform.widgets import Select
from jinlin.platform.wording import with_remark
from jinlin.requests.forms import SentOnceForm
from jinlin.requests.forms.fields import CategoryField, urgency_field, words_field
from jinlin.requests.forms.photos import WithPhotos
from jinlin.requests.forms.place import WithPlace
from jinlin.requests.models import Outcome, Request
from jinlin.requests.queries.choices import body_choices
from jinlin.requests.queries.one import suggested_duties
from jinlin.requests.triage import is_sure

OTHER = "other"
"""The choice of a body that the duty list does not suggest."""


class StepForm(SentOnceForm):
    """A step of a request; forms for the steps build on it.

    `written` names the field that a standard text goes into, `focus` the one where the work begins; without one, the
    button has everything that it needs.
    """

    written = ""
    focus = ""

    def __init__(self, *args: Any, request: Request, **kwargs: Any) -> None:
        super().__init__(*args, version=request.version, **kwargs)
        self.request = request
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the request."""

    def take_focus(self) -> None:
        """Let the page open where the work begins."""
        if self.focus:
            self.fields[self.focus].widget.attrs["autofocus"] = True

    def typed(self) -> list[tuple[Any, str]]:
        """Return (label, words) of what was written, for a step that is not possible any more."""
        written = [(bound.label, bound.value()) for bound in self if isinstance(bound.field.widget, forms.Textarea)]
        return [(label, words) for label, words in written if words]

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes besides actor, request and door."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"key", "version", "photos"}}


class PlainForm(StepForm):
    """A step that needs no words."""


class AcceptForm(StepForm):
    """Category and urgency, which the person confirms, and words to the reporter."""

    category = CategoryField(label=_("Category"))
    urgency = urgency_field()
    note = words_field(_("Words to the reporter"), needed=False)
    written = "note"

    def prepare(self) -> None:
        """Offer what triage suggests, unless a person has chosen before; of what it is not sure, a person chooses."""
        self.fields["category"].fill([("", _("please choose"))])
        suggestion = getattr(self.request, "suggestion", None)
        decided = self.request.category or suggestion is None
        suggested = "" if decided or not is_sure(suggestion.confidence) else suggestion.category
        self.initial.setdefault("category", self.request.category or suggested)
        self.initial.setdefault("urgency", self.request.urgency if decided else suggestion.urgency)


class ClassifyForm(AcceptForm):
    """Category and urgency, and why they are corrected."""

    note = None
    reason = words_field(_("Why (among officers)"), rows=2, needed=False)
    written = ""


class ReasonForm(StepForm):
    """A reason that the other side reads."""

    reason = words_field(_("Reason"))
    written = focus = "reason"


class GiveForm(StepForm):
    """To which body, on which basis, with which words: one of those that the duty list suggests, or another."""

    choice = forms.ChoiceField(label=_("To whom"), widget=forms.RadioSelect, required=False)
    body = forms.TypedChoiceField(label=_("Another body"), required=False, coerce=int, empty_value=None, widget=Select)
    basis = forms.CharField(label=_("Basis for another body"), required=False, max_length=200)
    words = words_field(_("Words to the body"), rows=3, needed=False)

    def prepare(self) -> None:
        """Offer the bodies of the duty list, the closest first, and all others below."""
        duties = [duty for duty in suggested_duties(self.request) if duty.body_id != self._excluded()]
        self.duties: dict[str, Duty] = {str(duty.pk): duty for duty in duties}
        choices = [(value, with_remark(duty.body.name, duty.basis)) for value, duty in self.duties.items()]
        self.fields["choice"].choices = [*choices, (OTHER, _("another body"))]
        self.fields["body"].choices = [("", _("please choose")), *body_choices()]
        self.initial.setdefault("choice", choices[0][0] if choices else OTHER)

    @property
    def final_due_at(self) -> datetime | None:
        """When the work has to be finished, as promised when it was accepted."""
        promised = self.request.promises.get("final")
        return datetime.fromisoformat(promised) if promised else None

    def _excluded(self) -> int | None:
        return None

    def clean(self) -> dict[str, Any]:
        """Ask for body and basis only where no suggestion was taken."""
        given = super().clean()
        if given.get("choice") in self.duties:
            return given
        if not given.get("body"):
            self.add_error("body", _("Please choose to whom it goes."))
        if not given.get("basis"):
            self.add_error("basis", _("Please say on which basis this body answers for it."))
        return given

    def arguments(self) -> dict[str, Any]:
        """Return body, basis and words of the choice."""
        duty = self.duties.get(self.cleaned_data["choice"])
        chosen = (duty.body_id, duty.basis) if duty else (self.cleaned_data["body"], self.cleaned_data["basis"])
        return {"body_id": chosen[0], "basis": chosen[1], "words": self.cleaned_data["words"]}


class PassOnForm(GiveForm):
    """The same for passing on: never to the body that has it."""

    def _excluded(self) -> int | None:
        return self.request.body_id


class NoteForm(StepForm):
    """Words to the reporter about how the work stands."""

    note = words_field(_("Words to the reporter"))
    written = focus = "note"


class InternalNoteForm(StepForm):
    """Words among officers."""

    note = words_field(_("Note among officers"), help_text=_("Whoever raised it does not see this."))
    focus = "note"


class RelocateForm(WithPlace, StepForm):
    """The right place, from the list or the map."""

    def clean(self) -> dict[str, Any]:
        """Ask for a place that is known, since words alone correct nothing."""
        given = super().clean() or self.cleaned_data
        if "place" in given and not given["place"].code:
            self.add_error("place", _("Please choose the place from the list."))
        return given

    def arguments(self) -> dict[str, Any]:
        """Return the place's code."""
        return {"place_code": self.cleaned_data["place"].code}


class PhotosForm(WithPhotos, StepForm):
    """A step that may bring photos."""

    def arguments(self) -> dict[str, Any]:
        """Return the words, and the photos that are kept by now."""
        return super().arguments() | {"photos": self.kept_photos}


class AddForm(PhotosForm):
    """More words or photos from whoever raised it, told to an officer."""

    note = words_field(_("What was added"), needed=False, help_text=_("Whoever raised it sees this."))
    focus = "note"
    field_order = ["note", "photos"]


class HandleForm(PhotosForm):
    """The answer that the reporter reads, and photos of the result."""

    outcome = forms.ChoiceField(
        label=_("What came of it"),
        choices=Outcome.choices,
        initial=Outcome.FIXED,
        required=False,
        widget=forms.RadioSelect,
    )
    answer = words_field(_("Answer to the reporter"), help_text=_("What was done, and what it is like now."))
    written = focus = "answer"
    field_order = ["answer", "photos"]

    def clean_outcome(self) -> str:
        """Take what nobody changed as it was offered."""
        return self.cleaned_data["outcome"] or Outcome.FIXED

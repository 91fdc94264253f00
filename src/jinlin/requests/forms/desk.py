"""Forms of the desk door: the filters of the list, one form per step, and the entry of what somebody says."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.place_codes import Level
from jinlin.organisations.models import Duty
from jinlin.platform.widgets import Select
from jinlin.platform.wording import labelled, with_remark
from jinlin.requests.actions import Contact, Judgement, Report
from jinlin.requests.forms import SentOnceForm
from jinlin.requests.forms.photos import WithPhotos
from jinlin.requests.forms.place import WithPlace
from jinlin.requests.models import Channel, Function, Kind, Outcome, Rating, Request, Urgency
from jinlin.requests.queries import desk as queries
from jinlin.requests.queries.desk import Wanted
from jinlin.requests.report import SETS
from jinlin.requests.rules import LONGEST_TITLE

ALL = ("", _("all"))
GROUPS = [
    ALL,
    ("open", _("all open ones")),
    ("to_dispatch", _("to be dispatched")),
    ("to_sign", _("to be signed for")),
    ("at_body", _("at work")),
    ("to_rate", _("waiting for a judgement")),
    ("merged", _("answered through another")),
    ("final", _("finished")),
]
AMONG = [ALL, *((name, words) for name, (words, _narrow) in SETS.items())]
DUE = [ALL, ("overdue", _("overdue")), ("soon", _("due soon")), ("day", _("new, due today or overdue"))]
YES_NO = [("yes", _("yes")), ("no", _("no"))]
OTHER = "other"
"""The choice of a body that the duty list does not suggest."""


def _words(label: Any, *, rows: int = 4, needed: bool = True, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, required=needed, widget=forms.Textarea({"rows": rows}), **options)


def _urgency() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Urgency"), choices=Urgency.choices, widget=forms.RadioSelect)


class CategoryField(forms.ChoiceField):
    """A category of the tree in use; the top entries head their groups."""

    widget = Select

    def fill(self, first: Iterable[tuple[str, str]] = ()) -> None:
        """Take the tree as it is now; `first` are choices that stand above it."""
        names = queries.categories()
        groups: dict[str, list[tuple[str, str]]] = {}
        for code, name in names.items():
            groups.setdefault(names.get(code[:2], name), []).append((code, name))
        self.choices = [*first, *groups.items()]


class FilterForm(forms.Form):
    """The filters of the list, as they stand in the address."""

    q = forms.CharField(label=_("Words or number"), required=False, max_length=100)
    group = forms.ChoiceField(label=_("State"), required=False, choices=GROUPS, widget=Select)
    due = forms.ChoiceField(label=_("Deadline"), required=False, choices=DUE, widget=Select)
    category = CategoryField(label=_("Category"), required=False)
    place = forms.ChoiceField(label=_("Place"), required=False, widget=Select)
    zone = forms.TypedChoiceField(
        label=_("Estate or grid"), required=False, coerce=int, empty_value=None, widget=Select
    )
    body = forms.TypedChoiceField(label=_("Body"), required=False, coerce=int, empty_value=None, widget=Select)
    channel = forms.ChoiceField(label=_("Channel"), required=False, choices=[ALL, *Channel.choices], widget=Select)
    kind = forms.ChoiceField(label=_("Kind of request"), required=False, choices=[ALL, *Kind.choices], widget=Select)
    urgency = forms.ChoiceField(label=_("Urgency"), required=False, choices=[ALL, *Urgency.choices], widget=Select)
    outcome = forms.ChoiceField(label=_("Outcome"), required=False, choices=[ALL, *Outcome.choices], widget=Select)
    first = forms.DateField(label=_("Received from"), required=False, widget=forms.DateInput({"type": "date"}))
    last = forms.DateField(label=_("Received until"), required=False, widget=forms.DateInput({"type": "date"}))
    returned = forms.BooleanField(label=_("sent back"), required=False)
    look = forms.BooleanField(label=_("to be looked at before publication"), required=False)
    among = forms.ChoiceField(label=_("Counted in the figures as"), required=False, choices=AMONG, widget=Select)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].fill([ALL])
        self.fields["place"].choices = [ALL, *self._above(), *queries.place_choices()]
        self.fields["zone"].choices = [ALL, (queries.NO_ZONE, _("outside the estates")), *queries.zone_choices()]
        self.fields["body"].choices = [ALL, *queries.body_choices()]

    @staticmethod
    def _above() -> list[tuple[str, Any]]:
        """Offer what lies in no community, where there is more than one."""
        several = any(len(code) == Level.COMMUNITY for code, _name in queries.place_choices())
        return [(queries.NO_COMMUNITY, _("outside the communities"))] if several else []

    @property
    def wanted(self) -> Wanted:
        """What the list is narrowed to; call it on a valid form."""
        return Wanted(**self.cleaned_data)

    def in_force(self) -> list[tuple[str, str]]:
        """Return (field, words) of the filters that narrow the list."""
        return [(name, self._said(name)) for name in self.fields if self.is_valid() and self._narrows(name)]

    def _narrows(self, name: str) -> bool:
        return self.cleaned_data[name] not in ("", None) and self.cleaned_data[name] is not False

    def _said(self, name: str) -> str:
        field, value = self.fields[name], self.cleaned_data[name]
        if value is True:
            return str(field.label)
        named = self._category_name(value) if name == "category" else dict(getattr(field, "choices", [])).get(value)
        return labelled(field.label, value if named is None else named)

    @staticmethod
    def _category_name(code: str) -> str:
        return queries.categories().get(code, code)


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
    urgency = _urgency()
    note = _words(_("Words to the reporter"), needed=False)
    written = "note"

    def prepare(self) -> None:
        """Offer what triage suggests, unless a person has chosen before."""
        self.fields["category"].fill([("", _("please choose"))])
        suggestion = getattr(self.request, "suggestion", None)
        decided = self.request.category or suggestion is None
        self.initial.setdefault("category", self.request.category if decided else suggestion.category)
        self.initial.setdefault("urgency", self.request.urgency if decided else suggestion.urgency)


class ClassifyForm(AcceptForm):
    """Category and urgency, and why they are corrected."""

    note = None
    reason = _words(_("Why (among officers)"), rows=2, needed=False)
    written = ""


class ReasonForm(StepForm):
    """A reason that the other side reads."""

    reason = _words(_("Reason"))
    written = focus = "reason"


class UnreachedForm(StepForm):
    """Why the reporter could not be reached."""

    reason = _words(_("When and how it was tried"), rows=2)
    focus = "reason"


class GiveForm(StepForm):
    """To which body, on which basis, with which words: one of those that the duty list suggests, or another."""

    choice = forms.ChoiceField(label=_("To whom"), widget=forms.RadioSelect, required=False)
    body = forms.TypedChoiceField(label=_("Another body"), required=False, coerce=int, empty_value=None, widget=Select)
    basis = forms.CharField(label=_("Basis for another body"), required=False, max_length=200)
    words = _words(_("Words to the body"), rows=3, needed=False)

    def prepare(self) -> None:
        """Offer the bodies of the duty list, the closest first, and all others below."""
        duties = [duty for duty in queries.suggested_duties(self.request) if duty.body_id != self._excluded()]
        self.duties: dict[str, Duty] = {str(duty.pk): duty for duty in duties}
        choices = [(value, with_remark(duty.body.name, duty.basis)) for value, duty in self.duties.items()]
        self.fields["choice"].choices = [*choices, (OTHER, _("another body"))]
        self.fields["body"].choices = [("", _("please choose")), *queries.body_choices()]
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

    note = _words(_("Words to the reporter"))
    written = focus = "note"


class InternalNoteForm(StepForm):
    """Words among officers."""

    note = _words(_("Note among officers"), help_text=_("Whoever raised it does not see this."))
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

    note = _words(_("What was added"), needed=False, help_text=_("Whoever raised it sees this."))
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
    answer = _words(_("Answer to the reporter"), help_text=_("What was done, and what it is like now."))
    written = focus = "answer"
    field_order = ["answer", "photos"]

    def clean_outcome(self) -> str:
        """Take what nobody changed as it was offered."""
        return self.cleaned_data["outcome"] or Outcome.FIXED


class CallBackForm(StepForm):
    """What the reporter said in the call-back."""

    responded = forms.ChoiceField(label=_("Did somebody get in touch?"), choices=YES_NO, widget=forms.RadioSelect)
    solved = forms.ChoiceField(label=_("Is it solved?"), choices=Rating.Solved.choices, widget=forms.RadioSelect)
    satisfied = forms.ChoiceField(label=_("How satisfied?"), choices=Rating.Satisfied.choices, widget=forms.RadioSelect)
    comment = _words(_("In their own words"), rows=2, needed=False)
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


class EntryForm(WithPhotos, WithPlace, SentOnceForm):
    """What somebody says by telephone or at the desk."""

    CHANNELS = [Channel.PHONE, Channel.WALK_IN, Channel.HOTLINE, Channel.PAPER, Channel.WECHAT]

    channel = forms.ChoiceField(
        label=_("How it came"), choices=[(one.value, one.label) for one in CHANNELS], widget=forms.RadioSelect
    )
    text = _words(_("In their own words"), rows=5)
    title = forms.CharField(label=_("In one line"), required=False, max_length=LONGEST_TITLE)
    function = forms.ChoiceField(
        label=_("What they want"),
        choices=[(value, name) for value, name in Function.choices if value != Function.WISH],
        initial=Function.HELP,
    )
    category = CategoryField(label=_("Category"), required=False, help_text=_("If it is clear already."))
    name = forms.CharField(label=_("Name"), required=False, max_length=60)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=24)
    anonymous = forms.BooleanField(label=_("They want to stay anonymous"), required=False)
    wished_public = forms.BooleanField(
        label=_("They wish it to be public"),
        required=False,
        help_text=_("A person looks at it first; name and number stay covered."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].fill([("", _("not yet"))])
        self.initial.setdefault("channel", Channel.PHONE)

    def report(self) -> Report:
        """Return what was said, as the action takes it."""
        given = self.cleaned_data
        names = ("text", "title", "category", "function", "channel", "anonymous", "wished_public")
        return Report(**{name: given[name] for name in names}, where=self.where(), photos=self.kept_photos)

    def contact(self) -> Contact:
        """Return how they can be reached."""
        return Contact(self.cleaned_data["name"], self.cleaned_data["phone"])


class PublishForm(StepForm):
    """The words, the place and the photos that become public, as the person who looks lets them through."""

    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE)
    text = _words(_("Text"), rows=8)
    answer = _words(_("Answer"), rows=5, needed=False)
    place = forms.ChoiceField(label=_("How closely the place is shown"), widget=forms.RadioSelect)
    photo_ids = forms.TypedMultipleChoiceField(
        label=_("Photos"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    read = forms.BooleanField(
        label=_("I have read it; no name of a resident is in it"),
        error_messages={
            "required": _("Please read title, text and answer, and tick that no name of a resident is in them.")
        },
    )

    @property
    def chosen_photos(self) -> set[int]:
        """The photos that are ticked now."""
        return {int(value) for value in self["photo_ids"].value() or [] if str(value).isdecimal()}

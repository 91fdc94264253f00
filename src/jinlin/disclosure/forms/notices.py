"""The forms of notices: drafting, the look before posting, changes, proofs, objections and answers, filters."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.disclosure.actions import Answer, Look, Objector
from jinlin.disclosure.states import Finding, NoticeState
from jinlin.people.forms import DayField
from jinlin.platform.dates import today
from jinlin.platform.forms import KeyedForm
from jinlin.platform.photo_fields import PhotosField
from jinlin.platform.sends import Door
from jinlin.platform.widgets import Select

Choices = Iterable[tuple[Any, Any]]
SEARCH = forms.TextInput({"type": "search", "data-key-search": True})
READ = _("I have read it; it tells nothing of anybody that must not be public")


def _text(label: Any, *, rows: int = 8, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea({"rows": rows}), **more)


class DoorForm(KeyedForm):
    """A form whose key and seen version go to an action as its door."""

    def door(self) -> Door:
        """Return what the door knows of this send."""
        return Door(seen=self.cleaned_data["seen"], key=self.cleaned_data["key"])


class RedraftForm(DoorForm):
    """The words and the period of a draft."""

    title = forms.CharField(label=pgettext_lazy("public notice", "Title"), max_length=120)
    text = _text(pgettext_lazy("public notice", "Text"))
    days = forms.IntegerField(
        label=pgettext_lazy("public notice", "For how many days"),
        required=False,
        help_text=_("Left empty, it is the least of its kind."),
    )


class NoticeForm(RedraftForm):
    """A notice to draft."""

    kind = forms.ChoiceField(label=pgettext_lazy("public notice", "Kind"), widget=Select)
    place = forms.ChoiceField(label=_("Community"), widget=Select)
    zone = forms.ChoiceField(label=_("Estate"), required=False, widget=Select)
    body = forms.ChoiceField(label=pgettext_lazy("public notice", "Posted by"), widget=Select)
    photos = PhotosField(
        label=_("Photos"), help_text=_("At most 9. Where a photo was taken is removed from it."), required=False
    )
    field_order = ["kind", "title", "text", "days", "place", "zone", "body", "photos"]

    def __init__(
        self, *args: Any, kinds: Choices, places: Choices, zones: Choices, bodies: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(kinds)
        self.fields["place"].choices = list(places)
        self.fields["zone"].choices = [("", _("the whole community")), *zones]
        self.fields["body"].choices = list(bodies)


class WithStretches(DoorForm):
    """A form with words that become public: the stretches that look personal are confirmed one by one."""

    allowed = forms.MultipleChoiceField(
        label=_("These may be shown"),
        help_text=_("Names and office telephones, as in a list of candidates. Tick each that belongs in public."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    read = forms.BooleanField(label=READ, required=False)

    def __init__(self, *args: Any, stretches: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["allowed"].choices = [(stretch, stretch) for stretch in stretches]
        if not stretches:
            del self.fields["allowed"]
        self.order_fields([*(name for name in self.fields if name not in {"allowed", "read"}), "allowed", "read"])

    @property
    def confirmed(self) -> list[str]:
        """The stretches that were ticked."""
        return self.cleaned_data.get("allowed", [])


class LookForm(WithStretches):
    """What everybody will read, beside the original."""

    title = forms.CharField(label=pgettext_lazy("public notice", "Title"), max_length=120)
    text = _text(pgettext_lazy("public notice", "Text"), rows=12)

    def look(self) -> Look:
        """Return what was let through as the action takes it."""
        given = self.cleaned_data
        return Look(given["title"], given["text"], given["read"], self.confirmed)


class ChangeForm(LookForm):
    """A running notice with other words."""

    reason = forms.CharField(
        label=_("Why it is changed"), max_length=300, help_text=_("Everybody reads it beside the new version.")
    )


class WordsForm(DoorForm):
    """The words of a step."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 3}))


class ProofForm(DoorForm):
    """Where the paper hangs, with a photo of it."""

    place = forms.ChoiceField(label=_("Building"), widget=Select)
    spot = forms.CharField(
        label=pgettext_lazy("public notice", "Where it hangs"), max_length=60, help_text=_("Such as: entrance hall.")
    )
    on = DayField(label=_("Day"), initial=today)
    photo = forms.FileField(
        label=_("Photo of it"),
        help_text=_("Only the paper and the wall. Where a photo was taken is removed from it."),
        widget=forms.ClearableFileInput({"accept": "image/*"}),
    )

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = list(places)


class ObjectForm(DoorForm):
    """What somebody objects to."""

    text = _text(_("What do you object to, and why"), rows=5, max_length=2000)


class PaperForm(ObjectForm):
    """An objection that came on paper or was spoken."""

    received_on = DayField(label=_("Received"), initial=today)
    name = forms.CharField(label=_("Who objects"), required=False, max_length=60)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=20)

    def objector(self) -> Objector:
        """Return who handed it in."""
        return Objector(self.cleaned_data["name"], self.cleaned_data["phone"])


class AnswerForm(WithStretches):
    """What an objection came to, and what everybody reads of it."""

    finding = forms.ChoiceField(
        label=pgettext_lazy("objection", "What came of it"), choices=Finding, widget=forms.RadioSelect
    )
    summary = forms.CharField(
        label=pgettext_lazy("objection", "The objection in short"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Everybody reads it, so nothing about who objected."),
    )
    answer = _text(_("Answer"), rows=5, max_length=5000)

    def given(self) -> Answer:
        """Return what was entered as the action takes it."""
        said = self.cleaned_data
        return Answer(said["finding"], said["summary"], said["answer"], said["read"], self.confirmed)


class ShownForm(forms.Form):
    """The filters of the notice board."""

    place = forms.ChoiceField(label=_("Place"), required=False, widget=Select)
    kind = forms.ChoiceField(label=pgettext_lazy("public notice", "Kind"), required=False, widget=Select)
    show = forms.ChoiceField(
        label=_("Which notices"),
        required=False,
        choices=[("", _("posted now")), ("ended", pgettext_lazy("public notices", "ended"))],
        widget=Select,
    )

    def __init__(self, *args: Any, places: Choices, kinds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", _("all")), *places]
        self.fields["kind"].choices = [("", _("all")), *kinds]


class SortForm(forms.Form):
    """The filters of the desk's list."""

    q = forms.CharField(label=_("Words"), required=False, max_length=80, widget=SEARCH)
    kind = forms.ChoiceField(label=pgettext_lazy("public notice", "Kind"), required=False, widget=Select)
    state = forms.ChoiceField(
        label=pgettext_lazy("public notice", "State"),
        required=False,
        choices=[("", _("all")), ("waiting", _("objections without an answer")), *NoticeState.choices],
        widget=Select,
    )

    def __init__(self, *args: Any, kinds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("all")), *kinds]

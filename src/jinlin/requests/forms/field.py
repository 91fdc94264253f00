"""Forms of the field door: snap, raise for another, opinion note, service matter, work on the spot."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jinlin.requests.actions import Contact, Report
from jinlin.requests.actions.field import LONGEST_OPINION
from jinlin.requests.forms import SentOnceForm
from jinlin.requests.forms.device import WithDeviceClock
from jinlin.requests.forms.photos import WithPhotos
from jinlin.requests.forms.place import WithPlace
from jinlin.requests.models import Channel, Function
from jinlin.requests.queries.field import topics

SAID = [(Channel.VISIT.value, _("they are here")), (Channel.PHONE.value, _("they called"))]


def topic_choices() -> list[tuple[str, str]]:
    """Return the topics in the reader's language."""
    chinese = (get_language() or "").startswith("zh")
    return [(row.code, row.name if chinese else row.name_en) for row in topics()]


class WithTopic(forms.Form):
    """Adds the choice of a topic, the top of the category tree."""

    category = forms.ChoiceField(label=_("What it is about"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [("", "—"), *topic_choices()]


class SnapForm(WithPlace, WithPhotos, WithTopic, WithDeviceClock, SentOnceForm):
    """A photo report from the spot; a topic alone is enough of words."""

    text = forms.CharField(label=_("What is wrong"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    field_order = ["photos", "category", "place", "text"]

    def clean(self) -> dict[str, Any]:
        """Ask for words or a topic, and for a place."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("text") and not cleaned.get("category"):
            self.add_error("text", _("Please choose what it is about, or say it in words."))
        if not self.errors and self.where().is_empty:
            self.add_error("place", _("Please say where it is: a place, a point, or words."))
        return cleaned

    def report(self) -> Report:
        """Return what was entered as the action takes it."""
        given = self.cleaned_data
        return Report(
            text=given["text"] or dict(topic_choices())[given["category"]],
            category=given["category"],
            function=Function.SNAP,
            channel=Channel.VISIT,
            where=self.where(),
            photos=self.kept_photos,
            age=self.age(),
        )


class WithContact(forms.Form):
    """Adds how somebody can be reached, if they agree."""

    name = forms.CharField(label=_("Their name"), max_length=60, required=False)
    phone = forms.CharField(
        label=_("Their telephone number"),
        help_text=_("Only if they agree; those who handle it may call them."),
        max_length=24,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )

    receipt_by_sms = forms.BooleanField(label=_("Send them the receipt as a text message"), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the number that the receipt shall go to."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("receipt_by_sms") and not cleaned.get("phone"):
            self.add_error("phone", _("Please write the number to which the receipt shall go."))
        return cleaned

    def contact(self) -> Contact:
        """Return what was entered as the action takes it."""
        given = self.cleaned_data
        return Contact(name=given["name"], phone=given["phone"], receipt_by_sms=given["receipt_by_sms"])


class ForOtherForm(WithPlace, WithPhotos, WithContact, WithDeviceClock, SentOnceForm):
    """What somebody says in person or by telephone, written down and read back to them."""

    channel = forms.ChoiceField(label=_("How do they say it"), choices=SAID, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("They say"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Please write down what they say.")},
    )
    wished_public = forms.BooleanField(label=_("They wish it to be public"), required=False)
    read_back = forms.BooleanField(
        label=_("I have read it back to them, and what becomes public, and they agree"),
        error_messages={"required": _("Please read it back to them before you send it.")},
    )

    def report(self, function: str = Function.COMPLAINT) -> Report:
        """Return what was entered as the action takes it."""
        given = self.cleaned_data
        return Report(
            text=given["text"],
            function=function,
            channel=given["channel"],
            where=self.where(),
            wished_public=given["wished_public"],
            photos=self.kept_photos,
            age=self.age(),
        )


class MatterForm(ForOtherForm):
    """A service matter that the neighbour head brings about."""

    wished_public = None

    def report(self, function: str = Function.MATTER) -> Report:
        """Return what was entered as the action takes it."""
        self.cleaned_data["wished_public"] = False
        return super().report(function)


class OpinionForm(WithPlace, WithTopic, SentOnceForm):
    """An opinion in a few words, under a topic, without names."""

    text = forms.CharField(
        label=_("What do they think"),
        help_text=_("In one or two sentences, without names and telephone numbers."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_OPINION}),
        error_messages={"required": _("Please say what happened; a few words are enough.")},
    )
    field_order = ["text", "category", "place"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].required = True
        self.fields["category"].error_messages["required"] = _("Please choose what it is about.")


class HandleForm(WithPhotos, SentOnceForm):
    """The result of work on the spot."""

    answer = forms.CharField(
        label=_("What was done"),
        help_text=_("Whoever raised it reads this."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Please say what was done; without an answer it cannot be closed.")},
    )


class ReasonForm(SentOnceForm):
    """A step that needs a reason."""

    reason = forms.CharField(
        label=_("Why"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Please give the reason.")},
    )

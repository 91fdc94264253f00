"""Forms of the resident door: raise, follow, add, withdraw, rate."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.chinese_text import find_personal, mask_personal
from jinlin.people.models import Mandate
from jinlin.playbooks.schema import Playbook
from jinlin.requests.actions import Judgement, Report
from jinlin.requests.forms import SentOnceForm
from jinlin.requests.forms.photos import WithPhotos
from jinlin.requests.forms.place import WithPlace
from jinlin.requests.models import Channel, Function, Rating
from jinlin.requests.queries.choices import categories

YES_NO = [("yes", _("yes")), ("no", _("no"))]


class RaiseForm(WithPlace, WithPhotos, SentOnceForm):
    """What a resident, or anybody, raises."""

    text = forms.CharField(
        label=_("What happened"),
        help_text=_("What is it, what is wrong with it, since when? Your own words are best."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Please say what happened; a few words are enough.")},
    )
    function = forms.ChoiceField(label=_("What it is about"), widget=forms.RadioSelect, required=False)
    for_person = forms.TypedChoiceField(
        label=_("In whose name"), widget=forms.RadioSelect, required=False, coerce=int, empty_value=None
    )
    anonymous = forms.BooleanField(label=_("Do not tie it to my account; I follow it by its code"), required=False)
    wished_public = forms.BooleanField(label=_("Let everybody read it, once a person has looked at it"), required=False)
    hide = forms.ChoiceField(
        label=_("Hide this?"),
        choices=[("yes", _("hide it before sending")), ("no", _("send it as it is"))],
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(
        self, *args: Any, playbook: Playbook, mandates: Sequence[Mandate], signed_in: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["function"].choices = function_choices(playbook)
        self.fields["for_person"].choices = [
            ("", _("my own")),
            *((row.principal_id, row.principal.name) for row in mandates),
        ]
        if not mandates:
            del self.fields["for_person"]
        if not signed_in:
            del self.fields["anonymous"]
        self.signed_in = signed_in
        self.masked = ""

    def clean(self) -> dict[str, Any]:
        """Ask whether personal data shall be hidden, where it is wished public."""
        cleaned = super().clean() or self.cleaned_data
        text = cleaned.get("text", "")
        if cleaned.get("wished_public") and not cleaned.get("hide") and find_personal(text):
            self.masked = mask_personal(text)[0]
            self.add_error("hide", _("Your words hold something that tells who somebody is. Please choose."))
        return cleaned

    def report(self) -> Report:
        """Return what was entered as the action takes it."""
        given = self.cleaned_data
        text = mask_personal(given["text"])[0] if given["hide"] == "yes" else given["text"]
        return Report(
            text=text,
            function=given["function"] or (Function.SNAP if self.kept else Function.COMPLAINT),
            channel=Channel.ONLINE,
            where=self.where(),
            anonymous=not self.signed_in or given["anonymous"],
            wished_public=given["wished_public"],
            photos=self.kept_photos,
        )


def function_choices(playbook: Playbook) -> list[tuple[str, str]]:
    """Return the entrances under the names that the place gives them, each with its hint."""
    chinese = (get_language() or "").startswith("zh")
    return [(row.code, f"{row.name}：{row.hint}" if chinese else row.name_en) for row in playbook.function]


class FollowForm(forms.Form):
    """Number and code of a request."""

    number = forms.CharField(
        label=_("Number"), help_text=_("Such as 20260508-0012; it is on the receipt."), max_length=40
    )
    code = forms.CharField(
        label=_("Follow code"),
        help_text=_("Twelve letters and digits, on the receipt below the number."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


class AddForm(WithPhotos, SentOnceForm):
    """More words and photos."""

    note = forms.CharField(
        label=_("What else should we know"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )


class WithdrawForm(SentOnceForm):
    """Taking it back, with or without a reason."""

    reason = forms.CharField(
        label=_("Why, if you like to say"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )


class UnpublishForm(SentOnceForm):
    """Taking one's own public request out of view again, with or without a reason."""

    reason = forms.CharField(
        label=_("Why, if you like to say"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )


class RateForm(SentOnceForm):
    """The three questions: was there an answer, is it solved, are you satisfied."""

    responded = forms.ChoiceField(
        label=_("Did somebody get in touch with you or answer?"), choices=YES_NO, widget=forms.RadioSelect
    )
    solved = forms.ChoiceField(label=_("Is it solved?"), choices=Rating.Solved, widget=forms.RadioSelect)
    satisfied = forms.ChoiceField(label=_("Are you satisfied?"), choices=Rating.Satisfied, widget=forms.RadioSelect)
    ask_again = forms.ChoiceField(
        label=_("If it is not solved, what now?"),
        choices=[("yes", _("send it back to work")), ("no", _("leave it at that"))],
        widget=forms.RadioSelect,
        required=False,
    )
    comment = forms.CharField(label=_("In your words"), widget=forms.Textarea(attrs={"rows": 3}), required=False)

    def judgement(self) -> Judgement:
        """Return what was answered as the action takes it."""
        given = self.cleaned_data
        return Judgement(
            responded=given["responded"] == "yes",
            solved=given["solved"],
            satisfied=given["satisfied"],
            comment=given["comment"],
        )


class ReopenForm(SentOnceForm):
    """What is still wrong."""

    reason = forms.CharField(label=_("What is still wrong"), widget=forms.Textarea(attrs={"rows": 3}))


class AgainForm(SentOnceForm):
    """Under which category it is submitted again, and why."""

    category = forms.ChoiceField(label=_("What it is about"))
    reason = forms.CharField(label=_("In your words"), widget=forms.Textarea(attrs={"rows": 3}), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = list(categories().items())

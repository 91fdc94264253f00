"""What becomes public of a request, as the person who looks lets it through."""

from django import forms
from django.utils.translation import gettext_lazy as _

from jinlin.requests.forms.fields import words_field
from jinlin.requests.forms.steps import StepForm
from jinlin.requests.rules import LONGEST_TITLE


class PublishForm(StepForm):
    """The words, the place and the photos that become public, as the person who looks lets them through."""

    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE)
    text = words_field(_("Text"), rows=8)
    answer = words_field(_("Answer"), rows=5, needed=False)
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

"""What a reader of public records may ask for, as it stands in the address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.point_index import Box
from jinlin.disclosure.queries import Wanted, category_choices, place_choices
from jinlin.platform.widgets import Select
from jinlin.platform.wording import labelled

FINISHED = [("", _("all")), ("no", _("under way")), ("yes", _("finished"))]


class WantedForm(forms.Form):
    """The filters of the public list."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    place = forms.ChoiceField(label=_("Place"), required=False, widget=Select)
    category = forms.ChoiceField(label=_("Category"), required=False, widget=Select)
    finished = forms.ChoiceField(label=_("State"), required=False, choices=FINISHED, widget=Select)
    first = forms.DateField(label=_("Raised from"), required=False, widget=forms.DateInput({"type": "date"}))
    last = forms.DateField(label=_("Raised until"), required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", _("all")), *place_choices()]
        self.fields["category"].choices = [("", _("all")), *category_choices()]

    @property
    def wanted(self) -> Wanted:
        """What is looked for, as far as it could be read; what could not is left out and shown as an error."""
        given = getattr(self, "cleaned_data", {})
        return Wanted(
            words=given.get("q", ""),
            place=given.get("place", ""),
            category=given.get("category", ""),
            finished={"yes": True, "no": False}.get(given.get("finished", "")),
            first_day=given.get("first"),
            last_day=given.get("last"),
        )

    def in_force(self) -> list[tuple[str, str]]:
        """Return (field, words) of the filters that narrow the list."""
        return [(name, self._said(name)) for name in self.fields if self.is_valid() and self.cleaned_data.get(name)]

    def _said(self, name: str) -> str:
        value = self.cleaned_data[name]
        choices = dict(getattr(self.fields[name], "choices", []))
        return labelled(self.fields[name].label, choices.get(value, value))


class BoxField(forms.CharField):
    """`west,south,east,north` in degrees; empty for everywhere."""

    default_error_messages = {"invalid": _("Write bbox as west,south,east,north in degrees.")}

    def clean(self, value: str) -> Box | None:
        """Return the box, None for an empty text; raises ValidationError."""
        text = super().clean(value)
        if not text:
            return None
        try:
            box = Box(*map(float, text.split(",")))
        except (TypeError, ValueError):
            raise forms.ValidationError(self.error_messages["invalid"]) from None
        if not (-180 <= box.west <= box.east <= 180 and -90 <= box.south <= box.north <= 90):
            raise forms.ValidationError(self.error_messages["invalid"])
        return box


class BoxForm(forms.Form):
    """What a map without filters asks for, so that no list of choices is read."""

    bbox = BoxField(required=False, max_length=120)
    ground = forms.BooleanField(required=False)
    wanted = Wanted()


class PointsForm(WantedForm):
    """The filters of the list, the box of the map, and whether the place's boundaries belong to the answer."""

    bbox = BoxField(required=False, max_length=120)
    ground = forms.BooleanField(required=False)

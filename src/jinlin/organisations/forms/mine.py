"""The forms with which a person answers an offer and writes the pledge of a post."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jinlin.organisations.actions import PledgeItem
from jinlin.people.forms import DayField

ITEMS = 5


class AcceptForm(forms.Form):
    """Accept a post, and say whether one's name may be shown."""

    listed = forms.BooleanField(
        label=_("My name and my hours may be shown to the residents"),
        required=False,
        help_text=_("You can change this at any time. Your telephone number is never shown."),
    )


class PledgeForm(forms.Form):
    """What one pledges, each item with its day; lines that stay empty are left out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, ITEMS + 1):
            self.fields[f"words_{number}"] = forms.CharField(
                label=_("Item %(number)s") % {"number": number}, required=False, max_length=120
            )
            self.fields[f"due_on_{number}"] = DayField(label=_("Done by"), required=False)

    @property
    def items(self) -> list[PledgeItem]:
        """The items that were written."""
        lines = [
            PledgeItem(self.cleaned_data[f"words_{number}"].strip(), self.cleaned_data[f"due_on_{number}"])
            for number in range(1, ITEMS + 1)
        ]
        return [item for item in lines if item.words or item.due_on]

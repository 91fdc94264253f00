"""The form with which a line is written into a sheet, and the one for a file."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jinlin.organisations.forms.bodies import shown
from jinlin.people.forms import DayField
from jinlin.platform.dates import today
from jinlin.platform.widgets import Select
from jinlin.playbooks.schema import Item

YES_NO = [("yes", _("yes")), ("no", _("no"))]


class LineForm(forms.Form):
    """One new line about a subject: an item, its value, since when, and the proof."""

    item = forms.ChoiceField(label=_("Column"), widget=forms.HiddenInput)
    holds_from = DayField(label=_("Since"), initial=today)
    evidence = forms.CharField(
        label=_("Evidence"), required=False, max_length=200, help_text=_("Number or name of the document.")
    )

    def __init__(self, *args: Any, items: Sequence[Item], item: Item, **kwargs: Any) -> None:
        super().__init__(*args, initial={"item": item.key}, **kwargs)
        self.fields["item"].choices = [(row.key, row.name) for row in items]
        self.item = item
        self.fields["value"] = value_field(item)
        self.order_fields(["item", "value", "holds_from", "evidence"])

    @property
    def written(self) -> Any:
        """The value as the sheet keeps it."""
        given = self.cleaned_data["value"]
        return given == "yes" if self.item.kind == "yes_no" else given


def value_field(item: Item) -> forms.Field:
    """Return the field for a value of an item."""
    label = shown(item)
    match item.kind:
        case "yes_no":
            return forms.ChoiceField(label=label, choices=YES_NO, widget=forms.RadioSelect)
        case "count":
            return forms.IntegerField(label=label, min_value=0)
        case "choice":
            return forms.ChoiceField(
                label=label, choices=[(row.key, shown(row)) for row in item.choices], widget=Select
            )
        case _:
            return forms.CharField(label=label, max_length=300)


class FileForm(forms.Form):
    """A spreadsheet to take in."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("XLSX, XLS, ODS or CSV with the headers of the template. All rows are taken in, or none."),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.gz"}),
        error_messages={"required": _("Choose a file.")},
    )

"""The form that takes a roster file."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RosterForm(forms.Form):
    """The file to take in."""

    file = forms.FileField(
        label=_("Spreadsheet with posts"),
        help_text=_("XLSX, XLS, ODS, CSV or CSV.gz, one row for each post."),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.gz"}),
        error_messages={"required": _("Choose a file.")},
    )

"""The forms of a register's import: the file, and which of its columns is which field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jinlin.territory.imports import HOME_COLUMNS


class RegisterForm(forms.Form):
    """The file to take in."""

    file = forms.FileField(
        label=_("Spreadsheet with buildings and homes"),
        help_text=_("XLSX, XLS, ODS, CSV or CSV.gz, at most 50 MB, one row for each home."),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.gz"}),
        error_messages={"required": _("Choose a file.")},
    )


class MatchForm(forms.Form):
    """For each field the column of the file that holds it; `mapping` is what somebody has chosen."""

    def __init__(self, *args: Any, headers: Sequence[str], columns: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("not in the file")), *((header, header) for header in headers)]
        for column in HOME_COLUMNS:
            self.fields[column.name] = forms.ChoiceField(
                label=column.label,
                help_text=column.hint,
                choices=choices,
                required=column.needed,
                initial=columns.get(column.name, ""),
                error_messages={"required": _("Choose the column that holds it.")},
            )

    def clean(self) -> dict[str, Any]:
        """Refuse one column for two fields."""
        taken: dict[str, str] = {}
        for name, header in list(self.cleaned_data.items()):
            if header and taken.setdefault(header, name) != name:
                self.add_error(name, _("This column is chosen for another field already."))
        return self.cleaned_data

    @property
    def mapping(self) -> dict[str, str]:
        """{header: field} as chosen."""
        return {header: name for name, header in self.cleaned_data.items() if header}

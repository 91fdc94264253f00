"""The forms with which a district sets a value of its work method and gives it back."""

import re
import unicodedata
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jinlin.playbooks.actions import LONGEST_REASON
from jinlin.playbooks.adjusting import LISTS, MONEY, SHARES, Adjustable

SHARE = re.compile(r"(\d{1,4})(?:/(\d{1,4})|%)", re.ASCII)
WHOLE = re.compile(r"\d{1,9}", re.ASCII)


class ReasonForm(forms.Form):
    """Why a value is set or given back."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        help_text=_("Number or name of the decision, or why the place differs."),
    )


class ValueForm(ReasonForm):
    """A value of the work method: a whole number, a share, an amount in yuan, or names with one on each line."""

    field_order = ("value", "reason")
    value = forms.CharField(label=_("Value here"))

    def __init__(self, *args: Any, found: Adjustable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.column = found.column
        field = self.fields["value"]
        field.initial = _as_written(found.column, found.value)
        if found.column in LISTS:
            field.widget = forms.Textarea(attrs={"rows": 10})
            field.required = False
            field.help_text = _("One name on each line.")
        elif found.column in SHARES:
            field.help_text = _("A fraction or a percentage, such as 4/5 or 80%.")
        else:
            field.widget.attrs["inputmode"] = "numeric"

    def clean_value(self) -> Any:
        """Read what was written; full-width digits count as digits."""
        text = unicodedata.normalize("NFKC", self.cleaned_data["value"]).strip()
        if self.column in LISTS:
            return [line.strip() for line in text.splitlines() if line.strip()]
        if self.column in SHARES:
            return _share(text)
        number = text.replace(",", "")
        if not WHOLE.fullmatch(number):
            raise forms.ValidationError(_("Write a whole number."))
        return int(number) * 100 if self.column in MONEY else int(number)


def _share(text: str) -> str:
    parts = SHARE.fullmatch(text.replace(" ", ""))
    below = int(parts[2] or 100) if parts else 0
    if not parts or not below:
        raise forms.ValidationError(_("Write a fraction or a percentage, such as 4/5 or 80%."))
    return str(Fraction(int(parts[1]), below))


def _as_written(column: str, value: Any) -> str:
    if value is None:
        return ""
    if column in LISTS:
        return "\n".join(value)
    return str(value // 100 if column in MONEY else value)

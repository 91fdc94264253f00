"""Says what is wrong with a field in words that stand alone, the same in the summary above a form and at the field."""

from django.core.exceptions import ValidationError
from django.forms import Field
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

USUAL = Field.default_error_messages["required"]


def errors_in_words(bound: BoundField) -> list[str]:
    """Return the errors of a field; one that is only missing, and has no words of its own for that, is called by its label."""
    return [_in_words(bound, error) for error in bound.errors.as_data()]


def _in_words(bound: BoundField, error: ValidationError) -> str:
    if error.code == "required" and error.message == USUAL and bound.label:
        return _("Please fill in: %(label)s.") % {"label": bound.label}
    return " ".join(error.messages)

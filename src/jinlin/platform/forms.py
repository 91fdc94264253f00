"""How a form shows what an action refused."""

from django import forms

from jinlin.platform.errors import JinlinError


def show_refusal(form: forms.Form, error: JinlinError) -> None:
    """Put the reasons of a refused action at the fields that they are about, and the others above the form."""
    for field, why in error.fields.items():
        form.add_error(field if field in form.fields else None, str(why))
    if not error.fields:
        form.add_error(None, str(error))

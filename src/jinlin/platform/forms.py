"""What the pages of all apps do with forms: bind what was sent, and show what an action refused."""

from collections.abc import Mapping

from django import forms
from django.http import HttpRequest, QueryDict

from jinlin.platform.errors import JinlinError


def show_refusal(form: forms.Form, error: JinlinError, names: Mapping[str, str] | None = None) -> None:
    """Put the reasons of a refused action at the fields that they are about, and the others above the form.

    `names` says where the form has another name for what the action calls so.
    """
    for field, why in error.fields.items():
        shown_at = (names or {}).get(field, field)
        form.add_error(shown_at if shown_at in form.fields else None, str(why))
    if not error.fields:
        form.add_error(None, str(error))


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent with, an empty form too, or None while it is only looked at."""
    return request.POST if request.method == "POST" else None


def status_of(form: forms.Form) -> int:
    """Return 422 for a form that is sent back, else 200."""
    return 422 if form.is_bound and form.errors else 200

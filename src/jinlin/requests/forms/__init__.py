"""Forms of the requests app, one module per door; what they share is here."""

from secrets import token_urlsafe
from typing import Any

from django import forms

from jinlin.platform import forms as platform_forms
from jinlin.platform.errors import JinlinError

FIELD_OF = {"place_code": "place", "place_text": "place"}
"""Where a form has another name for what an action calls so."""


def show_refusal(form: forms.Form, error: JinlinError) -> None:
    """Put the reasons of a refused action at the fields that they are about, and the others above the form."""
    platform_forms.show_refusal(form, error, FIELD_OF)


class SentOnceForm(forms.Form):
    """A form that carries what makes a second send harmless: a random key, and the version that the person saw."""

    key = forms.CharField(max_length=60, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: int | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": new_key(), "version": version} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def renew(self, version: int | None = None) -> None:
        """Give the form that goes back a new key and the present version, so that sending it again is a send of its own."""
        self.data = self.data.copy()
        self.data[self.add_prefix("key")] = new_key()
        self.data[self.add_prefix("version")] = "" if version is None else version


def new_key() -> str:
    """Return a random key for one send."""
    return token_urlsafe(16)

"""What the pages of all apps do with forms: bind what was sent, and show what an action refused."""

from collections.abc import Callable, Mapping
from secrets import token_urlsafe
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from jinlin.platform.errors import JinlinError, NotFound, NotSignedIn, Stale
from jinlin.platform.sends import Door, RepeatedSend


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


class KeyedForm(forms.Form):
    """A form that carries what makes a second send harmless: a random key, and the state that the person saw."""

    key = forms.CharField(max_length=60, widget=forms.HiddenInput)
    seen = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, seen: str = "", **kwargs: Any) -> None:
        kwargs["initial"] = {"key": token_urlsafe(16), "seen": seen} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def door(self) -> Door:
        """Return what the action has to know of this send."""
        return Door(seen=self.cleaned_data["seen"], key=self.cleaned_data["key"])

    def renew(self, *, moved: bool = False) -> None:
        """Give the form that goes back a new key, so that sending it again is a send of its own.

        With `moved` the person has just been told that things stand otherwise now, and answers to that from here on.
        """
        self.data = self.data.copy()
        self.data["key"] = token_urlsafe(16)
        if moved:
            self.data["seen"] = self.initial["seen"]


def acted(form: KeyedForm, act: Callable[[], object], names: Mapping[str, str] | None = None) -> int:
    """Check the form and act; return 200, also when it was done before, or the status with which the form goes back.

    `names` is as for `show_refusal`.

    Raises:
        NotFound, NotSignedIn.
    """
    if not form.is_valid():
        return 422
    try:
        act()
    except RepeatedSend:
        return 200
    except (NotFound, NotSignedIn):
        raise
    except JinlinError as error:
        show_refusal(form, error, names)
        form.renew(moved=isinstance(error, Stale))
        return error.status
    return 200

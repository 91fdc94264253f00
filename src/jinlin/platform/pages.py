"""The pages of all doors that ask for what a verb needs and do it, and who may come in at the desk."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from jinlin.platform.access import Role
from jinlin.platform.doors import View, for_holders_of
from jinlin.platform.errors import Words
from jinlin.platform.forms import KeyedForm, acted

READ_WRITE = ["GET", "HEAD", "POST"]
"""The methods of a page with a form."""


def page_for(roles: Collection[Role]) -> Callable[[View], View]:
    """Keep a page to those who hold one of `roles`, and out of caches; the view gets the actor after the request."""

    def kept(view: View) -> View:
        return never_cache(for_holders_of(roles)(view))

    return kept


def step_page(
    request: HttpRequest,
    form: KeyedForm,
    act: Callable[[], object],
    *,
    template: str,
    shown: Mapping[str, Any],
    done: Words | Callable[[], Words] = "",
    back: str | Callable[[], str],
    names: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Show the form of a verb, or do what it is for, say so and go back; what is refused stands at its field.

    Sent again, or seen in a state that has passed, is told as `acted` tells it, and nothing that was entered is lost.
    `back` is an address; both it and `done` are asked after the act where they depend on what was made, and nothing is said
    without words. `names` is as for `show_refusal`.

    Raises:
        NotFound, NotSignedIn.
    """
    status = acted(form, act, names) if form.is_bound else 200
    if form.is_bound and status == 200:
        if words := str(done() if callable(done) else done):
            messages.success(request, words)
        return redirect(back() if callable(back) else back)
    return render(request, template, {"form": form, **shown}, status=status)

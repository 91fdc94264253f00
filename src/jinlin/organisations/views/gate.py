"""What the desk's pages about bodies share: who may come in, and how a form becomes a page."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jinlin.organisations import rules
from jinlin.organisations.models import Body
from jinlin.organisations.queries.bodies import body_visible_to
from jinlin.platform.access import Actor
from jinlin.platform.doors import kept_by
from jinlin.platform.errors import Invalid, NotAllowed, NotFound, Words, WrongState
from jinlin.platform.forms import show_refusal, status_of


def _must_hold_a_post(actor: Actor) -> None:
    actor.must_be_signed_in()
    if not actor.grants and not rules.bodies_of(actor).exists():
        raise NotAllowed


desk = kept_by(_must_hold_a_post)
"""Lets those come in who hold a post, with or without rights; the view gets the actor after the request."""


def body_or_404(actor: Actor, body_id: int) -> Body:
    """Return a body that the actor may look at.

    Raises:
        NotFound.
    """
    body = body_visible_to(actor, body_id)
    if body is None:
        raise NotFound
    return body


def form_page(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[], object],
    *,
    title: Words,
    submit: Words,
    back_url: str,
    done: Words,
    names: dict[str, str] | None = None,
    lead: Words = "",
    next_url: Callable[[Any], str] | None = None,
    base: str = "web/desk.html",
) -> HttpResponse:
    """Show a form, or do what it is for and go on; what is refused stands at the fields that it is about."""
    if form.is_bound and form.is_valid():
        try:
            made = act()
            messages.success(request, str(done))
            return redirect(next_url(made) if next_url else back_url)
        except (Invalid, WrongState) as error:
            show_refusal(form, error, names)
            if error.why and error.fields:
                form.add_error(None, str(error.why))
    shown = {"form": form, "title": title, "submit": submit, "back_url": back_url, "lead": lead, "base": base}
    return render(request, "organisations/desk/form.html", shown, status=status_of(form))

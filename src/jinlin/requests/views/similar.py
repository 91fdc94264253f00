"""Shown while somebody writes: what was raised near by already and says nearly the same."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from jinlin.platform.access import NOBODY, Actor, actor_of
from jinlin.requests.forms.similar import SimilarForm
from jinlin.requests.queries.duplicates import Likely, likely_duplicates
from jinlin.requests.views.desk.door import desk_page
from jinlin.requests.views.desk.entry import ENTRY_ROLES

SHORTEST = 4
"""Characters before which a text says too little to compare."""


@never_cache
@require_POST
def similar(request: HttpRequest) -> HttpResponse:
    """Show a resident the public ones, whatever else they may see."""
    return _answer(request, actor_of(request), NOBODY, at_desk=False)


@never_cache
@require_POST
@desk_page
def similar_at_desk(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show whoever enters for others those that they may see.

    Raises:
        NotAllowed: for somebody who does not enter for others.
    """
    actor.must_hold(ENTRY_ROLES)
    return _answer(request, actor, actor, at_desk=True)


def _answer(request: HttpRequest, actor: Actor, reader: Actor, *, at_desk: bool) -> HttpResponse:
    """Look with the eyes of `reader` near the place that was chosen, or that the actor lives at."""
    form = SimilarForm(request.POST)
    form.offer_places(actor, ())
    found = _found(form, actor, reader) if form.is_valid() and not form.cleaned_data["another"] else []
    context = {"found": found, "at_desk": at_desk, "another": "another" in request.POST}
    return render(request, "requests/parts/similar.html", context)


def _found(form: SimilarForm, actor: Actor, reader: Actor) -> list[Likely]:
    text = form.cleaned_data["text"].strip()
    if len(text) < SHORTEST:
        return []
    return likely_duplicates(text, form.look_at(actor), reader, category=form.cleaned_data["category"])

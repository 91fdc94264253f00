"""Many requests at once: what is possible is shown first, then it is done for all of them or for none."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from jinlin.platform.access import Actor
from jinlin.platform.errors import Invalid, JinlinError, NotFound, Stale
from jinlin.platform.sends import RepeatedSend
from jinlin.requests import rules
from jinlin.requests.actions.bulk import MOST_AT_ONCE, Seen, bulk_step, try_bulk
from jinlin.requests.forms import new_key
from jinlin.requests.models import Request
from jinlin.requests.queries.choices import category_names
from jinlin.requests.states import Verb
from jinlin.requests.views.desk.door import FROM_INBOX, desk_page
from jinlin.requests.views.desk.listing import exported, listed
from jinlin.requests.views.desk.steps import BY_SLUG

EXPORT = "export-"
SHOWN = 50
"""How many of the rows that can be done the trial names; all that cannot are named."""


@never_cache
@require_POST
@desk_page
def choose(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Try a step for the ticked rows, the page or the whole list; or give them as a file.

    Raises:
        Invalid: for no rows, for too many, or for a step that is not made for many.
    """
    action = request.POST.get("action", "")
    if action.startswith(EXPORT):
        return exported(_rows(request, actor), _kind(action))
    ids = list(_rows(request, actor).values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
    return _trial(request, actor, _verb(action), ids)


def _kind(action: str) -> str:
    kind = action.removeprefix(EXPORT)
    if kind not in {"csv", "xlsx"}:
        raise NotFound
    return kind


def _verb(action: str) -> Verb:
    if action not in BY_SLUG:
        raise Invalid(_("This step is done one by one."))
    return BY_SLUG[action].verb


def _rows(request: HttpRequest, actor: Actor) -> QuerySet[Request]:
    """Return the rows that are meant: the whole list that was on the screen, its page, or the ticked ones."""
    scope = request.POST.get("scope", "ticked")
    if scope == "all":
        return listed(actor, request.POST.get("view", ""), request.POST.get("query", ""))
    given = request.POST.getlist("page_ids" if scope == "page" else "ids")
    return rules.visible_to(actor).filter(pk__in=[int(value) for value in given if value.isdecimal()])


def _trial(
    request: HttpRequest, actor: Actor, verb: Verb, ids: list[int], conflict: JinlinError | None = None
) -> HttpResponse:
    trial = try_bulk(actor=actor, verb=verb, request_ids=ids)
    names = category_names()
    context: dict[str, Any] = {
        "trial": trial,
        "word": next(step.word for step in BY_SLUG.values() if step.verb == verb),
        "shown": [
            (row, names.get(_category(row, change), ""), change.columns.get("body"))
            for row, change in trial.doable[:SHOWN]
        ],
        "more": max(len(trial.doable) - SHOWN, 0),
        "refused": trial.refused,
        "seen": ",".join(f"{one.id}:{one.version}" for one in trial.seen),
        "key": new_key(),
        "back": _back(request),
        "view": request.POST.get("view", ""),
        "query": request.POST.get("query", ""),
        "conflict": conflict,
    }
    return render(request, "requests/desk/bulk.html", context, status=conflict.status if conflict else 200)


def _category(row: Any, change: Any) -> str:
    return change.columns.get("category", row.category)


def _back(request: HttpRequest) -> str:
    page = "requests:desk-inbox" if request.POST.get("view") == FROM_INBOX else "requests:desk-list"
    query = request.POST.get("query", "")
    return f"{reverse(page)}?{query}" if query else reverse(page)


@never_cache
@require_POST
@desk_page
def do(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Do what was tried, for all of these requests or for none.

    Raises:
        Invalid: for what was not made by the trial.
    """
    verb, seen = _tried(request)
    try:
        count = bulk_step(actor=actor, verb=verb, seen=seen, key=request.POST.get("key", ""))
    except RepeatedSend:
        count = len(seen)
    except (Stale, NotFound, Invalid) as error:
        return _trial(request, actor, verb, [one.id for one in seen], conflict=error)
    messages.success(request, _("Done for %(count)s requests.") % {"count": count})
    return redirect(_back(request))


def _tried(request: HttpRequest) -> tuple[Verb, list[Seen]]:
    try:
        verb = Verb(request.POST.get("verb", ""))
        pairs = [pair.split(":") for pair in request.POST.get("seen", "").split(",")]
        return verb, [Seen(int(row_id), int(version)) for row_id, version in pairs]
    except ValueError:
        raise Invalid(_("This does not come from a trial."), remedy=_("Choose the rows in the list again.")) from None

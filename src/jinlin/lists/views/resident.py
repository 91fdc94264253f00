"""Lists as everybody reads them, and the orders that residents place."""

from secrets import token_urlsafe

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jinlin.lists import actions, queries, rules
from jinlin.lists.actions import Door
from jinlin.lists.forms import OrderForm, WantedForm, WordsForm
from jinlin.lists.models import Item
from jinlin.lists.states import ItemVerb
from jinlin.lists.views.showing import (
    STEPS,
    kind_choices,
    name_of,
    percent,
    shown_item,
    the_item,
    the_list,
    toned,
)
from jinlin.platform.access import actor_of
from jinlin.platform.addresses import same_list
from jinlin.platform.errors import NotFound, WrongState
from jinlin.platform.forms import sent
from jinlin.platform.pages import READ_WRITE, step_page
from jinlin.platform.paging import page_of
from jinlin.platform.sends import RepeatedSend

PAGE = 20
BY_WHO_ASKED = {"check", "rework"}


@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Show the lists of one's own communities, each with how far it has come."""
    form = WantedForm(request.GET, kinds=kind_choices())
    rows = queries.narrowed(queries.lists_near(actor_of(request)), form.cleaned_data if form.is_valid() else {})
    page = page_of(
        queries.with_progress(rows), "opened_at", size=PAGE,
        older=request.GET.get("older", ""), newer=request.GET.get("newer", ""),
    )  # fmt: skip
    kinds = queries.kinds()
    shown = {
        "form": form,
        "lists": [(row, name_of(kinds.get(row.kind), row.kind), percent(row)) for row in page.rows],
        "older_url": same_list(request.GET, older=page.older) if page.older else "",
        "newer_url": same_list(request.GET, newer=page.newer) if page.newer else "",
    }
    return render(request, "lists/lists.html", shown, status=200 if form.is_valid() else 422)


@require_safe
def one(request: HttpRequest, list_id: int) -> HttpResponse:
    """Show a list with its items and their states."""
    item_list = the_list(list_id)
    kind = queries.kinds().get(item_list.kind)
    shown = {
        "item_list": item_list,
        "kind": name_of(kind, item_list.kind),
        "percent": percent(item_list),
        "items": toned(queries.ranked(item_list) if kind and kind.supported else queries.items_of(item_list)),
        "supported": bool(kind and kind.supported) and item_list.closed_at is None,
        "shares": shares_of(item_list.items.all()),
    }
    return render(request, "lists/list.html", shown)


def shares_of(items: object) -> list[tuple[str, str]]:
    """Return (source in words, its share in a hundred with one decimal) of items."""
    found = queries.share_by_source(items)
    return [(Item.Source(source).label, f"{float(share * 100):.1f}") for source, share in found.items()]


@require_safe
def item(request: HttpRequest, item_id: int) -> HttpResponse:
    """Show an item: who has it, what happened, what it answers and what answers it."""
    found = shown_item(actor_of(request), the_item(item_id))
    steps = [(name, page) for name, page in found["steps"] if name in BY_WHO_ASKED]
    return render(request, "lists/item.html", found | {"steps": steps, "key": token_urlsafe(16)})


@login_required
@require_POST
def support(request: HttpRequest, item_id: int) -> HttpResponse:
    """Support an order for one's household."""
    try:
        actions.support_item(actor=actor_of(request), item_id=item_id, door=Door(key=request.POST.get("key", "")))
        messages.success(request, _("Your household supports it."))
    except RepeatedSend:
        pass
    except WrongState as error:
        messages.error(request, str(error))
    return redirect("lists:item", item_id=item_id)


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def check(request: HttpRequest, item_id: int, name: str) -> HttpResponse:
    """Let whoever asked for something say whether it is done."""
    if name not in BY_WHO_ASKED:
        raise NotFound
    actor, found, page = actor_of(request), the_item(item_id), STEPS[name]
    rules.may(actor, ItemVerb(name), found).enforce()
    form = WordsForm(sent(request), seen=str(found.version))

    def act() -> None:
        page.act(actor=actor, item_ids=[item_id], words=form.cleaned_data["words"], door=form.door())

    shown = {"item": found, "page": page, "base": "web/resident.html", "back": "lists:item"}
    back = reverse("lists:item", args=[item_id])
    return step_page(request, form, act, template="lists/step.html", shown=shown, done=_("Written down."), back=back)


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def order(request: HttpRequest, list_id: int) -> HttpResponse:
    """Order something for the community to do."""
    actor, item_list = actor_of(request), the_list(list_id)
    kind = queries.kind_of(item_list.kind)
    rules.may_order(actor, item_list).enforce()
    form = OrderForm(sent(request), catalogue=[(row.key, name_of(row)) for row in kind.catalogue])
    made: list[Item] = []

    def act() -> None:
        made.append(actions.place_order(actor=actor, list_id=list_id, new=form.new_item(), door=form.door()))

    return step_page(
        request, form, act, template="lists/order.html", shown={"item_list": item_list},
        done=_("Your order is on the list. You hear who takes it on, or why not."),
        back=lambda: reverse("lists:item", args=[made[0].pk]),
    )  # fmt: skip

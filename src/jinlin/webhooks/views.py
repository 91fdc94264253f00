"""The desk's pages of webhooks: the addresses, a new one, and the log of one with what can be done."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jinlin.platform.access import Actor
from jinlin.platform.addresses import same_list
from jinlin.platform.doors import for_holders_of
from jinlin.platform.errors import Invalid
from jinlin.platform.forms import sent, show_refusal, status_of
from jinlin.platform.pages import READ_WRITE
from jinlin.webhooks import actions, queries
from jinlin.webhooks.forms import WebhookForm
from jinlin.webhooks.models import Delivery, Webhook
from jinlin.webhooks.rules import HOOK_KEEPERS, OFFERED

hook_page = for_holders_of(HOOK_KEEPERS)


@never_cache
@require_GET
@hook_page
def hooks(request: HttpRequest, actor: Actor) -> HttpResponse:
    """List the addresses of one's places."""
    return render(request, "webhooks/hooks.html", {"hooks": queries.hooks_of(actor)})


@never_cache
@require_http_methods(READ_WRITE)
@hook_page
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Register an address; its secret is shown this once."""
    events = [event.value for event in OFFERED]
    form = WebhookForm(sent(request), places=queries.place_choices(actor), initial={"events": events})
    if form.is_bound and form.is_valid():
        try:
            hook, secret = actions.register_webhook(actor=actor, **form.cleaned_data)
            return _one(request, actor, hook.pk, secret=secret)
        except Invalid as error:
            show_refusal(form, error)
    return render(request, "webhooks/new.html", {"form": form}, status=status_of(form))


@never_cache
@require_GET
@hook_page
def one(request: HttpRequest, actor: Actor, hook_id: int) -> HttpResponse:
    """Show one address with its log."""
    return _one(request, actor, hook_id)


def _one(request: HttpRequest, actor: Actor, hook_id: int, secret: str = "") -> HttpResponse:
    hook = queries.one(actor, hook_id)
    page = queries.log_of(hook, older=request.GET.get("older", ""), newer=request.GET.get("newer", ""))
    shown: dict[str, Any] = {
        "hook": hook,
        "events": [event.label for event in OFFERED if event in hook.events],
        "secret": secret,
        "page": page,
        "waiting": Delivery.State.WAITING,
        "older_url": same_list(request.GET, older=page.older) if page.older else "",
        "newer_url": same_list(request.GET, newer=page.newer) if page.newer else "",
    }
    return render(request, "webhooks/one.html", shown)


@require_POST
@hook_page
def step(request: HttpRequest, actor: Actor, hook_id: int, name: str) -> HttpResponse:
    """Stop, start or test an address."""
    act, done = STEPS[name]
    act(actor=actor, hook_id=hook_id)
    messages.success(request, done())
    return redirect("webhooks:one", hook_id=hook_id)


STEPS: dict[str, tuple[Callable[..., Any], Callable[[], str]]] = {
    "stop": (actions.stop_webhook, lambda: _("It is stopped. What happens meanwhile is told once it is started.")),
    "start": (actions.start_webhook, lambda: _("It is started. What waits is told within seconds.")),
    "test": (actions.send_test, lambda: _("A test is on its way; look at the log in a few seconds.")),
}


@never_cache
@require_POST
@hook_page
def secret(request: HttpRequest, actor: Actor, hook_id: int) -> HttpResponse:
    """Give an address a new secret and show it this once."""
    _hook, shown = actions.renew_secret(actor=actor, hook_id=hook_id)
    return _one(request, actor, hook_id, secret=shown)


@never_cache
@require_http_methods(READ_WRITE)
@hook_page
def remove(request: HttpRequest, actor: Actor, hook_id: int) -> HttpResponse:
    """Ask once more, then remove an address with its log."""
    hook: Webhook = queries.one(actor, hook_id)
    if request.method != "POST":
        return render(request, "webhooks/remove.html", {"hook": hook})
    actions.remove_webhook(actor=actor, hook_id=hook_id)
    messages.success(request, _("The address is removed."))
    return redirect("webhooks:hooks")


@require_POST
@hook_page
def again(request: HttpRequest, actor: Actor, delivery_id: int) -> HttpResponse:
    """Tell an address once more of an event."""
    found = actions.replay_delivery(actor=actor, delivery_id=delivery_id)
    messages.success(request, _("It is told once more."))
    return redirect("webhooks:one", hook_id=found.webhook_id)


@require_POST
@hook_page
def aside(request: HttpRequest, actor: Actor, delivery_id: int) -> HttpResponse:
    """Give up an event, so that those behind it go on."""
    found = actions.set_delivery_aside(actor=actor, delivery_id=delivery_id)
    messages.success(request, _("It is set aside; the next ones go on."))
    return redirect("webhooks:one", hook_id=found.webhook_id)

"""What people do with addresses: register, stop, start, test, give a new secret, send again, remove."""

from collections.abc import Sequence
from secrets import token_hex
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid, NotFound
from jinlin.requests.models import Step
from jinlin.webhooks import rules
from jinlin.webhooks.addresses import must_be_callable
from jinlin.webhooks.models import Delivery, Event, Webhook
from jinlin.webhooks.signing import new_secret


def register_webhook(*, actor: Actor, url: str, place_code: str, events: Sequence[str]) -> tuple[Webhook, str]:
    """Let an address be told of what happens from now on; return it with its secret, which is shown this once.

    Raises:
        NotAllowed: for somebody else's place.
        Invalid: for an address that could never be called, and without any event.
    """
    rules.may_register(actor, place_code).enforce()
    must_be_callable(url)
    chosen = [event for event in rules.OFFERED if event in events]
    if not chosen:
        raise Invalid(fields={"events": _("Choose at least one.")})
    at, secret = now(), new_secret()
    with transaction.atomic():
        hook = Webhook.objects.create(
            url=url,
            place_code=place_code,
            events=chosen,
            secret=secret,
            created_at=at,
            created_by_id=actor.account_id,
            next_at=at,
            seen_step=Step.objects.aggregate(last=Max("pk"))["last"] or 0,
        )
        _record(actor, "register", hook, url=url)
    return hook, secret


def stop_webhook(*, actor: Actor, hook_id: int) -> Webhook:
    """Tell an address nothing for now; what happens meanwhile is told once it is started again.

    Raises:
        NotFound.
    """
    return _changed(actor, hook_id, "stop", active=False)


def start_webhook(*, actor: Actor, hook_id: int) -> Webhook:
    """Go on with an address that was stopped, with everything that waits.

    Raises:
        NotFound.
    """
    return _changed(actor, hook_id, "start", active=True, stopped_because="", failures=0, next_at=now())


def renew_secret(*, actor: Actor, hook_id: int) -> tuple[Webhook, str]:
    """Give an address a new secret, by which every call is signed from now on; return it, to be shown this once.

    Raises:
        NotFound.
    """
    secret = new_secret()
    return _changed(actor, hook_id, "renew_secret", secret=secret), secret


def remove_webhook(*, actor: Actor, hook_id: int) -> None:
    """Remove an address with its log.

    Raises:
        NotFound.
    """
    with transaction.atomic():
        hook = _locked(actor, hook_id)
        _record(actor, "remove", hook, url=hook.url)
        hook.delete()


def send_test(*, actor: Actor, hook_id: int) -> Delivery:
    """Put a test into the line of what an address is to be told.

    Raises:
        NotFound.
    """
    with transaction.atomic():
        hook = _locked(actor, hook_id)
        event_id = f"ping-{token_hex(8)}"
        made = Delivery.objects.create(
            webhook=hook, event_id=event_id, event=Event.PING, payload={"type": Event.PING}, at=now()
        )
        _record(actor, "test", hook)
    return made


def replay_delivery(*, actor: Actor, delivery_id: int) -> Delivery:
    """Tell an address once more of an event, whatever came of it before.

    Raises:
        NotFound.
    """
    return _turned(actor, delivery_id, "replay", Delivery.State.WAITING)


def set_delivery_aside(*, actor: Actor, delivery_id: int) -> Delivery:
    """Give up an event that an address never takes, so that those behind it go on.

    Raises:
        NotFound.
    """
    return _turned(actor, delivery_id, "set_aside", Delivery.State.SET_ASIDE)


def _turned(actor: Actor, delivery_id: int, verb: str, state: str) -> Delivery:
    with transaction.atomic():
        found = Delivery.objects.filter(pk=delivery_id, webhook__in=rules.visible_to(actor)).first()
        if found is None:
            raise NotFound
        hook = _locked(actor, found.webhook_id)
        found.state = state
        found.save(update_fields=["state"])
        _record(actor, verb, hook, event=found.event_id)
    return found


def _changed(actor: Actor, hook_id: int, verb: str, **columns: Any) -> Webhook:
    with transaction.atomic():
        hook = _locked(actor, hook_id)
        for name, value in columns.items():
            setattr(hook, name, value)
        hook.save(update_fields=list(columns))
        _record(actor, verb, hook)
    return hook


def _locked(actor: Actor, hook_id: int) -> Webhook:
    hook = rules.visible_to(actor).select_for_update().filter(pk=hook_id).first()
    if hook is None:
        raise NotFound
    return hook


def _record(actor: Actor, verb: str, hook: Webhook, **detail: str) -> None:
    record_change(actor, f"webhooks.{verb}", hook, place_code=hook.place_code, **detail)

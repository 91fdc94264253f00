"""Tells addresses what happened: collects the steps that are new, and makes the calls that are due.

The history of requests is itself the list of what is to be told, so that nothing is lost and no step costs more for being told.
An address gets its events in order and at least once; while it fails, the first one waits and the pauses double.
"""

from datetime import timedelta
from time import monotonic

import orjson
from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.place_codes import Level, ancestor_at, prefix_range
from jinlin.people.models import Account
from jinlin.platform.access import SYSTEM
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now
from jinlin.platform.messages import notify
from jinlin.requests.models import Publicity, Step
from jinlin.webhooks import rules
from jinlin.webhooks.calling import Outcome, call
from jinlin.webhooks.models import Delivery, Webhook
from jinlin.webhooks.signing import signed_headers

FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(hours=1)
MOST_FAILURES = 12
"""Calls that may fail in a row, within about four hours, before an address is stopped."""
BATCH = 500
OVERLAP = 500
"""Steps that are looked through once more, because one with a lower id may have been committed later."""
LEASE = timedelta(minutes=2)
"""For how long a worker has an address to itself."""
SECONDS_AT_ONCE = 30.0
KEPT = timedelta(days=30)


def deliver_due() -> str:
    """Tell every address that is due what it has not been told yet; return how many calls were made."""
    due = Webhook.objects.filter(active=True, next_at__lte=now()).order_by("next_at", "pk")
    return f"{sum(_serve(hook) for hook in due)} calls"


def forget_old_deliveries() -> int:
    """Delete what was delivered or set aside more than 30 days ago; return how many."""
    old = Delivery.objects.filter(at__lt=now() - KEPT).exclude(state=Delivery.State.WAITING)
    return sum(_forgotten(hook, old) for hook in Webhook.objects.order_by("created_at"))


def _forgotten(hook: Webhook, old: QuerySet[Delivery]) -> int:
    # Steps beyond the mark are looked through again and must still be known.
    mine = old.filter(webhook=hook)
    return mine.exclude(step_id__gt=hook.seen_step).delete()[0]


def _serve(hook: Webhook) -> int:
    """Serve one address, unless another worker has it; return how many calls were made."""
    mine = Webhook.objects.filter(pk=hook.pk, active=True, next_at=hook.next_at)
    if not mine.update(next_at=now() + LEASE):
        return 0
    _collect(hook)
    calls, pause, end = 0, timedelta(), monotonic() + SECONDS_AT_ONCE
    for delivery in hook.deliveries.filter(state=Delivery.State.WAITING).order_by("pk")[:BATCH]:
        calls += 1
        pause = _deliver(hook, delivery)
        if pause or monotonic() > end:
            break
    Webhook.objects.filter(pk=hook.pk).update(next_at=now() + pause)
    return calls


# --- collecting ---


def _collect(hook: Webhook) -> None:
    """Write down the steps of which the address is to be told, and move its mark."""
    newest = Step.objects.aggregate(last=Max("pk"))["last"] or 0
    low, high = prefix_range(hook.place_code)
    known = Delivery.objects.filter(webhook=hook, step_id__gt=hook.seen_step).values("step_id")
    steps = list(
        Step.objects.filter(rules.telling(hook.events), pk__gt=hook.seen_step, place_code__gte=low, place_code__lt=high)
        .exclude(pk__in=known)
        .select_related("request", "body")
        .defer("request__text", "request__search", "request__labels")
        .order_by("pk")[:BATCH]
    )
    reached = steps[-1].pk if len(steps) == BATCH else newest
    hook.seen_step = max(hook.seen_step, reached - OVERLAP)
    told = [_delivery(hook, step) for step in steps]
    with transaction.atomic():
        Delivery.objects.bulk_create(told, ignore_conflicts=True)
        Webhook.objects.filter(pk=hook.pk).update(seen_step=hook.seen_step)


def _delivery(hook: Webhook, step: Step) -> Delivery:
    event = rules.event_of(step)
    return Delivery(
        webhook=hook, event_id=f"step-{step.pk}", event=event, step_id=step.pk, payload=_payload(step), at=now()
    )


def _payload(step: Step) -> dict[str, object]:
    """Return what is told of a step: numbers, states, place, category and links; no words of anybody, and no home."""
    request = step.request
    code = step.place_code
    links = {"desk": reverse("requests:desk-request", args=[request.pk])}
    if request.publicity == Publicity.PUBLIC:
        links["public"] = reverse("disclosure:record", args=[request.number])
    return {
        "type": rules.event_of(step),
        "timestamp": step.at.isoformat(),
        "data": {
            "number": request.number,
            "version": step.number,
            "step": step.verb,
            "state": step.state,
            "category": step.category,
            "urgency": step.urgency,
            "place": ancestor_at(code, Level.BUILDING) if len(code) > Level.BUILDING else code,
            "body": step.body.name,
            "due_at": step.due_at.isoformat() if step.due_at else None,
            "links": {name: f"{settings.JINLIN_BASE_URL}{path}" for name, path in links.items()},
        },
    }


# --- calling ---


def _deliver(hook: Webhook, delivery: Delivery) -> timedelta:
    """Make one call and write down how it went; return the pause that it makes necessary."""
    at, body = now(), orjson.dumps(delivery.payload)
    headers = signed_headers(hook.secret, delivery.event_id, at, body)
    outcome = call(hook.url, body, headers | {"Content-Type": "application/json", "User-Agent": "Jinlin-Webhooks/1"})
    with transaction.atomic():
        _note(delivery, outcome)
        return _answered(hook) if outcome.is_good else _failed(hook, outcome)


def _note(delivery: Delivery, outcome: Outcome) -> None:
    delivery.tries += 1
    delivery.tried_at = now()
    delivery.status, delivery.finding, delivery.took_ms = outcome.status, outcome.finding[:200], outcome.took_ms
    if outcome.is_good:
        delivery.state = Delivery.State.DELIVERED
    delivery.save(update_fields=["tries", "tried_at", "status", "finding", "took_ms", "state"])


def _answered(hook: Webhook) -> timedelta:
    if hook.failures:
        hook.failures = 0
        hook.save(update_fields=["failures"])
    return timedelta()


def _failed(hook: Webhook, outcome: Outcome) -> timedelta:
    hook.failures += 1
    hook.save(update_fields=["failures"])
    if hook.failures >= MOST_FAILURES:
        _stop(hook, outcome)
    return pause_after(hook.failures)


def pause_after(failures: int) -> timedelta:
    """Return how long an address is left alone after so many failures in a row."""
    return min(FIRST_PAUSE * 2 ** min(failures - 1, 30), LONGEST_PAUSE)


def _stop(hook: Webhook, outcome: Outcome) -> None:
    """Stop an address that fails again and again, and tell whoever registered it."""
    hook.active, hook.stopped_because = False, outcome.finding[:200]
    hook.save(update_fields=["active", "stopped_because"])
    record_change(SYSTEM, "webhooks.stop", hook, place_code=hook.place_code, because=hook.stopped_because)
    person_ids = Account.objects.filter(pk=hook.created_by_id).values_list("person_id", flat=True)
    words = _("%(url)s was stopped after %(count)s calls that failed: %(why)s What happens is told once it is started.")
    values = {"url": hook.url[:100], "count": hook.failures, "why": hook.stopped_because}
    notify(person_ids, words, values, link=reverse("webhooks:one", args=[hook.pk]))

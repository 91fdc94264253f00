"""The steps of items, of one or of many at once through the same way: locked, allowed, changed, written down, told."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.algorithms.chinese_text import find_personal
from jinlin.lists import rules
from jinlin.lists.models import Item, ItemLink, ItemStep
from jinlin.lists.queries import kinds
from jinlin.lists.states import FINISHED, ITEMS, ItemState, ItemVerb
from jinlin.organisations.models import Body
from jinlin.organisations.rules import speaking_appointments
from jinlin.platform.access import SYSTEM, Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid, NotFound, Words, WrongState
from jinlin.platform.messages.notices import notify
from jinlin.platform.sends import ANY_DOOR, Door, sent_once
from jinlin.platform.stepping import refuse_stale

BATCH = 2_000
LONGEST = 500
V = ItemVerb
NO_PERSONAL: Words = gettext_lazy("Everybody reads this: leave names, telephone and identity numbers out.")
TOLD: Mapping[ItemVerb, Words] = {
    V.CLAIM: gettext_lazy("What you asked for is in hand: %(title)s."),
    V.SETTLE: gettext_lazy("What you asked for is done; please look at it: %(title)s."),
    V.CHECK: gettext_lazy("What you asked for is closed: %(title)s."),
    V.DECLINE: gettext_lazy("You have an answer to what you asked for: %(title)s."),
    V.ROLL_UP: gettext_lazy("What you asked for is answered: %(title)s."),
}
"""What whoever placed an item hears of a step that somebody else took."""


def claim_items(
    *, actor: Actor, item_ids: Sequence[int], body: Body, due_on: date, door: Door = ANY_DOOR
) -> list[Item]:
    """Take items on for a body until a day.

    Raises:
        NotFound, NotAllowed, WrongState, Stale, RepeatedSend, KeyReused.
        Invalid: for a body that is not active, or a day that is over.
    """
    if not body.active:
        raise Invalid(fields={"body": _("This body is not active; choose another one.")})
    if due_on < today():
        raise Invalid(fields={"due_on": _("This day is over already.")})
    columns = {"claimer_id": body.pk, "due_on": due_on, "warned_at": None}
    return _take(actor, item_ids, V.CLAIM, door, columns, body=body)


def release_items(*, actor: Actor, item_ids: Sequence[int], words: str = "", door: Door = ANY_DOOR) -> list[Item]:
    """Give items back, so that another body can take them on. Raises as `claim_items`."""
    return _take(actor, item_ids, V.RELEASE, door, {"claimer_id": None, "due_on": None}, words=clean(words))


def report_items(*, actor: Actor, item_ids: Sequence[int], words: str, door: Door = ANY_DOOR) -> list[Item]:
    """Say how the work stands. Raises as `claim_items`, and Invalid without words."""
    return _take(actor, item_ids, V.REPORT, door, {}, words=clean(words, needed=True))


def settle_items(*, actor: Actor, item_ids: Sequence[int], words: str, door: Door = ANY_DOOR) -> list[Item]:
    """Report what was done; it is closed once somebody else has checked it. Raises as `report_items`."""
    result = clean(words, needed=True)
    return _take(actor, item_ids, V.SETTLE, door, {"result": result}, words=result)


def check_items(*, actor: Actor, item_ids: Sequence[int], words: str = "", door: Door = ANY_DOOR) -> list[Item]:
    """Close what is done; the items that these answer are then answered. Raises as `claim_items`."""
    return _take(actor, item_ids, V.CHECK, door, {"finished_at": now()}, words=clean(words))


def rework_items(*, actor: Actor, item_ids: Sequence[int], words: str, door: Door = ANY_DOOR) -> list[Item]:
    """Say what is still missing. Raises as `report_items`."""
    return _take(actor, item_ids, V.REWORK, door, {"result": ""}, words=clean(words, needed=True))


def decline_items(*, actor: Actor, item_ids: Sequence[int], words: str, door: Door = ANY_DOOR) -> list[Item]:
    """Answer why something will not be done. Raises as `report_items`."""
    reason = clean(words, needed=True)
    return _take(actor, item_ids, V.DECLINE, door, {"result": reason, "finished_at": now()}, words=reason)


def clean(words: str, *, needed: bool = False, field: str = "words", longest: int = LONGEST) -> str:
    """Return words that may stand on a list. Raises: Invalid, at the field."""
    said = words.strip()
    if needed and not said:
        raise Invalid(fields={field: _("Please say it in a few words.")})
    if len(said) > longest:
        raise Invalid(fields={field: _("At most %(most)s characters fit.") % {"most": longest}})
    if find_personal(said):
        raise Invalid(fields={field: NO_PERSONAL})
    return said


def _take(
    actor: Actor,
    item_ids: Sequence[int],
    verb: ItemVerb,
    door: Door,
    columns: Mapping[str, Any],
    *,
    words: str = "",
    body: Body | None = None,
) -> list[Item]:
    """Take one step of some items, all or none."""
    contents = [sorted(item_ids), verb, words, str(columns.get("due_on", ""))]
    with sent_once(f"account:{actor.account_id}", door.key, contents) as send:
        items = locked(item_ids)
        for item in items:
            _check(actor, item, verb, door, body)
        advance(actor, items, verb, columns, words=words)
        if items:
            send.keep(items[0])
    return items


def _check(actor: Actor, item: Item, verb: ItemVerb, door: Door, body: Body | None) -> None:
    ruling = rules.may_claim(actor, item.list, body) if body is not None else rules.may(actor, verb, item)
    ruling.enforce()
    if item.list.closed_at is not None:
        raise WrongState(_("The list is closed."))
    if verb == V.CLAIM and item.claimer_id is not None:
        raise WrongState(_("Another body has taken this on already."))
    refuse_stale(item, door)


def locked(item_ids: Sequence[int]) -> list[Item]:
    """Lock items in the order of their ids. Raises: NotFound unless all are there."""
    found: list[Item] = []
    ordered = sorted(set(item_ids))
    for start in range(0, len(ordered), BATCH):
        rows = Item.objects.select_for_update(of=("self",)).select_related("list", "claimer").order_by("pk")
        found += rows.filter(pk__in=ordered[start : start + BATCH])
    if len(found) != len(ordered):
        raise NotFound
    return found


def advance(
    actor: Actor, items: Sequence[Item], verb: ItemVerb, columns: Mapping[str, Any], *, words: str = ""
) -> None:
    """Apply one step to locked items; the transaction is the caller's. Raises: WrongState."""
    at = now()
    for item in items:
        item.state = ITEMS.after(verb, item.state)
        item.version += 1
        for name, value in columns.items():
            setattr(item, name, value)
    for start in range(0, len(items), BATCH):
        part = items[start : start + BATCH]
        rows = Item.objects.filter(pk__in=[item.pk for item in part])
        rows.update(state=part[0].state, version=F("version") + 1, **columns)
        ItemStep.objects.bulk_create(_line(actor, item, verb, at, words) for item in part)
    if items:
        place = items[0].list.place_code
        record_change(actor, f"lists.{verb}", items[0], place_code=place, rows=len(items), state=items[0].state)
    _tell(actor, items, verb)
    if verb in {V.CHECK, V.ROLL_UP}:
        roll_up(actor, items)


def _line(actor: Actor, item: Item, verb: ItemVerb, at: datetime, words: str) -> ItemStep:
    return ItemStep(
        item=item, number=item.version, at=at, actor_id=actor.account_id, verb=verb, state=item.state,
        body_id=item.claimer_id, words=words,
    )  # fmt: skip


def _tell(actor: Actor, items: Sequence[Item], verb: ItemVerb) -> None:
    for item in items if verb in TOLD else ():
        if item.person_id is not None and item.person_id != actor.person_id:
            notify([item.person_id], TOLD[verb], {"title": item.title}, link=f"/lists/items/{item.pk}/")


def roll_up(actor: Actor, items: Sequence[Item]) -> None:
    """Let the items that finished ones answer be answered, and in turn those that they answer."""
    linked = ItemLink.objects.filter(answering__in=[item.pk for item in items])
    waiting = linked.exclude(answered__state__in=sorted(FINISHED)).values_list("answered_id", flat=True)
    answered = locked(list(waiting))
    if answered:
        advance(actor, answered, V.ROLL_UP, {"finished_at": now(), "warned_at": None})


def warn_of_unclaimed() -> int:
    """Put items that nobody has taken on for the days of their kind on the to-do list of those who lead; return how many."""
    return sum(_warned(key, kind.claim_days) for key, kind in kinds().items() if kind.claim_days)


def _warned(kind: str, days: int) -> int:
    waiting = Item.objects.filter(
        state=ItemState.OPEN, warned_at__isnull=True, made_at__lt=now() - timedelta(days=days)
    )
    waiting = waiting.filter(list__kind=kind, list__closed_at__isnull=True)
    with transaction.atomic():
        items = list(waiting.select_for_update(of=("self",)).select_related("list").order_by("pk")[:BATCH])
        Item.objects.filter(pk__in=[item.pk for item in items]).update(warned_at=now())
        for item in items:
            _tell_leaders(item)
        if items:
            place = items[0].list.place_code
            record_change(SYSTEM, "lists.warn_of_unclaimed", items[0], place_code=place, rows=len(items))
    return len(items)


def _tell_leaders(item: Item) -> None:
    leaders = speaking_appointments().filter(body_id=item.list.body_id).values_list("person_id", flat=True)
    words = gettext_lazy("Nobody has taken this on yet: %(title)s.")
    notify(leaders, words, {"title": item.title}, link=f"/desk/lists/items/{item.pk}/")

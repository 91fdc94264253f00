"""Ties items together: what answers what, never in a circle, and never a project without a need."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from jinlin.algorithms.place_codes import Level
from jinlin.lists import rules
from jinlin.lists.actions.steps import advance, locked
from jinlin.lists.models import Item, ItemLink
from jinlin.lists.queries import kind_of
from jinlin.lists.states import FINISHED, ItemState, ItemVerb
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid, NotFound


def link_items(*, actor: Actor, answering_id: int, answered_ids: Sequence[int]) -> Item:
    """Say that an item answers others; where it is closed already they are answered at once.

    Raises:
        NotFound, NotAllowed.
        Invalid: for a kind that does not answer theirs, items of another community, or a circle.
    """
    with transaction.atomic():
        # All are locked in the order of their ids, so that two links at once do not wait for each other.
        answering = next(item for item in locked([answering_id, *answered_ids]) if item.pk == answering_id)
        rules.may_keep(actor, answering.list.place_code, answering.list.body_id).enforce()
        answered = check_links(answering, answered_ids)
        write_links(answering, answered)
        record_change(actor, "lists.link", answering, place_code=answering.list.place_code, rows=len(answered))
        waiting = [item for item in answered if item.state not in FINISHED]
        if answering.state in {ItemState.CLOSED, ItemState.ANSWERED} and waiting:
            advance(actor, waiting, ItemVerb.ROLL_UP, {"finished_at": now(), "warned_at": None})
    return answering


def unlink_items(*, actor: Actor, answering_id: int, answered_id: int) -> Item:
    """Take a link back. Raises: NotFound, NotAllowed; Invalid where something would be left that answers nothing."""
    with transaction.atomic():
        answering = locked([answering_id])[0]
        rules.may_keep(actor, answering.list.place_code, answering.list.body_id).enforce()
        links = ItemLink.objects.filter(answering=answering)
        if kind_of(answering.list.kind).linked and links.count() < 2:
            raise Invalid(_("This is the last thing that it answers; without that there is none."))
        if not links.filter(answered_id=answered_id).delete()[0]:
            raise NotFound
        record_change(actor, "lists.unlink", answering, place_code=answering.list.place_code)
    return answering


def check_links(answering: Item, answered_ids: Sequence[int]) -> list[Item]:
    """Lock the items that are to be answered and return them. Raises as `link_items`."""
    answered = locked(answered_ids)
    if answering.pk in answered_ids or answering.pk in _all_answered_by(answered_ids):
        raise Invalid(fields={"answers": _("That would go round in a circle.")})
    kinds, place = kind_of(answering.list.kind).answers, answering.list.place_code[: Level.COMMUNITY]
    for item in answered:
        if item.list.kind not in kinds:
            words = _("%(title)s is not on a list that this one answers.")
            raise Invalid(fields={"answers": words % {"title": item.title}})
        if not item.list.place_code.startswith(place):
            raise Invalid(fields={"answers": _("It belongs to another community.")})
    return answered


def _all_answered_by(item_ids: Sequence[int]) -> set[int]:
    """Return what these items answer, and what those answer in turn."""
    found: set[int] = set()
    front = set(item_ids)
    while front:
        below = ItemLink.objects.filter(answering_id__in=front).values_list("answered_id", flat=True)
        front = set(below) - found
        found |= front
    return found


def write_links(answering: Item, answered: Sequence[Item]) -> None:
    """Write links that were checked; one that is there already stays."""
    at = now()
    rows = [ItemLink(answering=answering, answered=item, at=at) for item in answered]
    ItemLink.objects.bulk_create(rows, ignore_conflicts=True)

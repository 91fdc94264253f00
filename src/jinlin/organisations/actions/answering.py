"""What a person says themselves to a post: accepts it, declines it, leaves it, lets themselves be named or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from jinlin.organisations import rules
from jinlin.organisations.actions.closing import close_with_deputies
from jinlin.organisations.actions.ending import move_work
from jinlin.organisations.actions.working import NewTask, pledge_all
from jinlin.organisations.models import Appointment, Task
from jinlin.organisations.states import PLEDGE, TaskState
from jinlin.people.actions import end_tokens
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid, NotFound, WrongState
from jinlin.playbooks.here import current_playbook

LONGEST_ITEM = 120
MOST_ITEMS = 20


@dataclass(frozen=True)
class PledgeItem:
    """One thing that the holder of a post pledges to have done by a day."""

    words: str
    due_on: date | None


def accept_post(*, actor: Actor, appointment_id: int, listed: bool = False) -> Appointment:
    """Accept the post that one was offered; it counts from now on, or from its first day where that is later.

    `listed` says that one's name may be shown with it.

    Raises:
        NotFound, NotAllowed: for anybody but the person who was asked.
        WrongState: for a post that is no open offer any more, or while its pledge has not been published.
    """
    with transaction.atomic():
        appointment = _own_offer(actor, appointment_id)
        post = current_playbook().post_named(appointment.key)
        if post.pledges and not appointment.tasks.filter(kind=PLEDGE).exclude(state=TaskState.DROPPED).exists():
            raise WrongState(_("The post begins with a published pledge; write yours first."))
        appointment.accepted_on, appointment.listed = today(), listed
        appointment.save(update_fields=["accepted_on", "listed"])
        for before in appointment.predecessors.all():
            move_work(before, appointment)
        if appointment.role:
            end_tokens(actor=actor, person_ids=[appointment.person_id])
        _record(actor, "accept_post", appointment, listed=listed)
    return appointment


def decline_post(*, actor: Actor, appointment_id: int) -> Appointment:
    """Decline the post that one was offered; no reason is asked.

    Raises:
        NotFound, NotAllowed, WrongState: as `accept_post`.
    """
    with transaction.atomic():
        appointment = _own_offer(actor, appointment_id)
        appointment.ended_because, appointment.listed = _("declined by the person"), False
        appointment.save(update_fields=["ended_because", "listed"])
        _record(actor, "decline_post", appointment)
    return appointment


def leave_post(*, actor: Actor, appointment_id: int) -> Appointment:
    """Leave a post that one had accepted of one's own will: from today one is neither counted nor named.

    Raises:
        NotFound, NotAllowed: for anybody but the holder.
        WrongState: for a post that was given without asking, and for one that is over.
    """
    with transaction.atomic():
        appointment = _own(actor, appointment_id)
        if not current_playbook().post_named(appointment.key).consent:
            raise WrongState(_("This post was not taken by consent; whoever gave it ends it."))
        if appointment.counts_from is None or (appointment.term_to is not None and appointment.term_to < today()):
            raise WrongState(_("This post is over already, or has not been accepted."))
        appointment.listed = False
        close_with_deputies(appointment, today() - timedelta(days=1), _("left by their own wish"))
        _record(actor, "leave_post", appointment, last_day=str(appointment.term_to))
    return appointment


def show_my_name(*, actor: Actor, appointment_id: int, listed: bool) -> Appointment:
    """Let one's name be shown with a post, or no longer.

    Raises:
        NotFound, NotAllowed: for anybody but the holder.
    """
    with transaction.atomic():
        appointment = _own(actor, appointment_id)
        appointment.listed = listed
        appointment.save(update_fields=["listed"])
        _record(actor, "show_my_name", appointment, listed=listed)
    return appointment


def publish_pledge(*, actor: Actor, appointment_id: int, items: Sequence[PledgeItem]) -> list[Task]:
    """Publish what one pledges to do in a post that begins with a pledge, each item with the day by which it is done.

    Raises:
        NotFound, NotAllowed: for anybody but the person who has or is offered the post.
        WrongState: for a post without a pledge, an offer that was declined or withdrawn, and a post that is over.
        Invalid: without items, and for an item without words or without a day within the term.
    """
    with transaction.atomic():
        appointment = _own(actor, appointment_id)
        if appointment.is_given_up or _is_over(appointment):
            raise WrongState(_("This post is over, or its offer is closed; nothing is pledged for it."))
        if not current_playbook().post_named(appointment.key).pledges:
            raise WrongState(_("This post is held without a pledge."))
        _check_items(appointment, items)
        return pledge_all(actor=actor, tasks=[_pledged(appointment, item) for item in items])


def _check_items(appointment: Appointment, items: Sequence[PledgeItem]) -> None:
    if not 1 <= len(items) <= MOST_ITEMS:
        raise Invalid(fields={"items": _("Write at least one item, and at most twenty.")})
    for number, item in enumerate(items, start=1):
        if not item.words.strip() or len(item.words) > LONGEST_ITEM:
            raise Invalid(fields={"items": _("Item %(number)s needs words, 120 at most.") % {"number": number}})
        if item.due_on is None:
            raise Invalid(
                fields={"items": _("Item %(number)s needs the day by which it is done.") % {"number": number}}
            )
        if item.due_on < appointment.term_from or (appointment.term_to and item.due_on > appointment.term_to):
            raise Invalid(fields={"items": _("The day of item %(number)s lies outside the term.") % {"number": number}})


def _pledged(appointment: Appointment, item: PledgeItem) -> NewTask:
    return NewTask(
        PLEDGE,
        item.words,
        appointment.body,
        item.due_on or appointment.term_from,
        appointment=appointment,
        place_code=appointment.place_code,
        zone=appointment.zone,
    )


def _own(actor: Actor, appointment_id: int) -> Appointment:
    rows = rules.rosters_visible_to(actor).select_related("body", "zone").select_for_update(of=("self",))
    appointment = rows.filter(pk=appointment_id).first()
    if appointment is None:
        raise NotFound
    rules.may_answer_offer(actor, appointment).enforce()
    return appointment


def _own_offer(actor: Actor, appointment_id: int) -> Appointment:
    appointment = _own(actor, appointment_id)
    if not appointment.is_offer or _is_over(appointment):
        raise WrongState(_("This is no open offer any more."))
    return appointment


def _is_over(appointment: Appointment) -> bool:
    past = appointment.term_to is not None and appointment.term_to < today()
    return past or appointment.body.ended_on is not None


def _record(actor: Actor, verb: str, appointment: Appointment, **detail: object) -> None:
    record_change(
        actor,
        f"organisations.{verb}",
        appointment,
        place_code=appointment.place_code,
        person_id=appointment.person_id,
        post=appointment.key,
        **detail,
    )

"""Ends posts: with a last day, by recall with a reason, by a successor who takes the open work over; takes offers back."""

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.organisations import rules
from jinlin.organisations.actions.appointing import appoint
from jinlin.organisations.actions.closing import close_with_deputies
from jinlin.organisations.models import Appointment
from jinlin.organisations.rules.filling import NewAppointment
from jinlin.organisations.states import OPEN_WORK, PLEDGE
from jinlin.people.models import Person
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.errors import Invalid, NotFound, WrongState
from jinlin.platform.messages.notices import notify


def end_appointment(*, actor: Actor, appointment_id: int, last_day: date) -> Appointment:
    """End a post with the end of `last_day`; its rights go with it, the line of the past stays.

    Raises:
        NotFound: for a post outside the actor's area.
        NotAllowed: for a post that is not the actor's to give, and for one's own post of administrator.
        Invalid: for a last day before the first one, or after the end that is already set.
    """
    with transaction.atomic():
        appointment = _held(actor, appointment_id)
        _check_last_day(appointment, last_day)
        close_with_deputies(appointment, last_day)
        _record(actor, "end_appointment", appointment, last_day=last_day.isoformat())
    return appointment


def recall_holder(*, actor: Actor, appointment_id: int, last_day: date, because: str) -> Appointment:
    """End a post before its time, with a reason that its holder is told.

    Raises:
        NotFound, NotAllowed, Invalid: as `end_appointment`; also without a reason.
    """
    reason = because.strip()
    if not reason:
        raise Invalid(fields={"because": _("Write why the post ends; its holder reads it.")})
    with transaction.atomic():
        appointment = _held(actor, appointment_id)
        _check_last_day(appointment, last_day)
        appointment.ended_because = reason[:120]
        close_with_deputies(appointment, last_day)
        _record(actor, "recall_holder", appointment, last_day=last_day.isoformat())
        _tell_recalled(appointment)
    return appointment


def replace_holder(
    *, actor: Actor, appointment_id: int, last_day: date, because: str, successor: Person, origin: str = ""
) -> Appointment:
    """Recall a holder and give the post to a successor from the day after, who takes the open work over; return theirs.

    Raises:
        NotFound, NotAllowed, Invalid: as `recall_holder` and `appoint`.
    """
    with transaction.atomic():
        before = recall_holder(actor=actor, appointment_id=appointment_id, last_day=last_day, because=because)
        new = NewAppointment(
            successor,
            before.body,
            before.key,
            last_day + timedelta(days=1),
            place_code=before.place_code,
            zone=before.zone,
            origin=origin or before.origin,
            source=before.source,
        )
        after = appoint(actor=actor, new=new)
        _hand_over(before, after)
    return after


def hand_over(*, actor: Actor, appointment_id: int, successor_id: int) -> int:
    """Give the open work of a post that ends to another holder at the same body; return how many pieces moved.

    Raises:
        NotFound: for a post outside the actor's area.
        NotAllowed: for a post that is not the actor's to give.
        Invalid: for a successor at another body, or a post that does not end.
    """
    with transaction.atomic():
        before = _held(actor, appointment_id)
        after = _held(actor, successor_id)
        if after.pk == before.pk or after.body_id != before.body_id or after.deputises_id is not None:
            raise Invalid(fields={"successor": _("Choose another holder of a post at the same body.")})
        if before.term_to is None:
            raise Invalid(fields={"successor": _("Set the last day first; then the work can go to a successor.")})
        moved = _hand_over(before, after)
        _record(actor, "hand_over", before, successor_id=after.pk, moved=moved)
    return moved


def withdraw_offer(*, actor: Actor, appointment_id: int) -> Appointment:
    """Take an offer back that its person has not answered.

    Raises:
        NotFound, NotAllowed: as `end_appointment`.
        WrongState: once it was answered.
    """
    with transaction.atomic():
        appointment = _held(actor, appointment_id)
        if not appointment.is_offer:
            raise WrongState(_("This is no open offer any more."))
        appointment.ended_because = _("the offer was withdrawn")
        appointment.save(update_fields=["ended_because"])
        _record(actor, "withdraw_offer", appointment)
    return appointment


def _held(actor: Actor, appointment_id: int) -> Appointment:
    rows = rules.rosters_visible_to(actor).select_related("body", "zone").select_for_update(of=("self",))
    appointment = rows.filter(pk=appointment_id).first()
    if appointment is None:
        raise NotFound
    rules.may_end(actor, appointment).enforce()
    return appointment


def _check_last_day(appointment: Appointment, last_day: date) -> None:
    if last_day < appointment.term_from:
        raise Invalid(fields={"last_day": _("The term ends before it begins.")})
    if appointment.term_to is not None and last_day > appointment.term_to:
        raise Invalid(fields={"last_day": _("The post ends earlier already; give it anew to make it longer.")})


def _hand_over(before: Appointment, after: Appointment) -> int:
    before.successor = after
    before.save(update_fields=["successor"])
    return 0 if after.is_offer else move_work(before, after)


def move_work(before: Appointment, after: Appointment) -> int:
    """Move the open work of a post to its successor and tell them; what somebody pledged for themselves stays theirs.

    It waits until a successor who was asked has accepted. Return how many pieces moved; part of an action's transaction.
    """
    moved = before.tasks.filter(state__in=OPEN_WORK).exclude(kind=PLEDGE).update(appointment=after)
    if moved:
        words = gettext_lazy("%(count)s pieces of open work at %(body)s are yours now.")
        notify([after.person_id], words, {"count": moved, "body": after.body.name}, link=_my_posts())
    return moved


def _tell_recalled(appointment: Appointment) -> None:
    words = gettext_lazy("Your post %(post)s at %(body)s ends on %(day)s: %(because)s")
    values = {
        "post": appointment.post,
        "body": appointment.body.name,
        "day": appointment.term_to,
        "because": appointment.ended_because,
    }
    notify([appointment.person_id], words, values, link=_my_posts())


def _my_posts() -> str:
    return reverse("organisations:my-posts")


def _record(actor: Actor, verb: str, appointment: Appointment, **detail: object) -> None:
    record_change(
        actor,
        f"organisations.{verb}",
        appointment,
        place_code=appointment.place_code,
        person_id=appointment.person_id,
        **detail,
    )

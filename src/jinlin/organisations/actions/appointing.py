"""Gives posts to people and ends them: one by one or a whole roster, by the same rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from jinlin.organisations import rules
from jinlin.organisations.models import Appointment, Body
from jinlin.people.models import Person
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.errors import Invalid, NotFound
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import Playbook, Post
from jinlin.territory.models import Zone

BATCH = 2_000


@dataclass(frozen=True)
class NewAppointment:
    """A post to give: `key` is the playbook's post, `origin` the key of where its holder comes from.

    The scope is the body's place and zone unless a narrower one is named; `source` is the document that it rests on.
    """

    person: Person
    body: Body
    key: str
    term_from: date
    term_to: date | None = None
    place_code: str = ""
    zone: Zone | None = None
    origin: str = ""
    source: str = ""
    listed: bool = False


def appoint(*, actor: Actor, new: NewAppointment) -> Appointment:
    """Give a person a post at a body, over its place or a part of it, for a term.

    Raises:
        NotAllowed: for somebody who does not give posts there; and for oneself.
        Invalid: for what the playbook's post does not allow; `fields` say what.
    """
    return appoint_all(actor=actor, roster=[new])[0]


def appoint_all(*, actor: Actor, roster: Sequence[NewAppointment]) -> list[Appointment]:
    """Give all the posts of a roster or none, with one line in the audit trail for the whole.

    Raises:
        NotAllowed, Invalid: as `appoint`, for the first that cannot be given.
    """
    playbook = current_playbook()
    for new in roster:
        _check(actor, new, playbook)
    with transaction.atomic():
        rows = [_row(new, _post(playbook, new.key)) for new in roster]
        made = Appointment.objects.bulk_create(rows, batch_size=BATCH)
        if len(made) == 1:
            _record_one(actor, made[0])
        elif made:
            record_change(actor, "organisations.appoint_all", made[0], place_code=made[0].place_code, rows=len(made))
    return made


def _record_one(actor: Actor, made: Appointment) -> None:
    place, person = made.place_code, made.person_id
    record_change(actor, "organisations.appoint", made, place_code=place, person_id=person, post=made.key)


def _check(actor: Actor, new: NewAppointment, playbook: Playbook) -> None:
    rules.may_appoint(actor, new.person.pk).enforce()
    rules.may_fill(actor, new.body, new.place_code or new.body.place_code).enforce()
    post = _post(playbook, new.key)
    if new.body.kind not in post.bodies:
        raise Invalid(fields={"post": _("There is no such post at this body.")})
    if new.term_to is not None and new.term_to < new.term_from:
        raise Invalid(fields={"term_to": _("The term ends before it begins.")})
    if not new.body.active:
        raise Invalid(fields={"body": _("This body is not active; choose another one.")})


def _post(playbook: Playbook, key: str) -> Post:
    try:
        return playbook.post_named(key)
    except KeyError:
        raise Invalid(fields={"post": _("This place has no such post.")}) from None


def _row(new: NewAppointment, post: Post) -> Appointment:
    return Appointment(
        person=new.person,
        body=new.body,
        key=post.key,
        post=post.name,
        role=post.role or "",
        place_code=new.place_code or new.body.place_code,
        zone=new.zone or new.body.zone,
        origin=new.origin,
        term_from=new.term_from,
        term_to=new.term_to,
        accepted_on=None if post.consent else new.term_from,
        source=new.source,
        listed=new.listed,
    )


def end_appointment(*, actor: Actor, appointment_id: int, last_day: date) -> Appointment:
    """End a post with the end of `last_day`; its rights go with it, the line of the past stays.

    Raises:
        NotFound: for a post outside the actor's area.
        NotAllowed: for one's own post of administrator.
        Invalid: for a last day before the first one, or after the end that is already set.
    """
    with transaction.atomic():
        rows = rules.visible_to(actor).select_related("body").select_for_update(of=("self",))
        appointment = rows.filter(pk=appointment_id).first()
        if appointment is None:
            raise NotFound
        rules.may_end(actor, appointment).enforce()
        _check_last_day(appointment, last_day)
        appointment.term_to = last_day
        appointment.save(update_fields=["term_to"])
        record_change(
            actor,
            "organisations.end_appointment",
            appointment,
            place_code=appointment.place_code,
            person_id=appointment.person_id,
            last_day=last_day.isoformat(),
        )
    return appointment


def _check_last_day(appointment: Appointment, last_day: date) -> None:
    if last_day < appointment.term_from:
        raise Invalid(fields={"last_day": _("The term ends before it begins.")})
    if appointment.term_to is not None and last_day > appointment.term_to:
        raise Invalid(fields={"last_day": _("The post ends earlier already; give it anew to make it longer.")})

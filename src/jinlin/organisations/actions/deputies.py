"""Lets somebody stand in for the holder of a post while they are on leave."""

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.algorithms.duty_hours import from_rows
from jinlin.organisations import rules
from jinlin.organisations.models import Appointment
from jinlin.organisations.queries.filling import known_about, lock_rows
from jinlin.organisations.rules.filling import NewAppointment, deputy_faults_in
from jinlin.people.actions import end_tokens
from jinlin.people.models import Person
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.errors import Invalid, NotFound
from jinlin.platform.messages.notices import notify
from jinlin.playbooks.here import current_playbook


def appoint_deputy(
    *, actor: Actor, appointment_id: int, person: Person, first_day: date, last_day: date
) -> Appointment:
    """Give a deputy the rights of a post for the days of its holder's leave; the holder still holds it.

    Raises:
        NotFound: for a post outside the actor's area.
        NotAllowed: for a post that is not the actor's to give; and for oneself.
        Invalid: for a leave outside the term, one that overlaps another, for the holder as their own deputy, and for a
            person whom the post itself could not be given beside what else they do.
    """
    with transaction.atomic():
        holder = _locked(actor, appointment_id)
        rules.may_end(actor, holder).enforce()
        rules.may_give_to(actor, person.pk).enforce()
        lock_rows(Person, [person.pk])
        _check(holder, person, first_day, last_day)
        _check_person(holder, person, first_day, last_day)
        deputy = Appointment.objects.create(
            person=person,
            body=holder.body,
            key=holder.key,
            post=holder.post,
            role=holder.role,
            place_code=holder.place_code,
            zone_id=holder.zone_id,
            origin=holder.origin,
            term_from=first_day,
            term_to=last_day,
            accepted_on=None if current_playbook().post_named(holder.key).consent else first_day,
            hours=holder.hours,
            deputises=holder,
        )
        place = deputy.place_code
        record_change(actor, "organisations.appoint_deputy", deputy, place_code=place, person_id=person.pk)
        if deputy.role and not deputy.is_offer:
            end_tokens(actor=actor, person_ids=[person.pk])
        _tell(deputy)
    return deputy


def _locked(actor: Actor, appointment_id: int) -> Appointment:
    rows = rules.rosters_visible_to(actor).select_related("body", "zone").select_for_update(of=("self",))
    holder = rows.filter(pk=appointment_id, deputises__isnull=True).first()
    if holder is None:
        raise NotFound
    return holder


def _check(holder: Appointment, person: Person, first_day: date, last_day: date) -> None:
    if last_day < first_day:
        raise Invalid(fields={"last_day": _("The leave ends before it begins.")})
    if person.pk == holder.person_id:
        raise Invalid(fields={"person": _("Nobody stands in for themselves; choose somebody else.")})
    if holder.counts_from is None:
        raise Invalid(fields={"first_day": _("The holder has not accepted the post yet.")})
    if first_day < holder.counts_from or (holder.term_to is not None and last_day > holder.term_to):
        raise Invalid(fields={"first_day": _("The leave lies outside the holder's term.")})
    if _leaves(holder, first_day, last_day).exists():
        raise Invalid(fields={"first_day": _("The holder has another leave in these days; end or shorten it first.")})


def _check_person(holder: Appointment, person: Person, first_day: date, last_day: date) -> None:
    """Hold the deputy to what the post asks of its holder: whom it is kept apart from, outsiders only, free hours."""
    new = NewAppointment(
        person,
        holder.body,
        holder.key,
        first_day,
        last_day,
        place_code=holder.place_code,
        zone=holder.zone,
        hours=from_rows(holder.hours),
    )
    playbook = current_playbook()
    faults = deputy_faults_in(new, playbook.post_named(holder.key), known_about([new], playbook))
    if faults:
        raise Invalid(fields={"person" if name == "hours" else name: why for name, why in faults.items()})


def _leaves(holder: Appointment, first_day: date, last_day: date) -> QuerySet[Appointment]:
    given = holder.deputies.exclude(accepted_on__isnull=True, ended_because__gt="")
    return given.filter(Q(term_to__gte=first_day), term_from__lte=last_day)


def _tell(deputy: Appointment) -> None:
    words = gettext_lazy("You stand in as %(post)s at %(body)s from %(first)s to %(last)s.")
    values = {
        "post": deputy.post,
        "body": deputy.body.name,
        "first": deputy.term_from,
        "last": deputy.term_to,
    }
    notify([deputy.person_id], words, values, link=reverse("organisations:my-posts"))

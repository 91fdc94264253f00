"""What changes bodies, duties and appointments."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from jinlin.algorithms.place_codes import Level
from jinlin.organisations import rules
from jinlin.organisations.models import Appointment, Body, Duty
from jinlin.organisations.queries import INTAKE
from jinlin.people.models import Person
from jinlin.platform.access import Actor, Role
from jinlin.platform.audit import record_change
from jinlin.platform.errors import Invalid, NotFound
from jinlin.platform.remembering import forget
from jinlin.playbooks.schema import Body as BodyKind
from jinlin.playbooks.schema import Duty as DutyRow
from jinlin.playbooks.schema import Playbook
from jinlin.territory.models import Place, Zone

PLACE_LEVELS = {"district": Level.DISTRICT, "subdistrict": Level.SUBDISTRICT, "community": Level.COMMUNITY}


def adopt_playbook(*, actor: Actor, playbook: Playbook, estates: Mapping[str, Iterable[str]] | None = None) -> None:
    """Found the bodies that the playbook names at every place of their level, and write its duty list for them.

    `estates` says which kinds of estate bodies an estate really has ({zone label: kinds}); an estate that is not named has
    all of them. What is there already stays, so that adopting twice changes nothing.
    """
    with transaction.atomic():
        with_posts = {body for post in playbook.post for body in post.bodies}
        for kind in playbook.body:
            _found_bodies(kind, estates or {}, outside=kind.outside or kind.kind not in with_posts)
        for row in playbook.duty:
            _write_duties(row)
        forget(INTAKE)
        first = Body.objects.order_by("pk").first()
        if first is not None:
            record_change(actor, "organisations.adopt_playbook", first, playbook=playbook.profile)


def _found_bodies(kind: BodyKind, estates: Mapping[str, Iterable[str]], *, outside: bool) -> None:
    if kind.level == "estate":
        for zone in Zone.objects.filter(kind=Zone.Kind.ESTATE, valid_to__isnull=True):
            if zone.label not in estates or kind.kind in estates[zone.label]:
                _found(kind, zone.community_code, zone.name, zone=zone, outside=outside)
        return
    for place in Place.objects.filter(level=PLACE_LEVELS[kind.level], valid_to__isnull=True):
        _found(kind, place.code, place.name, zone=None, outside=outside)


def _found(kind: BodyKind, place_code: str, place_name: str, *, zone: Zone | None, outside: bool) -> None:
    name = kind.name.format(place=place_name)
    Body.objects.get_or_create(
        place_code=place_code, kind=kind.kind, name=name, defaults={"zone": zone, "outside": outside}
    )


def _write_duties(row: DutyRow) -> None:
    for body in Body.objects.filter(kind=row.body, active=True):
        Duty.objects.get_or_create(
            body=body, task=row.task, place_code=body.place_code, zone=body.zone, category=row.category, basis=row.basis
        )


def appoint(
    *,
    actor: Actor,
    person: Person,
    body: Body,
    post: str,
    role: Role,
    place_code: str,
    zone: Zone | None = None,
    term_from: date,
    term_to: date | None = None,
    source: str = "",
) -> Appointment:
    """Give a person a post at a body, over a place or a zone within it, for a term.

    Raises:
        NotAllowed: for anybody but an administrator of body and place, or the platform itself; and for oneself.
        Invalid: for a term that ends before it begins, or a body that is not active.
    """
    rules.may_appoint(actor, person.pk).enforce()
    rules.may_fill(actor, body, place_code).enforce()
    if term_to is not None and term_to < term_from:
        raise Invalid(fields={"term_to": _("The term ends before it begins.")})
    if not body.active:
        raise Invalid(fields={"body": _("This body is not active; choose another one.")})
    with transaction.atomic():
        made = Appointment.objects.create(
            person=person,
            body=body,
            post=post,
            role=role,
            place_code=place_code,
            zone=zone,
            term_from=term_from,
            term_to=term_to,
            source=source,
        )
        record_change(actor, "organisations.appoint", made, place_code=place_code, person_id=person.pk, role=role)
    return made


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

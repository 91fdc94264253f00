"""Who holds which post, and what it gives them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from jinlin.algorithms.place_codes import ancestors_of
from jinlin.organisations.models import Appointment, Body
from jinlin.people.posts import Term
from jinlin.platform.access import Grant, Role
from jinlin.playbooks.schema import Playbook, Post


def grants_of(person_id: int, on: date) -> tuple[Grant, ...]:
    """Return what a person's appointments give on a day: those whose term runs, at bodies that are active."""
    rows = running_appointments(on).filter(person_id=person_id).exclude(role="")
    return tuple(
        Grant(role=Role(role), body_id=body, place_code=place, zone_id=zone)
        for role, body, place, zone in rows.values_list("role", "body_id", "place_code", "zone_id")
    )


def running_appointments(on: date) -> QuerySet[Appointment]:
    """Return the appointments that are accepted and whose term includes the day, at active bodies."""
    not_over = Q(term_to__isnull=True) | Q(term_to__gte=on)
    return Appointment.objects.filter(not_over, term_from__lte=on, accepted_on__lte=on, body__active=True)


def holders_of(roles: Iterable[Role], *, place_code: str, on: date) -> list[int]:
    """Return the persons who hold one of `roles` over the place, itself or above it."""
    scopes = [place_code, *ancestors_of(place_code)]
    rows = running_appointments(on).filter(role__in=list(roles), place_code__in=scopes)
    return list(rows.values_list("person_id", flat=True).distinct())


def members_of(body: Body | int, on: date) -> list[int]:
    """Return the persons with a post at the body."""
    return list(running_appointments(on).filter(body=body).values_list("person_id", flat=True).distinct())


def terms_of(person_ids: Iterable[int]) -> list[Term]:
    """Return every time in a post of these persons, running and past; what was only offered is none."""
    held = Appointment.objects.filter(person_id__in=set(person_ids), accepted_on__isnull=False).select_related("body")
    return [
        Term(row.person_id, row.post, row.body.name, row.counts_from, row.term_to, row.place_code, bool(row.role))
        for row in held
    ]


def asked_among(person_ids: Iterable[int]) -> set[int]:
    """Return those of the persons who hold or held a post, or were asked to take one."""
    return set(Appointment.objects.filter(person_id__in=set(person_ids)).values_list("person_id", flat=True))


def posts_at(body: Body, playbook: Playbook) -> list[Post]:
    """Return the posts that the playbook has at this body."""
    return [post for post in playbook.post if body.kind in post.bodies]

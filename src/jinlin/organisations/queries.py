"""Reads of bodies and duties that more than one screen needs."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from jinlin.algorithms.place_codes import ancestors_of
from jinlin.organisations import rules
from jinlin.organisations.models import Appointment, Body, Duty
from jinlin.people.models import Account
from jinlin.people.phones import MOBILE
from jinlin.people.posts import Term
from jinlin.people.queries import account_by_phone
from jinlin.platform.access import Actor, Grant, Role
from jinlin.platform.errors import Invalid
from jinlin.platform.remembering import remembered
from jinlin.playbooks.schema import Playbook, Post

INTAKE = "intake-duties"
INTAKE_LASTS = 10
"""Seconds for which the list of who receives requests is remembered."""


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


def duties_at(
    *, task: Duty.Task, place_code: str, zone_ids: Iterable[int | None] = (), category: str = ""
) -> list[Duty]:
    """Return the lines of the duty list that cover this place and category, the closest first.

    Closest is: the longest category, then a zone before none, then the lowest place. Inactive bodies are left out.
    """
    categories = [category[:length] for length in range(0, len(category) + 1, 2)] or [""]
    zones = [zone for zone in zone_ids if zone is not None]
    rows = Duty.objects.filter(
        Q(zone__isnull=True) | Q(zone_id__in=zones),
        task=task,
        place_code__in=[place_code, *ancestors_of(place_code)],
        category__in=categories,
        body__active=True,
    ).select_related("body")
    return sorted(rows, key=_closeness)


def _closeness(duty: Duty) -> tuple[int, bool, int, int]:
    return -len(duty.category), duty.zone_id is None, -len(duty.place_code), duty.pk


def receiving_body_id(place_code: str, zone_ids: Iterable[int | None] = ()) -> int:
    """Return the body that receives what is raised at this place, as the duty list said at most 10 seconds ago.

    Raises:
        Invalid: where nobody was named yet.
    """
    places, zones = {place_code, *ancestors_of(place_code)}, {None, *zone_ids}
    for place, zone, body in remembered(INTAKE, INTAKE_LASTS, _intake_lines):
        if place in places and zone in zones:
            return body
    raise Invalid(
        _("Nobody has been named yet who receives requests at this place."),
        remedy=_("Please call the community; an administrator has to add a line to the duty list."),
    )


def _intake_lines() -> list[tuple[str, int | None, int]]:
    """Return place, zone and body of the lines that say who receives requests, those that come first before others."""
    rows = Duty.objects.filter(task=Duty.Task.INTAKE, category="", body__active=True)
    return [(duty.place_code, duty.zone_id, duty.body_id) for duty in sorted(rows, key=_closeness)]


def holders_of(roles: Iterable[Role], *, place_code: str, on: date) -> list[int]:
    """Return the persons who hold one of `roles` over the place, itself or above it."""
    scopes = [place_code, *ancestors_of(place_code)]
    rows = running_appointments(on).filter(role__in=list(roles), place_code__in=scopes)
    return list(rows.values_list("person_id", flat=True).distinct())


def members_of(body: Body | int, on: date) -> list[int]:
    """Return the persons with a post at the body."""
    return list(running_appointments(on).filter(body=body).values_list("person_id", flat=True).distinct())


def terms_of(person_ids: Iterable[int]) -> list[Term]:
    """Return every time in a post of these persons, running and past."""
    rows = Appointment.objects.filter(person_id__in=set(person_ids)).select_related("body")
    return [Term(row.person_id, row.post, row.body.name, row.term_from, row.term_to, row.place_code) for row in rows]


def staff_accounts(actor: Actor, words: str = "") -> QuerySet[Account]:
    """Return the accounts that the actor keeps, by user name: with a post in their area, or made for a post to come.

    `words` are the beginning of a user name, or a whole telephone number that its owner has proved.
    """
    if MOBILE.fullmatch(words):
        known = account_by_phone(words)
        return Account.objects.filter(pk=known.pk if known else None).select_related("person")
    here = Q(person__appointments__in=rules.visible_to(actor))
    waiting = Q(person__appointments__isnull=True) & ~Q(username__startswith=Account.OWNERS_PREFIX)
    rows = Account.objects.filter(here | waiting, username__istartswith=words).select_related("person")
    return rows.order_by("username").distinct()


def posts_at(body: Body, playbook: Playbook) -> list[Post]:
    """Return the posts that the playbook has at this body."""
    return [post for post in playbook.post if body.kind in post.bodies]

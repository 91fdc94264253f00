"""Who sees a request, and who sees whoever raised it."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jinlin.people.rules import principals_of
from jinlin.platform.access import Actor, Role, in_scope
from jinlin.platform.rulings import YES, Ruling, no
from jinlin.requests.models import Passage, Request
from jinlin.requests.rules.parts import (
    ENTRY_ROLES,
    HANDLER_ROLES,
    RECEPTION_ROLES,
    Part,
    helped_by,
    lies_with,
    parts_by_post,
)


def visible_to(actor: Actor, requests: QuerySet[Request] | None = None) -> QuerySet[Request]:
    """Return the requests in which the actor plays a part; the list form of `parts_played`."""
    rows = Request.objects.all() if requests is None else requests
    if actor.is_system:
        return rows
    return rows.filter(_seen_by_post(actor) | _seen_by_person(actor))


def _seen_by_post(actor: Actor) -> Q:
    zones = ("grid_id", "estate_id")
    found = in_scope(actor.grants_as(RECEPTION_ROLES | {Role.AUDITOR}), zones=zones)
    for grant in actor.grants_as(HANDLER_ROLES):
        found |= lies_with(grant) | helped_by(grant)
    if bodies := {grant.body_id for grant in actor.grants_as(HANDLER_ROLES - RECEPTION_ROLES)}:
        found |= Q(pk__in=Passage.objects.filter(body_id__in=bodies).values("request_id"))
    if entering := actor.grants_as(ENTRY_ROLES):
        found |= Q(entered_by_id=actor.account_id) & in_scope(entering, zones=zones)
    return found


def _seen_by_person(actor: Actor) -> Q:
    found = Q(pk__in=[int(key.removeprefix("request:")) for key in actor.opened if key.startswith("request:")])
    if actor.is_signed_in:
        found |= Q(reporter_id=actor.person_id) | Q(reporter_id__in=principals_of(actor))
    return found


def may_see_reporter(actor: Actor, request: Request) -> Ruling:
    """Say whether the actor may open the reporter's name and telephone number (each time is logged)."""
    if request.anonymous:
        return no(_("The reporter asked to stay anonymous."))
    parts = parts_by_post(actor, request)
    if Part.RECEPTION in parts or (Part.HANDLER in parts and request.is_open):
        return YES
    return no(
        _("Only those who receive requests there, and those who work on it while it is open, may see who raised it.")
    )

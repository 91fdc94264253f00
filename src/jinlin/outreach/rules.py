"""Who plans rounds and sessions, who goes along, and who says that a home wants no visit."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.place_codes import Level
from jinlin.lists.rules import HOSTS, keeps
from jinlin.organisations.rules import bodies_of, is_member
from jinlin.outreach.models import Round, Visit
from jinlin.people.models import Household
from jinlin.people.rules import belongs_to
from jinlin.platform.access import Actor, Role, in_scope
from jinlin.platform.rulings import YES, Ruling, no
from jinlin.territory.models import Place

READERS = HOSTS | {Role.AUDITOR}
"""They see the rounds of their whole area at the desk."""
WORKERS = READERS | {Role.DEPARTMENT_OFFICER, Role.PROPERTY_MANAGER, Role.BODY_MEMBER}
"""They work with rounds at the desk, members of a body with its own."""
FIELD = frozenset({Role.NEIGHBOUR_HEAD, Role.GRID_MEMBER})
"""They go along where they work."""


def may_plan(actor: Actor, place_code: str, body_id: int) -> Ruling:
    """Say whether the actor plans, closes and calls off rounds: the community, and the team itself."""
    if keeps(actor, place_code, body_id):
        return YES
    return no(_("The community and the team itself plan and close a round."))


def may_go_along(actor: Actor, found: Round) -> Ruling:
    """Say whether the actor writes down what happened on a round: who planned it, and who works there outside."""
    outside = any(grant.place_code.startswith(found.place_code) for grant in actor.grants_as(FIELD))
    if outside or stands_near(actor, found.place_code, found.body_id):
        return YES
    return no(_("Those who go along write down what happened."))


def stands_near(actor: Actor, place_code: str, body_id: int) -> bool:
    """Say whether the actor keeps a round in its own community or team; levels above plan it too and see its numbers only."""
    near = [
        grant for grant in actor.grants_as(HOSTS) if grant.zone_id is None and len(grant.place_code) >= Level.COMMUNITY
    ]
    return actor.is_system or any(grant.covers(place_code) for grant in near) or is_member(actor, body_id)


def visits_seen(actor: Actor, found: Round) -> QuerySet[Visit]:
    """Return the homes of a round that the actor sees: its community and team all, who works outside their own (M106)."""
    if stands_near(actor, found.place_code, found.body_id):
        return found.visits.all()
    here = in_scope(actor.grants_as(FIELD), place="code", zones=("grid_id", "estate_id"))
    return found.visits.filter(home_code__in=Place.objects.filter(here).values("code"))


def may_visit(actor: Actor, visit: Visit) -> Ruling:
    """Say whether the actor writes down what happened at one home: it is among those that they see."""
    ruling = may_go_along(actor, visit.round)
    if ruling and not visits_seen(actor, visit.round).filter(pk=visit.pk).exists():
        return no(_("This home lies outside where you work."))
    return ruling


def may_decline(actor: Actor, household: Household) -> Ruling:
    """Say whether the actor says for a home that it wants no visit: those who live there do."""
    if actor.is_system or belongs_to(actor, household):
        return YES
    return no(_("Only those who live there say so."))


def rounds_at_work(actor: Actor) -> QuerySet[Round]:
    """Return the rounds of the actor's area, those of their bodies, and those where they work outside."""
    rows = Round.objects.select_related("body", "zone")
    if actor.is_system:
        return rows
    whole = [grant for grant in actor.grants_as(READERS) if grant.zone_id is None]
    communities = {grant.place_code[: Level.COMMUNITY] for grant in actor.grants_as(FIELD)}
    mine = Q(body__in=bodies_of(actor).values("pk")) | Q(place_code__in=communities)
    return rows.filter(in_scope(whole) | mine)

"""Who begins a procedure, who takes its steps, leaves one out or withdraws it. Procedures are open for everybody to read."""

from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.place_codes import Level
from jinlin.organisations.models import Appointment, Body, Coverage
from jinlin.organisations.queries.posts import running_appointments
from jinlin.organisations.rules import bodies_of
from jinlin.platform.access import Actor, Role, in_scope
from jinlin.platform.dates import today
from jinlin.platform.rulings import YES, Ruling, no
from jinlin.platform.wording import in_a_row
from jinlin.playbooks.schema import Actors
from jinlin.playbooks.schema import Procedure as Rules
from jinlin.playbooks.schema import Step as StepRules
from jinlin.procedures.models import Procedure
from jinlin.procedures.states import Verb
from jinlin.territory.models import Place
from jinlin.territory.providers import own_homes

HOSTS = frozenset({Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY, Role.SUBDISTRICT_OFFICER, Role.DISTRICT_OFFICER})
"""They withdraw what is in their area, and hand in proof for others."""
WORKERS = HOSTS | {Role.DEPARTMENT_OFFICER, Role.PROPERTY_MANAGER, Role.BODY_MEMBER, Role.AUDITOR}
"""They see procedures at the desk: of their area, and those in which a body of theirs has a part."""


class Spot:
    """Where a procedure is: a place, and the zone within it if it is about one."""

    def __init__(self, place_code: str, zone_id: int | None) -> None:
        self.place_code, self.zone_id = place_code, zone_id

    @property
    def around(self) -> Q:
        """The filter of rows with place and zone that stand here, at the places above, or in the zone."""
        levels = [Level.DISTRICT, Level.SUBDISTRICT, Level.COMMUNITY, Level.BUILDING]
        above = [self.place_code[:level] for level in levels if level < len(self.place_code)]
        here = Q(place_code__startswith=self.place_code) | Q(place_code__in=above)
        return here & (Q(zone=None) | Q(zone=self.zone_id)) if self.zone_id else here


def bodies_at(spot: Spot, kinds: Iterable[str]) -> QuerySet[Body]:
    """Return the active bodies of these kinds that stand at a spot or look after it."""
    cared = (
        Coverage.objects.filter(zone=spot.zone_id, valid_to__isnull=True) if spot.zone_id else Coverage.objects.none()
    )
    here = spot.around | Q(pk__in=cared.values("body"))
    return Body.objects.filter(here, active=True, kind__in=list(kinds)).order_by("name")


def posts_at(spot: Spot, keys: Iterable[str]) -> QuerySet[Appointment]:
    """Return the running appointments to these posts at a spot."""
    return running_appointments(today()).filter(spot.around, key__in=list(keys))


def acting_bodies(actor: Actor, who: Actors, spot: Spot) -> list[Body]:
    """Return the bodies, of those named, that the actor acts for at a spot."""
    if not who.bodies or not actor.is_signed_in or actor.is_system:
        return []
    mine = bodies_of(actor).filter(kind__in=who.bodies).values("pk")
    return list(bodies_at(spot, who.bodies).filter(pk__in=mine))


def is_among(actor: Actor, who: Actors, spot: Spot) -> bool:
    """Say whether the actor is among those named, at a spot."""
    if actor.is_system:
        return True
    if not actor.is_signed_in:
        return False
    roles = [Role(role) for role in who.roles]
    return (
        (bool(roles) and actor.has(roles, spot.place_code, [spot.zone_id]))
        or (who.residents and lives_at(actor, spot))
        or bool(acting_bodies(actor, who, spot))
        or (bool(who.posts) and posts_at(spot, who.posts).filter(person_id=actor.person_id or 0).exists())
    )


def lives_at(actor: Actor, spot: Spot) -> bool:
    """Say whether the actor has a home at a spot."""
    homes = [code for code in own_homes(actor) if code.startswith(spot.place_code)]
    if not spot.zone_id or not homes:
        return bool(homes)
    return Place.objects.filter(code__in=homes).filter(Q(estate=spot.zone_id) | Q(grid=spot.zone_id)).exists()


def may_begin(actor: Actor, rules: Rules, spot: Spot) -> Ruling:
    """Say whether the actor begins a procedure of this kind at a spot."""
    if not actor.is_system:
        actor.must_be_signed_in()
    if is_barred(actor, rules):
        return no(
            _("Residents begin this themselves; whoever works for the place helps them, and proposes nothing here.")
        )
    if not is_among(actor, rules.begun_by, spot):
        return no(_("This is begun by others; the playbook says by whom."))
    return YES


def is_barred(actor: Actor, rules: Rules) -> bool:
    """Say whether the actor may begin none of this kind, wherever they work."""
    barred = rules.barred
    held = bool(actor.roles & {Role(role) for role in barred.roles})
    return held or (bool(barred.bodies) and bodies_of(actor).filter(kind__in=barred.bodies).exists())


def spot_of(procedure: Procedure) -> Spot:
    """Return where a procedure is."""
    return Spot(procedure.place_code, procedure.zone_id)


def hosts(actor: Actor, procedure: Procedure) -> bool:
    """Say whether the procedure is in the actor's area."""
    return actor.is_system or actor.has(HOSTS, procedure.place_code, [procedure.zone_id])


def has_part(actor: Actor, procedure: Procedure) -> bool:
    """Say whether a procedure is in the actor's area, or one of its steps is theirs to take."""
    spot = spot_of(procedure)
    return hosts(actor, procedure) or any(is_among(actor, step.by, spot) for step in procedure.definition.rules.steps)


def may_take(actor: Actor, procedure: Procedure, step: StepRules) -> Ruling:
    """Say whether the actor takes a step: concludes it by hand, or chooses what follows."""
    if is_among(actor, step.by, spot_of(procedure)):
        return YES
    (who,) = takers_named(procedure, [step])
    return no(_("This step is taken by others: %(who)s.") % {"who": in_a_row(who)})


def takers_named(procedure: Procedure, steps: Sequence[StepRules]) -> list[list[str]]:
    """Return for each step who takes it: the names of the bodies, and residents where they do."""
    kinds = {kind for step in steps for kind in step.by.bodies}
    bodies = list(bodies_at(spot_of(procedure), kinds).values_list("kind", "name"))
    return [
        [name for kind, name in bodies if kind in step.by.bodies]
        + ([gettext("residents of the place")] if step.by.residents else [])
        for step in steps
    ]


def may_skip(actor: Actor, procedure: Procedure, step: StepRules) -> Ruling:
    """Say whether the actor leaves a step out."""
    if not step.skip:
        return no(_("This step may not be left out."))
    if actor.has([Role(role) for role in step.skip], procedure.place_code, [procedure.zone_id]):
        return YES
    return no(_("Only those whom the work method names leave this step out."))


def may(actor: Actor, verb: Verb, procedure: Procedure) -> Ruling:
    """Say whether the actor may do this to a procedure, whatever its state."""
    if actor.is_system:
        return YES
    step = procedure.definition.rules.step(procedure.at_key) if procedure.at_key else None
    if step is None or verb == Verb.WITHDRAW:
        return _may_withdraw(actor, procedure)
    if verb == Verb.SKIP:
        return may_skip(actor, procedure, step)
    if verb == Verb.PROVE and hosts(actor, procedure):
        return YES
    return may_take(actor, procedure, step)


def _may_withdraw(actor: Actor, procedure: Procedure) -> Ruling:
    began = actor.person_id is not None and actor.person_id == procedure.person_id
    if began or hosts(actor, procedure):
        return YES
    return no(_("Whoever began it, and the community, withdraw it."))


def procedures_at_desk(actor: Actor) -> QuerySet[Procedure]:
    """Return the procedures of the actor's area, and those at places where a body of theirs stands."""
    rows = Procedure.objects.select_related("definition", "zone")
    if actor.is_system:
        return rows
    areas = in_scope(actor.grants_as(HOSTS | {Role.AUDITOR}), zones=["zone"])
    own = Q(pk__in=[])
    for place_code, zone_id in bodies_of(actor).values_list("place_code", "zone_id"):
        here = Q(place_code__startswith=place_code)
        own |= here & Q(zone=zone_id) if zone_id else here
    return rows.filter(areas | own)

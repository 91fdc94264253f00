"""Who gives work, takes it on, reports it as done and confirms it; and what nobody may give to whom."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.place_codes import ancestors_of
from jinlin.organisations.models import Body, Task
from jinlin.organisations.rules.acting import bodies_visible_at_desk, is_member, may_act_for
from jinlin.platform.access import Actor
from jinlin.platform.dates import today
from jinlin.platform.rulings import YES, Ruling, no
from jinlin.playbooks.schema import TaskKind


def tasks_visible_to(actor: Actor) -> QuerySet[Task]:
    """Return the work of the bodies that the actor sees, and what was given to a post of theirs."""
    seen = bodies_visible_at_desk(actor).values("pk")
    mine = Q(appointment__person_id=actor.person_id) if actor.person_id else Q(pk__in=[])
    rows = Task.objects.filter(Q(body__in=seen) | Q(given_by__in=seen) | Q(host__in=seen) | mine)
    return rows.select_related("body", "given_by", "host", "zone")


def bodies_to_give_to(actor: Actor, giver: Body) -> QuerySet[Body]:
    """Return the bodies to which `giver` can give work: those at its place and below, and those that the actor sees."""
    seen = bodies_visible_at_desk(actor).values("pk")
    return Body.objects.filter(Q(place_code__startswith=giver.place_code) | Q(pk__in=seen))


def bodies_to_hand_to(actor: Actor, task: Task) -> QuerySet[Body]:
    """Return the bodies to which work can go on: those that answer for where it is, and those that the actor sees."""
    here = Q(place_code__in=[task.place_code, *ancestors_of(task.place_code)])
    here &= Q(zone__isnull=True) | Q(zone_id=task.zone_id)
    seen = Q(pk__in=bodies_visible_at_desk(actor).values("pk"))
    return Body.objects.filter(here | seen).exclude(pk=task.body_id)


def may_give(actor: Actor, kind: TaskKind, giver: Body) -> Ruling:
    """Say whether the actor gives work of this kind in the name of the body `giver`."""
    if not kind.by:
        return no(_("“%(kind)s” is pledged by those who do it; nobody gives it.") % {"kind": kind.name})
    if giver.kind not in kind.by:
        return no(_("%(body)s does not give work of this kind.") % {"body": giver.name})
    return may_act_for(actor, giver)


def may_take(kind: TaskKind, body: Body) -> Ruling:
    """Say whether work of this kind may lie with the body at all."""
    if body.kind in kind.barred_for:
        return no(_("“%(kind)s” may not be given to %(body)s.") % {"kind": kind.name, "body": body.name})
    if not body.active:
        return no(_("%(body)s is not active.") % {"body": body.name})
    return YES


def may_pledge(actor: Actor, kind: TaskKind, body: Body, holder_id: int | None) -> Ruling:
    """Say whether the actor pledges in the name of the body, or for the post that they hold or are offered themselves."""
    if kind.by:
        return no(_("“%(kind)s” is given, not pledged.") % {"kind": kind.name})
    if holder_id is not None:
        own = holder_id == actor.person_id or actor.is_system
        return YES if own else no(_("Everybody pledges for their own post only."))
    return may_act_for(actor, body)


def may_do(actor: Actor, task: Task) -> Ruling:
    """Say whether the work is the actor's: it lies with their body, or with the post that they hold."""
    post = task.appointment
    if post is not None and post.person_id == actor.person_id and post.is_running(today()):
        return YES
    return may_act_for(actor, task.body)


def needs_confirmation(kind: TaskKind) -> bool:
    """Say whether work of this kind counts only once somebody else says that it is done."""
    return bool(kind.confirmed_by)


def confirmer_of(task: Task) -> Body | None:
    """Return the body that confirms the work: whom it serves, or else who gave it."""
    return task.host or task.given_by


def may_confirm(actor: Actor, kind: TaskKind, task: Task) -> Ruling:
    """Say whether the actor confirms the work: in the name of whom it serves, and never as the doer."""
    body = confirmer_of(task)
    if body is None or body.kind not in kind.confirmed_by:
        return no(_("Work of this kind is not confirmed by anybody here."))
    doer = task.appointment.person_id if task.appointment_id else None
    if not actor.is_system and (doer == actor.person_id or is_member(actor, task.body_id)):
        return no(_("Nobody confirms their own work."))
    return may_act_for(actor, body)


def may_drop(actor: Actor, task: Task) -> Ruling:
    """Say whether the actor gives the work up: who gave it, or for a pledge who made it."""
    return may_act_for(actor, task.given_by) if task.given_by else may_do(actor, task)

"""Finds hot troubles by the rules of the playbook; each window sets off once, later requests join."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from jinlin.algorithms.place_codes import Level
from jinlin.clusters.actions.opening import NewCluster, join, open_cluster
from jinlin.clusters.models import Cluster
from jinlin.clusters.queries import Common, common, received_between
from jinlin.clusters.states import RUNNING
from jinlin.organisations.models import Body
from jinlin.platform.access import SYSTEM, Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now
from jinlin.platform.tasks import Tally, one_by_one
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema.hot_issues import HotRule
from jinlin.requests.models import Request
from jinlin.territory.models import Zone

BY_HAND = "residents_committee"
"""The kind of body that owns what a person took on."""


@dataclass(frozen=True)
class Found:
    """What a rule has found: a trouble, where, and the running one that it belongs to, if there is one."""

    rule: HotRule
    common: Common
    place_code: str
    zone: Zone | None
    running: Cluster | None


def spot() -> list[Tally]:
    """Take on what the rules find hot now, the narrowest rule first, and let new requests join what is taken on."""
    return [one_by_one(_take_on, read_rule(rule, only_free=True)) for rule in current_playbook().hot_rule]


def read_rule(rule: HotRule, *, threshold: int = 0, days: int = 0, only_free: bool = False) -> list[Found]:
    """Return what a rule finds now, also with another threshold or number of days; nothing changes (试运行).

    With `only_free`, requests of a common trouble that was taken on already are not counted again.
    """
    until = now()
    rows = received_between(until - timedelta(days=days or rule.days), until + timedelta(seconds=1))
    if only_free:
        rows = rows.filter(cluster_member__isnull=True)
    groups = [group for group in common(rows, rule.scope) if group.category.startswith(rule.category)]
    found = [_placed(rule, group) for group in groups]
    least = threshold or rule.threshold
    return [one for one in found if one.running or one.common.count(rule.counts) >= least]


def _placed(rule: HotRule, group: Common) -> Found:
    zone = None if rule.scope == "community" else Zone.objects.filter(pk=group.where).first()
    place_code = zone.community_code if zone else str(group.where)
    since = now() - timedelta(days=rule.days)
    running = Cluster.objects.filter(
        rule=rule.key,
        category=group.category,
        place_code=place_code,
        zone=zone,
        state__in=RUNNING,
        opened_at__gte=since,
    )
    return Found(rule, group, place_code, zone, running.order_by("-opened_at").first())


def _take_on(found: Found) -> Cluster | None:
    if found.running is not None:
        return _let_join(found.running, found.common)
    body = owner_of(found.rule.body, found.place_code, found.common)
    new = NewCluster(found.common, found.place_code, found.zone, body, found.rule.key, found.rule.tasks)
    return open_cluster(actor=SYSTEM, new=new)


def take_on(*, actor: Actor, group: Common) -> Cluster:
    """Take on by hand what many have, for the residents' committee of its place. Raises: as `open_cluster`."""
    zone = Zone.objects.filter(pk=group.where).first() if isinstance(group.where, int) else None
    place_code = zone.community_code if zone else str(group.where)
    body = owner_of(BY_HAND, place_code, group)
    return open_cluster(actor=actor, new=NewCluster(group, place_code[: Level.COMMUNITY], zone, body))


def _let_join(running: Cluster, group: Common) -> Cluster:
    with transaction.atomic():
        cluster = Cluster.objects.select_for_update().get(pk=running.pk)
        join(cluster, group.requests)
        record_change(SYSTEM, "clusters.join", cluster, place_code=cluster.place_code, requests=group.requests)
    return cluster


def owner_of(kind: str, place_code: str, group: Common) -> Body:
    """Return the body of a kind at a community, or where there is none the one with which the newest request lies."""
    here = Body.objects.filter(kind=kind, place_code=place_code, active=True).order_by("pk").first()
    return here or Request.objects.select_related("body").get(pk=group.requests[-1]).body

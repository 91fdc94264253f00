"""Takes a common trouble on: its requests together, a body that owns it, work that it sets off, and word to its reporters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.algorithms.place_codes import Level
from jinlin.clusters import rules
from jinlin.clusters.models import Cluster, Member
from jinlin.clusters.queries import Common
from jinlin.organisations.actions import NewTask, give_tasks
from jinlin.organisations.models import Body
from jinlin.organisations.queries import members_of
from jinlin.platform.access import SYSTEM, Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid
from jinlin.platform.messages import notify
from jinlin.platform.numbers import next_number
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema.hot_issues import HotTask
from jinlin.requests.models import Category, Request
from jinlin.territory.models import Place, Zone

TASK_KIND = "hot_response"
LONGEST_TITLE = 120


@dataclass(frozen=True)
class NewCluster:
    """A common trouble to take on: which requests, where, whose it becomes, and the work that it sets off."""

    common: Common
    place_code: str
    zone: Zone | None
    body: Body
    rule: str = ""
    tasks: Sequence[HotTask] = ()


def open_cluster(*, actor: Actor, new: NewCluster) -> Cluster:
    """Take a common trouble on.

    Raises:
        NotAllowed: for who does not answer for the place.
        Invalid: when all its requests belong to another common trouble already.
    """
    with transaction.atomic():
        free = _free(new.common.requests)
        if not free:
            raise Invalid(_("These requests belong to a common trouble already."))
        cluster = _written(actor, new)
        rules.may_answer(actor, cluster).enforce()
        cluster.save()
        join(cluster, free)
        _give_work(cluster, new)
        record_change(
            actor,
            "clusters.open",
            cluster,
            place_code=cluster.place_code,
            rule=new.rule,
            requests=sorted(free),
            households=cluster.households,
        )
    return cluster


def join(cluster: Cluster, request_ids: Sequence[int]) -> None:
    """Make requests part of a common trouble and tell whoever raised them; part of an action's transaction.

    How many households have it is told only where so many may be told in public: of two, each would know the other.
    """
    at = now()
    Member.objects.bulk_create(Member(cluster=cluster, request_id=key, joined_at=at) for key in request_ids)
    words = gettext_lazy("“%(title)s” is dealt with together; you will hear the answer.")
    if rules.may_be_public(cluster.households):
        words = gettext_lazy(
            "%(count)s households have “%(title)s”. It is dealt with as one; you will hear the answer."
        )
    reporters = Request.objects.filter(pk__in=request_ids, reporter__isnull=False).values_list("reporter_id", "pk")
    for person, request_id in reporters:
        values = {"count": cluster.households, "title": cluster.title}
        notify([person], words, values, link=f"/my/requests/{request_id}")


def _free(request_ids: Sequence[int]) -> list[int]:
    taken = set(Member.objects.filter(request_id__in=request_ids).values_list("request_id", flat=True))
    return [key for key in request_ids if key not in taken]


def _written(actor: Actor, new: NewCluster) -> Cluster:
    at = now()
    return Cluster(
        number=f"G{at:%Y}-{next_number(f'cluster-{at:%Y}'):04d}",
        rule=new.rule,
        title=_title(new),
        category=new.common.category,
        place_code=new.place_code[: Level.COMMUNITY],
        zone=new.zone,
        body=new.body,
        cases=new.common.cases,
        households=new.common.households,
        first_at=new.common.first,
        last_at=new.common.last,
        opened_at=at,
        opened_by_id=actor.account_id,
    )


def _title(new: NewCluster) -> str:
    """Return where and what: the zone's or place's name and the category's, no words of a reporter."""
    place = new.zone.name if new.zone else _name_of(new.place_code)
    category = Category.objects.filter(code=new.common.category).values_list("name", flat=True).first()
    return f"{place}：{category or new.common.category}"[:LONGEST_TITLE]


def _name_of(place_code: str) -> str:
    return Place.objects.filter(code=place_code).values_list("name", flat=True).first() or place_code


def _give_work(cluster: Cluster, new: NewCluster) -> None:
    """Give the work of the rule to the body that owns the trouble, or to the body of the kind named, and tell the owner."""
    bodies = {body.kind: body for body in Body.objects.filter(active=True, place_code=new.body.place_code)}
    tasks = [
        NewTask(
            kind=TASK_KIND,
            title=task.name,
            body=bodies.get(task.body, new.body),
            due_on=today() + timedelta(days=task.days),
            given_by=new.body,
            place_code=cluster.place_code,
            zone=cluster.zone,
            plan=cluster.number,
        )
        for task in new.tasks
    ]
    givers = [kind.by for kind in current_playbook().task if kind.key == TASK_KIND]
    if tasks and new.body.kind in givers[0]:
        give_tasks(actor=SYSTEM, tasks=tasks)
    words = gettext_lazy("%(title)s: %(count)s households within the days of the rule. It is yours to deal with.")
    values = {"title": cluster.title, "count": cluster.households}
    notify(members_of(new.body.pk, today()), words, values, link=f"/desk/clusters/{cluster.pk}/")

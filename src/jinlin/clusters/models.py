"""Common troubles with the requests that make them up, and the cases that a secretary leads in person."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.clusters.states import ClusterState
from jinlin.organisations.models import Appointment, Body
from jinlin.requests.models import Request


class Cluster(models.Model):
    """A trouble that many have in one place (共性问题, 热点): found by a rule of the playbook, or taken on by hand.

    `cases` and `households` are what was counted when it was taken on, between `first_at` and `last_at`; requests that come
    later join it. `rule` is empty where a person saw it. Its plan of work are the tasks that name its number as their plan.
    """

    number = models.CharField(_("number"), max_length=20, unique=True)
    rule = models.CharField(max_length=32, blank=True)
    title = models.CharField(_("title"), max_length=120)
    category = models.CharField(_("category"), max_length=6)
    place_code = models.CharField(_("community"), max_length=22)
    zone = models.ForeignKey("territory.Zone", on_delete=models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="clusters", verbose_name=_("body"))
    state = models.CharField(_("state"), max_length=8, choices=ClusterState, default=ClusterState.OPEN)
    version = models.PositiveIntegerField(default=1)
    cases = models.PositiveIntegerField()
    households = models.PositiveIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    opened_at = models.DateTimeField(pgettext_lazy("common trouble", "taken on"))
    opened_by_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "place_code", "-opened_at"], name="cluster_state_place")]

    def __str__(self) -> str:
        return self.number


class Member(models.Model):
    """That a request is part of a common trouble; of one at the most."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="members")
    request = models.OneToOneField(Request, on_delete=models.PROTECT, related_name="cluster_member")
    joined_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.request_id} in {self.cluster_id}"


class Reply(models.Model):
    """An answer to everybody in a common trouble; append-only, the newest is what the public reads."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="replies")
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=8)
    words = models.TextField(_("words"))
    told = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.verb} of {self.cluster_id}"


class Leading(models.Model):
    """That the secretary leads a request in person (书记领办), by the post held then; the dates of the plan are tasks."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="leadings")
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("why it is led"), max_length=200)
    plan = models.TextField(_("plan"))
    taken_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(_("why it was given back"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=models.Q(ended_at__isnull=True), name="one_leader_of_a_request"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} led since {self.taken_at:%F}"

"""A request: the words as they were written, and what holds of it now."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.working_time import Light
from jinlin.requests.models.choices import Channel, Function, Kind, Outcome, Publicity, Urgency
from jinlin.requests.states import OPEN, state_choices


def light_of(due_at: datetime | None, warns_at: datetime | None, now: datetime) -> str:
    """Return the traffic light of a deadline and of the time from which it is due soon; empty without a deadline."""
    if due_at is None:
        return ""
    if now > due_at:
        return Light.RED
    return Light.YELLOW if warns_at is not None and now >= warns_at else Light.GREEN


class Request(models.Model):
    """What somebody raised. The words stay as they were written; everything that changes is a step of the history.

    `state`, `category`, `urgency`, `place_code`, `body` and `due_at` are those of step number `version`; `promises` holds
    the running clocks as {milestone: due time}, of which `due_at` is the earliest, and `warnings` the times from which they
    are due soon, of which `warns_at` is the earliest. `asked` counts the approvals that wait for a decision; while the
    clocks stand, `stopped_at` says since when. `rung` is the kind of stop on the way up at which it stands, empty before it
    went up. What is answered through its `lead` has a state of its own and ends when the lead does.
    """

    number = models.CharField(_("number"), max_length=20, unique=True)
    version = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"))
    search = models.TextField(editable=False)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    function = models.CharField(_("entrance"), max_length=10, choices=Function, blank=True)
    raised_at = models.DateTimeField(_("raised"))
    raised_at_known = models.BooleanField(default=True)
    received_at = models.DateTimeField(_("received"))
    closed_at = models.DateTimeField(_("closed"), null=True)

    reporter = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="requests")
    entered_by_id = models.BigIntegerField(null=True)
    anonymous = models.BooleanField(_("anonymous"), default=False)
    follow_digest = models.CharField(max_length=43)
    publicity = models.CharField(max_length=8, choices=Publicity, default=Publicity.PRIVATE)

    place_code = models.CharField(_("place"), max_length=22)
    place_text = models.CharField(_("place in words"), max_length=200, blank=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    grid = models.ForeignKey("territory.Zone", on_delete=models.SET_NULL, null=True, related_name="+")
    estate = models.ForeignKey("territory.Zone", on_delete=models.SET_NULL, null=True, related_name="+")

    state = models.CharField(_("state"), max_length=12, choices=state_choices)
    category = models.CharField(_("category"), max_length=6, blank=True)
    urgency = models.CharField(_("urgency"), max_length=9, choices=Urgency, default=Urgency.ORDINARY)
    body = models.ForeignKey(
        "organisations.Body", on_delete=models.PROTECT, related_name="requests", verbose_name=_("body")
    )
    due_at = models.DateTimeField(_("due"), null=True)
    promises = models.JSONField(default=dict)
    warns_at = models.DateTimeField(_("due soon from"), null=True)
    warnings = models.JSONField(default=dict, db_default={})
    stopped_at = models.DateTimeField(_("clocks stand since"), null=True)
    asked = models.PositiveSmallIntegerField(_("approvals that wait"), default=0, db_default=0)
    suspended_until = models.DateField(_("suspended until"), null=True)
    rung = models.CharField(_("rung of the ladder"), max_length=7, blank=True, default="", db_default="")
    supervised = models.BooleanField(_("supervised"), default=False, db_default=False)
    transfers = models.PositiveIntegerField(_("times passed on"), default=0)

    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome, blank=True, default="", db_default="")
    reopened = models.PositiveIntegerField(_("times reopened"), default=0, db_default=0)
    lead = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    members = models.PositiveIntegerField(_("requests answered through it"), default=0, db_default=0)
    parts_given = models.PositiveIntegerField(_("parts that others help with"), default=0, db_default=0)
    parts_owed = models.PositiveIntegerField(_("parts still owed"), default=0, db_default=0)
    reminded_at = models.DateTimeField(_("last reminder to its body"), null=True)
    supports = models.PositiveIntegerField(_("households that say me too"), default=0, db_default=0)

    external_source = models.CharField(max_length=64, blank=True)
    external_id = models.CharField(_("outside number"), max_length=64, blank=True)
    days_to_reply = models.PositiveIntegerField(_("days to the reply, as the source counted"), null=True)
    labels = models.JSONField(_("columns of the source that have no field here"), default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["external_source", "external_id"],
                condition=~models.Q(external_id=""),
                name="outside_number_once",
            ),
        ]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="request_time"),
            models.Index(fields=["place_code", "-received_at"], name="request_place"),
            models.Index(fields=["body", "state", "-received_at"], name="request_body_state"),
            models.Index(fields=["state", "due_at"], name="request_due"),
            models.Index(
                fields=["suspended_until"],
                name="request_suspended",
                condition=models.Q(suspended_until__isnull=False),
            ),
            models.Index(
                fields=["entered_by_id", "-received_at"],
                name="request_entered",
                condition=models.Q(entered_by_id__isnull=False),
            ),
            models.Index(fields=["id"], name="request_helped", condition=models.Q(parts_given__gt=0)),
            models.Index(
                fields=["publicity", "-received_at"], name="request_to_look_at", condition=models.Q(publicity="wished")
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def promised_at(self) -> datetime | None:
        """The time by which its reporter was promised the result, or at least an answer; None while nothing is owed."""
        due = self.promises.get("final") or self.promises.get("first_answer")
        return datetime.fromisoformat(due) if due else None

    def light(self, now: datetime) -> str:
        """The traffic light of what it owes next; empty while nothing is owed or the clocks stand."""
        return light_of(self.due_at, self.warns_at, now)

    def is_overdue(self, now: datetime) -> bool:
        """Say whether its current promise was missed and is still owed."""
        return self.is_open and self.due_at is not None and self.due_at < now

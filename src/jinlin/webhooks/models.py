"""Addresses that are told of requests, and each call to one of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.platform.crypto import EncryptedTextField


class Event(models.TextChoices):
    """What an address can be told of."""

    RECEIVED = "request.received", _("a request came in")
    CHANGED = "request.changed", _("a request took a step")
    CLOSED = "request.closed", _("a request ended")
    PING = "ping", _("a test")


class Webhook(models.Model):
    """An address that is told of the requests of a place.

    `seen_step` is the id of a step up to which the history has been looked through; `failures` counts the calls that failed in
    a row, and no call is made before `next_at`.
    """

    url = models.CharField(_("address"), max_length=500)
    place_code = models.CharField(_("place"), max_length=22)
    events = models.JSONField(_("told of"), default=list)
    secret = EncryptedTextField()
    created_at = models.DateTimeField()
    created_by_id = models.BigIntegerField(null=True)
    active = models.BooleanField(_("active"), default=True)
    stopped_because = models.CharField(max_length=200, blank=True)
    failures = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    seen_step = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["next_at"], name="webhook_due", condition=models.Q(active=True))]

    def __str__(self) -> str:
        return self.url


class Delivery(models.Model):
    """One event for one address, with how its last call went; kept for 30 days as the log."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("delivery", "waiting")
        DELIVERED = "delivered", pgettext_lazy("delivery", "delivered")
        SET_ASIDE = "set_aside", pgettext_lazy("delivery", "set aside")

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event_id = models.CharField(max_length=40)
    event = models.CharField(max_length=20, choices=Event)
    step_id = models.BigIntegerField(null=True)
    payload = models.JSONField()
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    status = models.PositiveIntegerField(null=True)
    finding = models.CharField(max_length=200, blank=True)
    took_ms = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["webhook", "event_id"], name="told_once_of_an_event")]
        indexes = [
            models.Index(fields=["webhook", "-at", "-id"], name="delivery_log"),
            models.Index(fields=["webhook", "id"], name="delivery_waiting", condition=models.Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} for {self.webhook_id}"

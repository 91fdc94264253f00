"""The append-only history of a request: its steps, and the photos that came with them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jinlin.platform.models import HistoryLine, StoredFile
from jinlin.requests.models.choices import Outcome, Urgency
from jinlin.requests.models.requests import Request
from jinlin.requests.states import state_choices, verb_choices


class Step(HistoryLine):
    """One line of a request's history, with what held after the step; its words are two: to the reporter, and among officers.

    `body` has the request after it; `acting` is the body for which it was taken, none of a resident or the platform.
    """

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="steps")
    words = None
    verb = models.CharField(max_length=12, choices=verb_choices)
    state = models.CharField(max_length=12, choices=state_choices)
    category = models.CharField(max_length=6, blank=True)
    urgency = models.CharField(max_length=9, choices=Urgency)
    place_code = models.CharField(max_length=22)
    body = models.ForeignKey("organisations.Body", on_delete=models.PROTECT, related_name="+")
    acting = models.ForeignKey(
        "organisations.Body",
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name=_("acting body"),
    )
    due_at = models.DateTimeField(null=True)
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome, blank=True, default="", db_default="")
    note = models.TextField(_("words to the reporter"), blank=True)
    internal_note = models.TextField(_("words among officers"), blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "number"], name="step_number_once")]
        indexes = [models.Index(fields=["verb", "at"], name="step_verb")]


class RequestPhoto(models.Model):
    """A cleaned photo of a request, tied to the step that it came with."""

    class Moment(models.TextChoices):
        BEFORE = "before", _("before")
        AFTER = "after", _("after")

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="photos")
    step_number = models.PositiveIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    moment = models.CharField(max_length=6, choices=Moment)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["step_number", "order"]
        constraints = [
            models.UniqueConstraint(fields=["request", "step_number", "order"], name="photo_place_once"),
        ]

    def __str__(self) -> str:
        return f"photo {self.order} of {self.request_id}/{self.step_number}"

"""Who holds which post at a body, for how long, and who stands in for them."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jinlin.organisations.models.bodies import Body
from jinlin.platform.access import Role


class Appointment(models.Model):
    """A person holds a post over a scope, for a term; the source of all rights of officers.

    `key` is the playbook's, `post` what the post was called when it was given. A post without `role` gives no rights.
    An offer that has not been accepted has no `accepted_on` and counts for nothing yet. A deputy's appointment names the
    one that they stand in for (`deputises`); its term is the leave. A zone narrows the post to a part of what the body
    answers for (a grid member's grid); otherwise it stays empty.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="appointments")
    key = models.CharField(max_length=32)
    post = models.CharField(_("post"), max_length=32)
    role = models.CharField(_("role"), max_length=24, choices=[(role.value, role.value) for role in Role], blank=True)
    place_code = models.CharField(_("place"), max_length=22, db_index=True)
    zone = models.ForeignKey("territory.Zone", on_delete=models.PROTECT, null=True, related_name="+")
    origin = models.CharField(_("where they come from"), max_length=32, blank=True)
    term_from = models.DateField(_("from"))
    term_to = models.DateField(_("until"), null=True)
    accepted_on = models.DateField(_("accepted on"), null=True)
    source = models.CharField(_("source"), max_length=120, blank=True)
    listed = models.BooleanField(_("may be shown by name"), default=False)
    hours = models.JSONField(_("hours"), default=list)
    ended_because = models.CharField(_("why it ended"), max_length=120, blank=True)
    deputises = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="deputies")
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="predecessors")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="appointment_term",
                condition=Q(term_to__isnull=True) | Q(term_to__gte=models.F("term_from")),
            ),
        ]
        indexes = [models.Index(fields=["key", "place_code"], name="appointment_key_place")]

    def __str__(self) -> str:
        return f"{self.post} at {self.body_id}"

    @property
    def is_offer(self) -> bool:
        """Whether its person has yet to answer; one that was declined or withdrawn says why it ended."""
        return self.accepted_on is None and not self.ended_because

    @property
    def is_given_up(self) -> bool:
        """Whether it never counts: an offer declined or withdrawn, or a post that ended before it began."""
        return self.accepted_on is None and bool(self.ended_because)

    @property
    def counts_from(self) -> date | None:
        """The day from which the post is held, None before it is accepted."""
        return max(self.term_from, self.accepted_on) if self.accepted_on else None

    def is_running(self, day: date) -> bool:
        """Say whether the post is accepted and its term includes the day."""
        begun = self.counts_from
        return begun is not None and begun <= day and (self.term_to is None or day <= self.term_to)

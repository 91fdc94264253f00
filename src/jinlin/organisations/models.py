"""Bodies, appointments to their posts, and duties: which body answers for which kind of thing at which place."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from jinlin.platform.access import Role


class Body(models.Model):
    """An organisation that can be given work: a committee, a station, a firm, a department."""

    name = models.CharField(_("name"), max_length=64)
    kind = models.CharField(_("kind"), max_length=32)
    place_code = models.CharField(_("place"), max_length=22, db_index=True)
    zone = models.ForeignKey("territory.Zone", on_delete=models.PROTECT, null=True, related_name="bodies")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    outside = models.BooleanField(_("does not sign in; the dispatching desk enters its answers"), default=False)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place_code", "kind", "name"], name="body_once_per_place")]

    def __str__(self) -> str:
        return self.name


class Appointment(models.Model):
    """A person holds a post at a body, over a scope, for a term; the source of all rights of officers.

    A zone narrows the post to a part of what the body answers for (a grid member's grid); otherwise it stays empty.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="appointments")
    post = models.CharField(_("post"), max_length=32)
    role = models.CharField(_("role"), max_length=24, choices=[(role.value, role.value) for role in Role])
    place_code = models.CharField(_("place"), max_length=22, db_index=True)
    zone = models.ForeignKey("territory.Zone", on_delete=models.PROTECT, null=True, related_name="+")
    term_from = models.DateField(_("from"))
    term_to = models.DateField(_("until"), null=True)
    source = models.CharField(_("source"), max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="appointment_term",
                condition=models.Q(term_to__isnull=True) | models.Q(term_to__gte=models.F("term_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} at {self.body_id}"

    def is_running(self, day: date) -> bool:
        """Say whether the term includes the day."""
        return self.term_from <= day and (self.term_to is None or day <= self.term_to)


class Duty(models.Model):
    """One line of the duty list (职责表): this body answers for these categories at this place, and by which basis.

    An empty category covers all; the body with the duty `intake` receives what is raised there.
    """

    class Task(models.TextChoices):
        INTAKE = "intake", _("receives requests")
        HANDLE = "handle", _("handles requests")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="duties")
    task = models.CharField(max_length=8, choices=Task)
    place_code = models.CharField(_("place"), max_length=22, db_index=True)
    zone = models.ForeignKey("territory.Zone", on_delete=models.PROTECT, null=True, related_name="+")
    category = models.CharField(_("category"), max_length=6, blank=True)
    basis = models.CharField(_("basis"), max_length=120)

    def __str__(self) -> str:
        return f"{self.body_id}: {self.category or '*'} at {self.place_code}"

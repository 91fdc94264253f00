"""The duty list: which body answers for which kind of thing at which place."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jinlin.organisations.models.bodies import Body


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

"""Sheets (台账): what is kept about places, bodies and holders of posts, every change a dated line."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jinlin.organisations.models.bodies import Body
from jinlin.organisations.models.posts import Appointment


class SheetEntry(models.Model):
    """One cell of a sheet from a day on: the newest line on or before a day holds. Lines are never changed.

    The subject is a place, a zone, a body or an appointment; `place_code` is always that of the subject.
    """

    sheet = models.CharField(max_length=32)
    item = models.CharField(max_length=32)
    place_code = models.CharField(_("place"), max_length=22, db_index=True)
    zone = models.ForeignKey("territory.Zone", on_delete=models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="sheet_entries")
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="sheet_entries")
    value = models.JSONField(null=True)
    holds_from = models.DateField(_("from"))
    evidence = models.CharField(_("evidence"), max_length=200, blank=True)
    written_at = models.DateTimeField()
    written_by_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["sheet", "item", "place_code", "holds_from"], name="sheet_cell")]

    def __str__(self) -> str:
        return f"{self.sheet}.{self.item}: {self.value}"

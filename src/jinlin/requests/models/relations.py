"""What requests have to do with one another, without being answered together."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jinlin.requests.models.requests import Request


class Relation(models.Model):
    """Two requests that officers read together; each keeps its own way and its own answer."""

    class Word(models.TextChoices):
        RELATED = "related", _("related to")
        FOLLOWS = "follows", _("follow-up of")

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="relations")
    other = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="related_by")
    word = models.CharField(max_length=8, choices=Word)
    note = models.CharField(_("why"), max_length=200, blank=True)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "other"], name="related_once")]

    def __str__(self) -> str:
        return f"{self.request_id} {self.word} {self.other_id}"

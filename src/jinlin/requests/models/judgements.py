"""What triage proposes for a request, and how the person who raised it judges the handling."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jinlin.requests.models.choices import Urgency
from jinlin.requests.models.requests import Request


class Suggestion(models.Model):
    """What triage proposes for a request, how sure it is and which words led it; a person decides."""

    request = models.OneToOneField(Request, on_delete=models.CASCADE, related_name="suggestion")
    category = models.CharField(max_length=6, blank=True)
    urgency = models.CharField(max_length=9, choices=Urgency)
    confidence = models.FloatField()
    words = models.JSONField(default=list)
    model = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.category} for {self.request_id}"


class Rating(models.Model):
    """How the person who raised it judges the handling; the newest counts, earlier ones stay (three rates).

    `scheme` is the version that held on the day of the judgement: it counts under that one for good.
    One that an appeal has struck out is not valid; it stays readable.
    """

    class Solved(models.TextChoices):
        YES = "yes", _("solved")
        NO = "no", _("not solved")

    class Satisfied(models.TextChoices):
        YES = "yes", _("satisfied")
        MOSTLY = "mostly", _("mostly satisfied")
        NO = "no", _("not satisfied")

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="ratings")
    at = models.DateTimeField()
    by_call_back = models.BooleanField(default=False)
    valid = models.BooleanField(default=True)
    responded = models.BooleanField(null=True)
    solved = models.CharField(max_length=3, choices=Solved, blank=True)
    satisfied = models.CharField(max_length=6, choices=Satisfied, blank=True)
    comment = models.TextField(blank=True)
    scheme = models.PositiveSmallIntegerField(_("version of the three rates"), default=1)
    newest = models.BooleanField(default=True)
    appeal = models.ForeignKey("requests.Approval", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["request", "-at"], name="rating_newest")]
        constraints = [
            models.UniqueConstraint(fields=["request"], condition=models.Q(newest=True), name="one_newest_rating"),
        ]

    def __str__(self) -> str:
        return f"rating of {self.request_id}"

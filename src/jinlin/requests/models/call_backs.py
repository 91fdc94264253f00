"""Rounds of call-backs: which requests were drawn of how many, and how often whom to call was tried."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jinlin.requests.models.judgements import Rating
from jinlin.requests.models.requests import Request


class CallBackRound(models.Model):
    """A share of the requests handled or closed in some days at a place, drawn for call-backs; all of them with 100.

    The draw can be repeated from `seed` and the numbers of the `candidates`.
    """

    place_code = models.CharField(_("place"), max_length=22)
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    percent = models.PositiveSmallIntegerField(_("per cent"))
    seed = models.CharField(_("seed of the draw"), max_length=40)
    candidates = models.PositiveIntegerField(_("drawn from"))
    drawn_at = models.DateTimeField()
    drawn_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="call_back_share", condition=models.Q(percent__gte=1, percent__lte=100, candidates__gt=0)
            ),
            models.CheckConstraint(name="call_back_days", condition=models.Q(first__lte=models.F("last"))),
        ]
        indexes = [models.Index(fields=["place_code", "-drawn_at"], name="call_back_round_place")]

    def __str__(self) -> str:
        return f"call-backs {self.place_code} {self.first}/{self.last}"


class CallBack(models.Model):
    """A request of a round: tried how often and on how many days, and the judgement that came of it.

    Nobody is drawn twice, so that a request is in one round only. `notes` has a line for each time nobody was reached.
    """

    round = models.ForeignKey(CallBackRound, on_delete=models.PROTECT, related_name="call_backs")
    request = models.OneToOneField(Request, on_delete=models.PROTECT, related_name="call_back")
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    days_tried = models.PositiveSmallIntegerField(_("days on which it was tried"), default=0)
    last_attempt_at = models.DateTimeField(_("last attempt"), null=True)
    notes = models.TextField(blank=True)
    rating = models.OneToOneField(Rating, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["round", "rating"], name="call_back_open")]

    def __str__(self) -> str:
        return f"call-back of {self.request_id}"

    @property
    def reached(self) -> bool | None:
        """Whether the reporter was reached; None while nobody knows."""
        return None if self.rating is None else self.rating.responded is not None

    @property
    def unsolved(self) -> bool:
        """Whether the reporter said that it is not solved."""
        return self.rating is not None and self.rating.solved == Rating.Solved.NO

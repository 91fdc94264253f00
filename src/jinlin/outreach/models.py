"""Rounds and sessions with their visits, what was heard on them, and the homes that want no visits."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.organisations.models import Body
from jinlin.outreach.states import RoundState, VisitState
from jinlin.people.models import Household, Person


class Round(models.Model):
    """A team (`body`) goes from home to home of a zone on a day, or social workers sit in a courtyard at a `spot`.

    `left_out` is how many homes wanted no visits when it was planned.
    """

    class Kind(models.TextChoices):
        HOMES = "homes", pgettext_lazy("round", "round of homes")
        COURTYARD = "courtyard", pgettext_lazy("round", "courtyard session")

    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=80)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="rounds")
    place_code = models.CharField(_("community"), max_length=22)
    zone = models.ForeignKey("territory.Zone", on_delete=models.PROTECT, null=True, related_name="+")
    spot = models.CharField(_("where it is held"), max_length=80, blank=True)
    on = models.DateField(_("day"))
    starts = models.TimeField(_("time"), null=True)
    state = models.CharField(_("state"), max_length=9, choices=RoundState, default=RoundState.PLANNED)
    left_out = models.PositiveIntegerField(default=0)
    planned_at = models.DateTimeField()
    planned_by_id = models.BigIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="session_has_a_place", condition=~Q(kind="courtyard") | ~Q(spot="")),
            models.CheckConstraint(name="round_goes_somewhere", condition=Q(kind="courtyard") | Q(zone__isnull=False)),
        ]
        indexes = [models.Index(fields=["place_code", "kind", "-planned_at"], name="round_place")]

    def __str__(self) -> str:
        return self.title


class Visit(models.Model):
    """One home of a round: whether it is willing, how it went and which of the four steps were done; no words."""

    class Mark(models.TextChoices):
        ENTER = "enter", pgettext_lazy("visit", "came to the home")
        LEARN = "learn", pgettext_lazy("visit", "learned what is needed")
        SOLVE = "solve", pgettext_lazy("visit", "took difficulties up")
        WARM = "warm", pgettext_lazy("visit", "lent a hand")

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="visits")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="visits")
    home_code = models.CharField(max_length=22)
    state = models.CharField(_("state"), max_length=8, choices=VisitState, default=VisitState.PLANNED)
    marks = models.JSONField(default=list)
    at = models.DateTimeField(null=True)
    actor_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "household"], name="one_visit_per_household")]

    def __str__(self) -> str:
        return f"visit of {self.home_code} in {self.round_id}"


class Finding(models.Model):
    """What was heard on a round, and what it has become: `became` names it, such as `wish:5`, `item:9` or `request:7`."""

    class Kind(models.TextChoices):
        WISH = "wish", pgettext_lazy("finding", "wish")
        ISSUE = "issue", pgettext_lazy("finding", "issue")

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="findings")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, related_name="findings")
    kind = models.CharField(max_length=5, choices=Kind)
    title = models.CharField(max_length=80)
    became = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return self.became


class NoVisits(models.Model):
    """That a household wants no visits of any round, until it says otherwise."""

    household = models.OneToOneField(Household, on_delete=models.CASCADE, related_name="no_visits")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"no visits at {self.household_id}"

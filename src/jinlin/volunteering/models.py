"""Reports of units and members to a community, postings (posts to claim, offers, needs), and pairings between them."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.organisations.models import Body
from jinlin.volunteering.states import OPEN, State


class Report(models.Model):
    """A unit or a serving member reports to a community, and later reports back to the own unit (双报到双服务双报告).

    Each report is one person-time on the members' track. `unit` is the unit itself, or the member's home unit.
    """

    class Track(models.TextChoices):
        UNIT = "unit", _("unit")
        MEMBER = "member", _("serving member")

    class Stage(models.TextChoices):
        IN = "in", _("reports in")
        BACK = "back", _("reports back")

    track = models.CharField(max_length=8, choices=Track)
    stage = models.CharField(max_length=4, choices=Stage, default=Stage.IN)
    unit = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="reports")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="reports")
    place_code = models.CharField(_("community"), max_length=22, db_index=True)
    reported_on = models.DateField(_("day"))
    words = models.CharField(_("words"), max_length=300, blank=True)
    written_at = models.DateTimeField()
    written_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="report_of_unit_or_member",
                condition=Q(track="unit", unit__isnull=False, person__isnull=True)
                | Q(track="member", person__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["place_code", "track", "reported_on"], name="report_place_day")]

    def __str__(self) -> str:
        return f"{self.track} {self.unit_id or self.person_id} at {self.place_code} on {self.reported_on}"


class Posting(models.Model):
    """Something to be taken up: a post to claim, an offer of a unit or a person, a need of a community.

    `category` is a key of the playbook: a category of posts, or a kind of resource. `skills` are keys of the playbook's
    skills: those asked for, or those offered. `windows` say when in a week: [weekday 0–6, first hour, hour it ends].
    `places` is how many can be taken. The point is in WGS 84.
    """

    class Kind(models.TextChoices):
        POST = "post", pgettext_lazy("posting", "post to claim")
        OFFER = "offer", pgettext_lazy("posting", "offer")
        NEED = "need", pgettext_lazy("posting", "need")

    kind = models.CharField(max_length=6, choices=Kind)
    category = models.CharField(_("kind"), max_length=32)
    title = models.CharField(_("what"), max_length=80)
    text = models.CharField(_("more about it"), max_length=500, blank=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="postings")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="postings")
    place_code = models.CharField(_("place"), max_length=22, db_index=True)
    zone = models.ForeignKey("territory.Zone", on_delete=models.PROTECT, null=True, related_name="+")
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    skills = models.JSONField(_("skills"), default=list)
    windows = models.JSONField(_("times"), default=list)
    places = models.PositiveIntegerField(pgettext_lazy("posting", "places"))
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("until"), null=True)
    closed_at = models.DateTimeField(null=True)
    posted_at = models.DateTimeField()
    posted_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="posting_has_places", condition=Q(places__gte=1)),
            models.CheckConstraint(
                name="posting_of_somebody", condition=Q(body__isnull=False) | Q(kind="offer", person__isnull=False)
            ),
            models.CheckConstraint(
                name="posting_days", condition=Q(last_day__isnull=True) | Q(last_day__gte=models.F("first_day"))
            ),
        ]
        indexes = [models.Index(fields=["kind", "place_code", "posted_at"], name="posting_kind_place")]

    def __str__(self) -> str:
        return self.title

    def is_open(self, day: date) -> bool:
        """Say whether it is on its list on a day: not closed, and not over."""
        return self.closed_at is None and (self.last_day is None or self.last_day >= day)


class Pairing(models.Model):
    """That a person, or an offer, serves a post or a need; proposed with reasons, agreed, served, confirmed by the host.

    `why` holds what speaks for it, as the proposal said. `minutes` is what was served, once confirmed. A service that
    settled a problem names it in `solved`.
    """

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="pairings")
    offer = models.ForeignKey(Posting, on_delete=models.PROTECT, null=True, related_name="pairings_out")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="pairings")
    places = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    why = models.JSONField(default=dict)
    at = models.DateTimeField()
    served_on = models.DateField(null=True)
    minutes = models.PositiveIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by_id = models.BigIntegerField(null=True)
    solved = models.CharField(_("problem solved"), max_length=120, blank=True)
    note = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="pairing_of_one",
                condition=Q(offer__isnull=False, person__isnull=True) | Q(offer__isnull=True, person__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["posting", "person"], condition=Q(state__in=sorted(OPEN)), name="one_open_claim_per_person"
            ),
            models.UniqueConstraint(
                fields=["posting", "offer"], condition=Q(state__in=sorted(OPEN)), name="one_open_pair_per_offer"
            ),
        ]
        indexes = [models.Index(fields=["posting", "state", "at"], name="pairing_posting_state")]

    def __str__(self) -> str:
        return f"{self.posting_id} by {self.offer_id or self.person_id}: {self.state}"

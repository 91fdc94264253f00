"""Bodies, what each looks after, and the ties between a unit and those it stands by."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Body(models.Model):
    """An organisation that can be given work: a committee, a branch, a team, a firm, a department.

    It is a proposal until `founded_on`, and active from then until `ended_on`. `joint` says that several places share it;
    a group that must not be listed by name has a `head_count` only.
    """

    name = models.CharField(_("name"), max_length=64)
    kind = models.CharField(_("kind"), max_length=32)
    place_code = models.CharField(_("place"), max_length=22, db_index=True)
    zone = models.ForeignKey("territory.Zone", on_delete=models.PROTECT, null=True, related_name="bodies")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    office = models.CharField(_("office and hours"), max_length=120, blank=True)
    outside = models.BooleanField(_("does not sign in; the dispatching desk enters its answers"), default=False)
    joint = models.BooleanField(_("set up jointly"), default=False)
    head_count = models.PositiveIntegerField(_("people"), null=True)
    active = models.BooleanField(_("active"), default=True)
    founded_on = models.DateField(_("founded on"), null=True)
    ended_on = models.DateField(_("ended on"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place_code", "kind", "name"], name="body_once_per_place"),
            models.CheckConstraint(
                name="body_ends_after_founding",
                condition=Q(ended_on__isnull=True)
                | Q(founded_on__isnull=True)
                | Q(ended_on__gte=models.F("founded_on")),
            ),
        ]
        indexes = [models.Index(fields=["kind", "place_code"], name="body_kind_place")]

    def __str__(self) -> str:
        return self.name


class Coverage(models.Model):
    """A place in the care of a body for a time; among bodies of one `kind` a place has one at most.

    `valid_to` is its last day, as the term of a post has one; a place or zone that ends on a day is not there on it.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="coverages")
    kind = models.CharField(max_length=32)
    place_code = models.CharField(_("place"), max_length=22, db_index=True)
    zone = models.ForeignKey("territory.Zone", on_delete=models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "zone"],
                condition=Q(valid_to__isnull=True, zone__isnull=False),
                name="one_body_of_a_kind_per_zone",
            ),
            models.UniqueConstraint(
                fields=["kind", "place_code"],
                condition=Q(valid_to__isnull=True, zone__isnull=True),
                name="one_body_of_a_kind_per_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} looks after {self.zone_id or self.place_code}"


class Partnership(models.Model):
    """A tie for a time between a unit and a host body, or between a unit and a zone, such as an estate that it backs.

    `valid_to` is its last day.
    """

    kind = models.CharField(max_length=32)
    unit = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="partnerships")
    host = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="partners")
    place_code = models.CharField(_("place"), max_length=22, db_index=True)
    zone = models.ForeignKey("territory.Zone", on_delete=models.PROTECT, null=True, related_name="+")
    sector = models.CharField(_("sector"), max_length=32, blank=True)
    agreement = models.CharField(_("agreement"), max_length=120, blank=True)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="partnership_term", condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.unit_id} with {self.host_id or self.zone_id}"

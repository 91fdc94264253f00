"""Places by code, the zones (estate, grid, courtyard, group, neighbour area) that they belong to for a time, grid plans."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.place_codes import Level
from jinlin.territory.states import PlanState

LEVEL_NAMES = [
    (Level.DISTRICT.value, _("district")),
    (Level.SUBDISTRICT.value, _("subdistrict")),
    (Level.COMMUNITY.value, _("community")),
    (Level.BUILDING.value, _("building")),
    (Level.ENTRANCE.value, _("entrance")),
    (Level.HOME.value, _("home")),
]


class Place(models.Model):
    """A place in the tree: its code is the path to it and stays for life.

    Levels by length of code: district 6, subdistrict 9, community 12, building 16, entrance 18, home 22. On the day
    `valid_to` it is not there any more; so it is with zones and memberships.
    Grid and estate are copies of the current memberships of the building, and `neighbours` of that of the home, for filters.
    """

    code = models.CharField(_("code"), max_length=22, unique=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=LEVEL_NAMES)
    name = models.CharField(_("name"), max_length=64)
    address = models.CharField(_("address"), max_length=200)
    search = models.TextField(editable=False)
    grid = models.ForeignKey("Zone", on_delete=models.PROTECT, null=True, related_name="+")
    estate = models.ForeignKey("Zone", on_delete=models.PROTECT, null=True, related_name="+")
    neighbours = models.ForeignKey("Zone", on_delete=models.PROTECT, null=True, related_name="+")
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    boundary = models.JSONField(null=True)
    floor = models.SmallIntegerField(null=True)
    floor_area = models.PositiveBigIntegerField(_("floor area (0.01 m²)"), null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="place_valid_range",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
            ),
        ]
        indexes = [models.Index(fields=["level", "code"], name="place_level_code")]

    def __str__(self) -> str:
        return self.address


class Zone(models.Model):
    """A named set of buildings, or of homes for a neighbour area, that can be cut anew without touching a place code."""

    class Kind(models.TextChoices):
        ESTATE = "estate", _("estate")
        GRID = "grid", _("grid")
        COURTYARD = "courtyard", _("courtyard")
        GROUP = "group", _("residents' group")
        NEIGHBOURS = "neighbours", _("neighbour area")

    kind = models.CharField(max_length=10, choices=Kind)
    label = models.CharField(_("number"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=64)
    community_code = models.CharField(max_length=12, db_index=True)
    boundary = models.JSONField(null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name


class ZoneMembership(models.Model):
    """A building's or home's time in a zone; at most one open membership for each member and kind of zone."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="memberships")
    kind = models.CharField(max_length=10, choices=Zone.Kind)
    member_code = models.CharField(max_length=22, db_index=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member_code", "kind"],
                condition=models.Q(valid_to__isnull=True),
                name="one_open_zone_per_member_and_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_code} in {self.zone_id}"


class GridPlan(models.Model):
    """A division of a community, or of all communities of a subdistrict, into grids: proposed, approved, in force, kept.

    `numbers` is {community: how many grids were asked for}, `assignment` {building: code of its grid}, where a grid of
    today that goes on has the code that it has. `successors` is {grid that ends: grid that takes over what hangs on it}.
    `authors` are the persons who proposed or edited it; none of them approves it.
    """

    class Mode(models.TextChoices):
        KEEP = "keep", _("keep estates whole")
        BALANCE = "balance", _("as equal as can be")
        TABLE = "table", _("from a table")

    place_code = models.CharField(_("place code"), max_length=12, db_index=True)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(_("state"), max_length=8, choices=PlanState, default=PlanState.DRAFT)
    mode = models.CharField(_("how it was made"), max_length=7, choices=Mode)
    target = models.PositiveIntegerField(_("households in a grid"))
    seed = models.PositiveIntegerField(_("seed"), default=0)
    numbers = models.JSONField(default=dict)
    assignment = models.JSONField(default=dict)
    successors = models.JSONField(default=dict)
    authors = models.JSONField(default=list)
    proposed_at = models.DateTimeField()
    approved_by_id = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)
    effective_from = models.DateField(_("in force from"), null=True)
    returned_because = models.CharField(_("why it was returned"), max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "effective_from"], name="grid_plan_due")]

    def __str__(self) -> str:
        return f"grid plan {self.pk} for {self.place_code}"

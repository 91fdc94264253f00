"""What the bodies of a kind look after: how many of the places, and which are left out."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Q, QuerySet

from jinlin.organisations.models import Body, Coverage
from jinlin.organisations.rules.founding import PLACE_LEVELS
from jinlin.playbooks.schema import Playbook
from jinlin.territory.models import Place, Zone


@dataclass(frozen=True)
class Uncovered:
    """A place that no body of the kind looks after."""

    key: str
    name: str
    place_code: str


@dataclass(frozen=True)
class Covered:
    """How many of `total` places are in the care of a body, and which are not."""

    total: int
    uncovered: list[Uncovered]

    @property
    def covered(self) -> int:
        return self.total - len(self.uncovered)

    @property
    def words(self) -> str:
        return f"{self.covered}/{self.total}"

    @property
    def rate(self) -> Fraction | None:
        """The share that is covered; None where there is nothing to cover."""
        return Fraction(self.covered, self.total) if self.total else None


def running_care(kind: str, on: date) -> QuerySet[Coverage]:
    """Return what active bodies of a kind look after on a day."""
    not_over = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    return Coverage.objects.filter(not_over, kind=kind, valid_from__lte=on, body__active=True)


def coverage_of_kind(playbook: Playbook, kind: str, on: date, under: str = "") -> Covered:
    """Return the coverage of a kind of body over the places that it looks after, at a place and below; two queries.

    Raises:
        KeyError: for a kind that the playbook does not have.
    """
    level = playbook.body_kind(kind).covers
    if level is None:
        return Covered(0, [])
    cares = running_care(kind, on).filter(place_code__startswith=under)
    if level in PLACE_LEVELS:
        places = Place.objects.filter(level=PLACE_LEVELS[level], code__startswith=under, valid_to__isnull=True)
        rows = [(code, Uncovered(code, address, code)) for code, address in places.values_list("code", "address")]
        held: set[object] = set(cares.values_list("place_code", flat=True))
    else:
        zones = Zone.objects.filter(kind=level, community_code__startswith=under, valid_to__isnull=True)
        columns = zones.order_by("label").values_list("pk", "label", "name", "community_code")
        rows = [(pk, Uncovered(label, name, code)) for pk, label, name, code in columns]
        held = set(cares.values_list("zone_id", flat=True))
    return Covered(len(rows), [left for key, left in rows if key not in held])


def bodies_looking_after(zone: Zone, on: date) -> QuerySet[Body]:
    """Return the active bodies that stand in a zone or look after it."""
    not_over = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    cares = Coverage.objects.filter(not_over, zone=zone, valid_from__lte=on)
    return Body.objects.filter(Q(zone=zone) | Q(pk__in=cares.values("body_id")), active=True).order_by("kind", "name")

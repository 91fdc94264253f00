"""Which estate or community a body, a post or a tie belongs to, learnt for all of them in a few reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from jinlin.algorithms.place_codes import Level, ancestors_of
from jinlin.organisations.models import Appointment, Body, Coverage
from jinlin.playbooks.schema import Playbook
from jinlin.territory.models import Place, Zone, ZoneMembership

WIDE = {"district", "subdistrict", "community"}
"""Levels of which a body or post serves all estates below it, unless it looks after certain ones."""


@dataclass(frozen=True)
class Spot:
    """Where something stands: its place and zone, and for a body which one, since it may look after more."""

    place_code: str
    zone_id: int | None
    body_id: int | None = None
    kind: str = ""
    post: str = ""

    @classmethod
    def of_body(cls, body: Body) -> Spot:
        return cls(body.place_code, body.zone_id, body.pk, kind=body.kind)

    @classmethod
    def of_post(cls, post: Appointment) -> Spot:
        return cls(post.place_code, post.zone_id, post=post.key)


@dataclass
class Locator:
    """The places looked at, and what is learnt of where others stand among them."""

    subjects: dict[Hashable, str]
    levels: dict[str, str] = field(default_factory=dict)
    of_zone: dict[int, set[Hashable]] = field(default_factory=lambda: defaultdict(set))
    of_building: dict[str, Hashable] = field(default_factory=dict)
    of_body: dict[int, set[Hashable]] = field(default_factory=lambda: defaultdict(set))
    by_estate: bool = True

    @property
    def common(self) -> str:
        """The code of the lowest place in which all subjects lie."""
        codes = list(self.subjects.values())
        shared = [
            code for code in [*ancestors_of(codes[0]), codes[0]] if all(other.startswith(code) for other in codes)
        ]
        return shared[-1] if shared else ""

    def near(self, rows: QuerySet) -> QuerySet:
        """Narrow rows with a `place_code` to those in, below or above the subjects' common place."""
        code = self.common
        return rows.filter(Q(place_code__startswith=code) | Q(place_code__in=ancestors_of(code))) if code else rows

    def learn(self, bodies: Iterable[Body], posts: Iterable[Appointment]) -> None:
        """Read what the bodies look after, and which estates their buildings and the posts' zones lie in."""
        if not self.by_estate:
            return
        rows = [*bodies, *posts]
        cares = Coverage.objects.filter(
            body__in=[body.pk for body in rows if isinstance(body, Body)], valid_to__isnull=True
        )
        for body_id, zone_id in cares.values_list("body_id", "zone_id"):
            self.of_body[body_id] |= {zone_id} & self.subjects.keys() or {None}
        self._learn_zones({row.zone_id for row in rows} - {None} - self.subjects.keys())
        self._learn_buildings(
            {row.place_code[: Level.BUILDING] for row in rows if len(row.place_code) >= Level.BUILDING}
        )

    def _learn_zones(self, ids: set[int]) -> None:
        if not ids:
            return
        homes = Place.objects.filter(neighbours__in=ids, estate__in=list(self.subjects))
        for zone_id, estate_id in homes.values_list("neighbours_id", "estate_id").distinct():
            self.of_zone[zone_id].add(estate_id)
        members = ZoneMembership.objects.filter(zone__in=ids, valid_to__isnull=True).exclude(kind=Zone.Kind.NEIGHBOURS)
        pairs = list(members.values_list("zone_id", "member_code"))
        self._learn_buildings({code for _zone, code in pairs})
        for zone_id, code in pairs:
            if code in self.of_building:
                self.of_zone[zone_id].add(self.of_building[code])

    def _learn_buildings(self, codes: set[str]) -> None:
        if codes:
            rows = Place.objects.filter(code__in=codes, estate__in=list(self.subjects))
            self.of_building.update(rows.values_list("code", "estate_id"))

    def subjects_of(self, spot: Spot) -> set[Hashable]:
        """Return the subjects that something at a spot belongs to."""
        if not self.by_estate:
            return {key for key, code in self.subjects.items() if _related(spot.place_code, code)}
        if spot.zone_id in self.subjects:
            return {spot.zone_id}
        if spot.body_id in self.of_body:
            return self.of_body[spot.body_id] - {None}
        if spot.zone_id is not None:
            return self.of_zone.get(spot.zone_id, set())
        if len(spot.place_code) >= Level.BUILDING:
            estate = self.of_building.get(spot.place_code[: Level.BUILDING])
            return {estate} if estate is not None else set()
        if self.levels.get(spot.kind or spot.post, "") in WIDE:
            return {key for key, code in self.subjects.items() if code.startswith(spot.place_code)}
        return set()


def _related(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def estates_locator(estates: Iterable[Zone], playbook: Playbook) -> Locator:
    """Return a locator among estates, by their ids."""
    levels = {row.kind: row.level for row in playbook.body} | {row.key: row.level for row in playbook.post}
    return Locator({zone.pk: zone.community_code for zone in estates}, levels)


def places_locator(codes: Iterable[str]) -> Locator:
    """Return a locator among communities, by their codes."""
    return Locator({code: code for code in codes}, by_estate=False)

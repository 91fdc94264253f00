"""What a demo place consists of: areas, estates, grids, neighbour areas, buildings, entrances and homes.

Boundaries are GeoJSON rings (longitude, latitude in WGS 84, first point repeated at the end); floor areas are in 0.01 m².
"""

from dataclasses import dataclass
from functools import cached_property

from jinlin.demo.ground import Rectangle, Ring


@dataclass(frozen=True, slots=True)
class Home:
    """A home (户): `name` is the room number on the door."""

    code: str
    name: str
    floor: int
    floor_area: int


@dataclass(frozen=True, slots=True)
class Entrance:
    """A stairway (单元) with its homes from the ground up."""

    code: str
    name: str
    homes: tuple[Home, ...]


@dataclass(frozen=True, slots=True)
class Building:
    """A building with its outline on the ground, the middle of it, and the ground that goes with it (`cell`, metres)."""

    code: str
    name: str
    address: str
    estate: str
    grid: str
    longitude: float
    latitude: float
    ring: Ring
    cell: Rectangle
    entrances: tuple[Entrance, ...]

    @property
    def homes(self) -> tuple[Home, ...]:
        """All homes, entrance by entrance."""
        return tuple(home for entrance in self.entrances for home in entrance.homes)

    @property
    def is_tall(self) -> bool:
        """Whether it has a lift: more than seven floors."""
        return self.homes[-1].floor > 7


@dataclass(frozen=True)
class Zone:
    """An estate or a grid: a named set of buildings. `bodies` are the kinds of body that an estate has of its own."""

    label: str
    name: str
    community: str
    ring: Ring
    building_codes: tuple[str, ...]
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True)
class NeighbourArea:
    """The homes, door after door, that one neighbour head looks in on (邻长联系户)."""

    label: str
    name: str
    community: str
    homes: tuple[str, ...]


@dataclass(frozen=True)
class Area:
    """A district, subdistrict or community."""

    code: str
    name: str
    ring: Ring


@dataclass(frozen=True)
class DemoPlace:
    """The whole place."""

    district: Area
    subdistricts: tuple[Area, ...]
    communities: tuple[Area, ...]
    estates: tuple[Zone, ...]
    grids: tuple[Zone, ...]
    buildings: tuple[Building, ...]
    areas: tuple[NeighbourArea, ...] = ()

    @cached_property
    def _estates(self) -> dict[str, Zone]:
        return {zone.label: zone for zone in self.estates}

    def estate_of(self, building: Building) -> Zone:
        """The estate in which a building stands."""
        return self._estates[building.estate]

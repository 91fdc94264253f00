"""The ground that a demo place stands on: metres east and north of an origin, and how rectangles are set out on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, radians, sin, sqrt

from shapely import Polygon

Point = tuple[float, float]
Ring = tuple[Point, ...]

_METRES_PER_DEGREE = 111_320.0
_LONG_SIDE = 1.6
_SWELL = (0, 9, 4, 2, 12, 3, 1, 6, 7, 2, 5, 10, 0, 2, 8, 6)


@dataclass(frozen=True)
class Ground:
    """Where the origin lies (longitude, latitude in WGS 84), and by how many degrees the streets are turned."""

    origin: Point
    turn: float = 7.0

    def wgs84(self, x: float, y: float) -> Point:
        """Longitude and latitude of a point given in metres.

        A flat approximation, good to a few decimetres over the ten kilometres that the largest place spans.
        """
        angle = radians(self.turn)
        east = x * cos(angle) - y * sin(angle)
        north = x * sin(angle) + y * cos(angle)
        longitude = self.origin[0] + east / (_METRES_PER_DEGREE * cos(radians(self.origin[1])))
        return round(longitude, 7), round(self.origin[1] + north / _METRES_PER_DEGREE, 7)

    def ring(self, corners: Iterable[Sequence[float]]) -> Ring:
        """The same corners in degrees."""
        return tuple(self.wgs84(x, y) for x, y in corners)


@dataclass(frozen=True)
class Rectangle:
    """A piece of ground, sides along the streets; metres."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def middle(self) -> Point:
        return self.left + self.width / 2, self.bottom + self.height / 2

    @property
    def corners(self) -> tuple[Point, ...]:
        """Anticlockwise from the south-west, the first again at the end."""
        right, top = self.left + self.width, self.bottom + self.height
        return (self.left, self.bottom), (right, self.bottom), (right, top), (self.left, top), (self.left, self.bottom)

    @property
    def polygon(self) -> Polygon:
        return Polygon(self.corners)

    def moved(self, by: Point) -> "Rectangle":
        """The same rectangle somewhere else."""
        return Rectangle(self.left + by[0], self.bottom + by[1], self.width, self.height)

    def grown(self, margin: float) -> "Rectangle":
        """The rectangle with a margin around it."""
        return Rectangle(self.left - margin, self.bottom - margin, self.width + 2 * margin, self.height + 2 * margin)

    def circle(self) -> tuple[Point, ...]:
        """A rough line of sixteen corners around it, as boundaries that follow rivers and hills are."""
        (x, y), radius = self.middle, hypot(self.width, self.height) / 2 * 1.05
        steps = enumerate((*_SWELL, _SWELL[0]))
        around = ((2 * pi * step / len(_SWELL), radius * (1 + part / 100)) for step, part in steps)
        return tuple((x + reach * cos(angle), y + reach * sin(angle)) for angle, reach in around)


def on_shelves(sizes: Sequence[Point], gap: float) -> list[Rectangle]:
    """Set rectangles of these sizes (metres) out in rows from the south-west, in order, `gap` metres apart."""
    widest = max(_LONG_SIDE * sqrt(sum(width * height for width, height in sizes)), max(size[0] for size in sizes))
    placed: list[Rectangle] = []
    left = bottom = depth = 0.0
    for width, height in sizes:
        if left and left + width > widest:
            left, bottom, depth = 0.0, bottom + depth + gap, 0.0
        placed.append(Rectangle(left, bottom, width, height))
        left, depth = left + width + gap, max(depth, height)
    return placed


def around(parts: Sequence[Rectangle], margin: float) -> Rectangle:
    """The smallest rectangle that holds the parts, with a margin."""
    left, bottom = min(part.left for part in parts), min(part.bottom for part in parts)
    right = max(part.left + part.width for part in parts)
    top = max(part.bottom + part.height for part in parts)
    return Rectangle(left, bottom, right - left, top - bottom).grown(margin)

"""The points of the map as GeoJSON, from an index that each process keeps and brings up to date before every answer.

What was taken down must not be shown once more, by no process. Whatever shows a record or takes one down therefore raises
the district's number of changes in the same transaction; an answer begins with that number, which is one short look-up.
"""

from dataclasses import dataclass

import orjson
from django.db import connection
from django.urls import reverse

from jinlin.algorithms.point_index import Box, IndexedPoint, PointIndex
from jinlin.disclosure.models import Disclosure
from jinlin.disclosure.queries.records import Wanted, records, shown_now
from jinlin.platform.numbers import last_number
from jinlin.platform.remembering import remembered
from jinlin.territory.queries.boundaries import boundary_features

CHANGES = "disclosure.changes"
"""The counter of what was shown or taken down; each record keeps the number of its own last change."""
MOST_POINTS = 1_000
COLUMNS = ("number", "title", "longitude", "latitude", "happened_at", "current")
LASTS = 15
"""Seconds for which the ground and the answers to filters are remembered; only the state of a record may be that old."""


@dataclass(frozen=True)
class _Known:
    """The points as they were after a number of changes."""

    changes: int
    index: PointIndex


NOTHING = _Known(-1, PointIndex.of([]))
_known: dict[str, _Known] = {}
"""By schema, the points of each district that this process has served."""


def points(wanted: Wanted, box: Box | None, *, with_ground: bool = False) -> bytes:
    """Return GeoJSON of the newest records with a point, at most 1,000.

    `with_ground` puts the boundaries of the place below the points.
    """
    known = _up_to_date()
    if wanted == Wanted():
        found = known.index.within(box, MOST_POINTS)
    else:
        found = remembered(f"public-points:{known.changes}:{wanted}:{box}", LASTS, lambda: _filtered(wanted, box))
    ground = remembered("public-ground", LASTS, _ground) if with_ground else []
    return b'{"type":"FeatureCollection","features":[%s]}' % b",".join([*ground, *found])


def _up_to_date() -> _Known:
    """Return the points as they are now."""
    schema, changes = getattr(connection, "schema_name", ""), last_number(CHANGES)
    known = _known.get(schema, NOTHING)
    if known.changes > changes:
        known = NOTHING
    if known.changes < changes:
        known = _known[schema] = _Known(changes, _followed(known))
    return known


def _followed(known: _Known) -> PointIndex:
    """Return the index with what has changed since; a record that changes meanwhile is taken once more the next time."""
    new = shown_now() if known is NOTHING else Disclosure.objects.filter(changed_in__gt=known.changes)
    rows = list(new.filter(longitude__isnull=False).only(*COLUMNS))
    return known.index.changed({row.pk for row in rows}, [_point(row) for row in rows if row.current])


def _point(row: Disclosure) -> IndexedPoint:
    return IndexedPoint(row.pk, row.happened_at, row.longitude, row.latitude, _feature(row))


def _feature(row: Disclosure) -> bytes:
    """Return a record as a feature of GeoJSON, with the address of its page."""
    return orjson.dumps(
        {
            "type": "Feature",
            "properties": {
                "code": row.number,
                "name": row.title,
                "url": reverse("disclosure:record", args=[row.number]),
            },
            "geometry": {"type": "Point", "coordinates": (row.longitude, row.latitude)},
        }
    )


def _filtered(wanted: Wanted, box: Box | None) -> list[bytes]:
    rows = records(wanted).filter(longitude__isnull=False)
    if box:
        rows = rows.filter(
            longitude__gte=box.west, longitude__lte=box.east, latitude__gte=box.south, latitude__lte=box.north
        )
    return [_feature(row) for row in rows.order_by("-happened_at", "-id").only(*COLUMNS)[:MOST_POINTS]]


def _ground() -> list[bytes]:
    return [orjson.dumps(feature) for feature in boundary_features()["features"]]


def forget_points() -> None:
    """Drop the points that this process knows, because the database was put back."""
    _known.clear()

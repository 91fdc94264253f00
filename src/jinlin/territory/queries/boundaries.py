"""Boundaries as GeoJSON for maps: the district, its subdistricts and communities, and the outlines of estates."""

from typing import Any

from jinlin.algorithms.place_codes import Level, fault_in
from jinlin.territory.models import Place
from jinlin.territory.queries.tree import within_any

AREAS = (Level.DISTRICT, Level.SUBDISTRICT, Level.COMMUNITY)


def boundary_features(within: str = "") -> dict[str, Any]:
    """Return a FeatureCollection (WGS 84) of the boundaries that were loaded, the largest areas first.

    Each feature carries `code` and `name`; `within` keeps to one place and what lies in it, and what is no code has none.
    """
    rows = Place.objects.filter(level__in=AREAS, boundary__isnull=False, valid_to__isnull=True)
    if within:
        rows = rows.filter(within_any([] if fault_in(within) else [within]))
    features = [
        {"type": "Feature", "properties": {"code": code, "name": name}, "geometry": boundary}
        for code, name, boundary in rows.order_by("level", "code").values_list("code", "name", "boundary")
    ]
    return {"type": "FeatureCollection", "features": features}

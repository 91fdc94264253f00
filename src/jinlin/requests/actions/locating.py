"""Where a request is: a place of ours, a point within the district, words; checked at the door."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from jinlin.algorithms.coordinates import InvalidCoordinates, System, to_wgs84
from jinlin.platform.errors import Invalid
from jinlin.requests import rules
from jinlin.territory.models import Place
from jinlin.territory.queries import default_place_code, existing_place


@dataclass(frozen=True)
class Where:
    """Where it is: a place's code, a point in a coordinate system, the person's own words, or nothing at all."""

    place_code: str = ""
    words: str = ""
    longitude: float | None = None
    latitude: float | None = None
    system: System = System.WGS84

    @property
    def is_empty(self) -> bool:
        return not (self.place_code or self.words) and self.longitude is None


def place_columns(where: Where) -> dict[str, object]:
    """Return the columns that say where a request is. Raises: Invalid, for a place that is not ours or a point outside."""
    place = place_of(where)
    longitude, latitude = _point_of(where)
    return {
        "place_code": place.code if place else default_place_code(),
        "grid_id": place.grid_id if place else None,
        "estate_id": place.estate_id if place else None,
        "place_text": rules.clean_words(where.words, longest=200, field="place_text", needed=False),
        "longitude": longitude,
        "latitude": latitude,
    }


def place_of(where: Where) -> Place | None:
    """Return the place whose code was given, None without one. Raises: Invalid, for one that is not there."""
    if not where.place_code:
        return None
    place = existing_place(where.place_code)
    if place is None:
        raise Invalid(fields={"place_code": _("There is no such place here any more; choose one from the list.")})
    return place


def _point_of(where: Where) -> tuple[float | None, float | None]:
    if where.longitude is None or where.latitude is None:
        return None, None
    try:
        longitude, latitude = to_wgs84(where.longitude, where.latitude, where.system)
    except InvalidCoordinates:
        swapped = _("This is no point here; perhaps longitude and latitude are exchanged.")
        raise Invalid(fields={"place_code": swapped}) from None
    if not rules.lies_in_district(longitude, latitude):
        outside = _("This point lies outside the district; move it, or choose the place from the list.")
        raise Invalid(fields={"place_code": outside})
    return longitude, latitude

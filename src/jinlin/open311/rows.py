"""How a request is told in the words of the standard."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jinlin.open311.arguments import CLOSED, OPEN
from jinlin.requests.queries.choices import category_names
from jinlin.requests.states import FINAL, State

Row = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """What a caller may know of one request, with the addresses of its photos."""

    number: str
    state: State
    title: str
    notes: str
    category: str
    description: str
    body: str
    requested_at: datetime
    updated_at: datetime
    expected_at: datetime | None
    address: str
    place_code: str
    latitude: float | None
    longitude: float | None
    media: tuple[str, ...] = ()
    channel: str = ""

    def row(self, *, extended: bool = False) -> Row:
        """Return it as a service request; `extended` adds what the standard has no field for."""
        row = {
            "service_request_id": self.number,
            "status": status_of(self.state),
            "status_notes": self.notes,
            "service_name": category_names().get(self.category, ""),
            "service_code": self.category,
            "description": self.description,
            "agency_responsible": self.body or None,
            "service_notice": None,
            "requested_datetime": self.requested_at,
            "updated_datetime": self.updated_at,
            "expected_datetime": self.expected_at,
            "address": self.address,
            "address_id": self.place_code,
            "zipcode": "",
            "lat": self.latitude,
            "long": self.longitude,
            "media_url": self.media[0] if self.media else None,
        }
        return row | ({"extended_attributes": self._more()} if extended else {})

    def _more(self) -> Row:
        return {"title": self.title, "detailed_status": self.state.value, "media_urls": list(self.media)}


def status_of(state: str) -> str:
    """Return which of the standard's two states a state is."""
    return CLOSED if state in FINAL else OPEN

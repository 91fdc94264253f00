"""What tests of bodies do again and again: found one in a line, seat somebody, and visit as somebody."""

from datetime import date
from typing import Any

from django.test import Client

from jinlin.organisations.actions import NewBody, found_body
from jinlin.organisations.models import Appointment, Body
from jinlin.platform.access import SYSTEM
from jinlin.territory.models import Place, Zone
from tests.support.community import COMMUNITY, Community

FOUNDED = date(2024, 3, 1)


def found(kind: str, name: str, place_code: str = COMMUNITY, **more: Any) -> Body:
    """Found a body that works since the first of March 2024, unless `founded_on` says otherwise."""
    return found_body(actor=SYSTEM, new=NewBody(kind, name, place_code, **{"founded_on": FOUNDED, **more}))


def seat(place: Community, name: str, body: Body, key: str, origin: str = "", **more: Any) -> Appointment:
    """Give somebody an accepted post at a body, even one that is still a proposal."""
    given = {"term_from": FOUNDED, "accepted_on": FOUNDED, "zone": body.zone, "place_code": body.place_code, **more}
    return Appointment.objects.create(person=place.persons[name], body=body, key=key, post=key, origin=origin, **given)


def at_desk(place: Community, name: str) -> Client:
    """Return a browser in which somebody has signed in."""
    client = Client()
    client.force_login(place.account(name))
    return client


def many_estates(count: int, communities: int = 4) -> list[Zone]:
    """Make estates, spread over new communities of the tests' subdistrict."""
    codes = [f"{COMMUNITY[:9]}{number:03d}" for number in range(101, 101 + communities)]
    Place.objects.bulk_create(
        Place(code=code, level=12, name=f"社区{code[-3:]}", address=f"社区{code[-3:]}", search="", valid_from=FOUNDED)
        for code in codes
    )
    return Zone.objects.bulk_create(
        Zone(
            kind=Zone.Kind.ESTATE,
            label=f"{codes[number % communities]}E{number // communities + 1:02d}",
            name=f"小区{number + 1}",
            community_code=codes[number % communities],
            valid_from=FOUNDED,
        )
        for number in range(count)
    )

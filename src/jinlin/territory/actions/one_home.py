"""Adds one home to a building that is there; an address that is taken is refused."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from jinlin.algorithms.place_codes import Level
from jinlin.platform.access import Actor
from jinlin.platform.errors import Invalid
from jinlin.territory.actions.homes import import_homes
from jinlin.territory.imports.homes import HomeLine, HomeLines
from jinlin.territory.models import Place
from jinlin.territory.queries.tree import existing_place
from jinlin.territory.rules import may_keep_places

LONGEST = 16


@transaction.atomic
def add_home(*, actor: Actor, building_code: str, entrance: str, room: str, floor: int | None = None) -> str:
    """Add a home with its household and return its code; `entrance` stays empty where the building has none.

    Raises:
        NotAllowed: outside one's own area.
        Invalid: for a building that is not there, no room, and an address that is there already.
    """
    building = existing_place(building_code)
    if building is None or building.level != Level.BUILDING:
        raise Invalid(fields={"building_code": _("There is no building with this code here.")})
    may_keep_places(actor, building_code).enforce()
    if not room.strip() or max(len(room), len(entrance)) > LONGEST:
        raise Invalid(fields={"room": _("A room needs its number, at most 16 characters.")})
    line = _line(building, entrance.strip(), room.strip(), floor)
    report = import_homes(actor=actor, lines=HomeLines([line], rows=1))
    if report.findings:
        raise Invalid(fields={"room": report.findings[0].why})
    if not report.imported:
        address = f"{building.address}{entrance}{room}"
        raise Invalid(fields={"room": _("%(address)s is on the register already.") % {"address": address}})
    newest = Place.objects.filter(code__startswith=building_code, level=Level.HOME).latest("pk")
    return newest.code


def _line(building: Place, entrance: str, room: str, floor: int | None) -> HomeLine:
    return HomeLine(
        row=1,
        community_code=building.code[: Level.COMMUNITY],
        community="",
        estate=building.estate.name if building.estate else "",
        grid="",
        street="",
        building=building.name,
        entrance=entrance,
        room=room,
        neighbours="",
        floor=floor,
        floor_area=None,
        point=None,
        building_code=building.code,
        home_code="",
    )

"""The duty list: which body answers for what is raised where."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from jinlin.algorithms.place_codes import ancestors_of
from jinlin.organisations.models import Duty
from jinlin.platform.errors import Invalid
from jinlin.platform.remembering import remembered

INTAKE = "intake-duties"
INTAKE_LASTS = 10
"""Seconds for which the list of who receives requests is remembered."""


def duties_at(
    *, task: Duty.Task, place_code: str, zone_ids: Iterable[int | None] = (), category: str = ""
) -> list[Duty]:
    """Return the lines of the duty list that cover this place and category, the closest first.

    Closest is: the longest category, then a zone before none, then the lowest place. Inactive bodies are left out.
    """
    categories = [category[:length] for length in range(0, len(category) + 1, 2)] or [""]
    zones = [zone for zone in zone_ids if zone is not None]
    rows = Duty.objects.filter(
        Q(zone__isnull=True) | Q(zone_id__in=zones),
        task=task,
        place_code__in=[place_code, *ancestors_of(place_code)],
        category__in=categories,
        body__active=True,
    ).select_related("body")
    return sorted(rows, key=_closeness)


def _closeness(duty: Duty) -> tuple[int, bool, int, int]:
    return -len(duty.category), duty.zone_id is None, -len(duty.place_code), duty.pk


def receiving_body_id(place_code: str, zone_ids: Iterable[int | None] = ()) -> int:
    """Return the body that receives what is raised at this place, as the duty list said at most 10 seconds ago.

    Raises:
        Invalid: where nobody was named yet.
    """
    places, zones = {place_code, *ancestors_of(place_code)}, {None, *zone_ids}
    for place, zone, body in remembered(INTAKE, INTAKE_LASTS, _intake_lines):
        if place in places and zone in zones:
            return body
    raise Invalid(
        _("Nobody has been named yet who receives requests at this place."),
        remedy=_("Please call the community; an administrator has to add a line to the duty list."),
    )


def _intake_lines() -> list[tuple[str, int | None, int]]:
    """Return place, zone and body of the lines that say who receives requests, those that come first before others."""
    rows = Duty.objects.filter(task=Duty.Task.INTAKE, category="", body__active=True)
    return [(duty.place_code, duty.zone_id, duty.body_id) for duty in sorted(rows, key=_closeness)]

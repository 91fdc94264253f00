"""The open part of the tree: any unit by its code on any day, with counts, coverage, contacts on duty, and its poster."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from jinlin.algorithms.place_codes import Level
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid, NotFound
from jinlin.region.districts import current_district
from jinlin.territory.codes_to_scan import qr_picture
from jinlin.territory.models import Place, Zone
from jinlin.territory.providers import contacts_for
from jinlin.territory.queries.history import (
    counts_below,
    known_at_any_time,
    members_on,
    path_to,
    there_on,
    units_below,
    zones_on,
)
from jinlin.territory.queries.tree_map import unit_features
from jinlin.territory.queries.uncovered import children_with_blanks, is_covered
from jinlin.territory.unit_words import level_words

MAP_KEPT_SECONDS = 300


@require_safe
def find_unit(request: HttpRequest) -> HttpResponse:
    """Lead to the unit of the code that was typed or scanned; without one to the top of the tree."""
    code = "".join(request.GET.get("code", "").split()).upper()
    return redirect("territory:unit", code=code or current_district().code)


@require_safe
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """Show a unit as it is, or as it was on a day: what it lies in, what lies in it, and who is on duty for it."""
    found, day = _unit(code), _day(request)
    there = type(found).objects.filter(there_on(day), pk=found.pk).exists()
    shown = _shown(found, day) | {
        "there": there,
        "day": day,
        "past": day != today(),
        "contacts": contacts_for(_place_code(found), found.pk if isinstance(found, Zone) else None, day)
        if there
        else [],
    }
    if there:
        shown |= _zone_parts(found, day) if isinstance(found, Zone) else _place_parts(found, day)
    return render(request, "territory/tree/unit.html", shown)


def _unit(code: str) -> Place | Zone:
    found = known_at_any_time(code)
    if found is None:
        raise NotFound(
            _("No place and no grid has or had the code “%(code)s”.") % {"code": code[:40]},
            remedy=_("Compare it with the notice: a grid's code has 15 digits, a building's 16."),
        )
    return found


def _day(request: HttpRequest) -> date:
    text = request.GET.get("on", "")
    try:
        return date.fromisoformat(text) if text else today()
    except ValueError:
        raise Invalid(fields={"on": _("A day is written like 2026-05-08.")}) from None


def _place_code(found: Place | Zone) -> str:
    return found.code if isinstance(found, Place) else found.community_code


def _shown(found: Place | Zone, day: date) -> dict[str, Any]:
    words = level_words()
    level = Level(found.level).name.lower() if isinstance(found, Place) else found.kind
    return {
        "unit": found,
        "code": found.code if isinstance(found, Place) else found.label,
        "title": found.address if isinstance(found, Place) else found.name,
        "level": words.get(level, level),
        "words": words,
        "path": path_to(found),
        "query": f"?on={day.isoformat()}" if day != today() else "",
    }


def _place_parts(found: Place, day: date) -> dict[str, Any]:
    words = level_words()
    rows = units_below(found, day)
    below = Level(found.level).below
    blanks = children_with_blanks(found.code, below) if rows and day == today() and below < Level.BUILDING else set()
    return {
        "counts": [(words.get(level, level), count) for level, count in counts_below(found.code, day).items()],
        "rows": [(row, _in_words(row.counts, words), row.code in blanks) for row in rows],
        "badged": day == today() and below is not None and below < Level.BUILDING,
        "covered": is_covered(found.code) if day == today() and found.level < Level.BUILDING else None,
        "zones": [(row, words.get(row.level, row.level)) for row in _zones(found, day)],
        "has_map": day == today(),
    }


def _zones(found: Place, day: date) -> list[Any]:
    return zones_on(found.code, day) if found.level == Level.COMMUNITY else []


def _in_words(counts: dict[str, int], words: dict[str, str]) -> str:
    return "，".join(f"{words.get(level, level)} {count}" for level, count in counts.items())


def _zone_parts(found: Zone, day: date) -> dict[str, Any]:
    return {"members": members_on(found, day), "has_map": day == today()}


@require_safe
@cache_control(public=True, max_age=MAP_KEPT_SECONDS)
def unit_map(request: HttpRequest, code: str) -> JsonResponse:
    """Answer a unit's map as GeoJSON."""
    return JsonResponse(unit_features(_unit(code)), content_type="application/geo+json")


@require_safe
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """Show a page to print and put up: the unit's name, its code, a QR code to raise something here, and one of its page."""
    found = _unit(code)
    if found.valid_to is not None:
        raise NotFound(_("%(name)s has ended on %(day)s.") % {"name": found.name, "day": found.valid_to})
    address = request.build_absolute_uri(reverse("territory:unit", args=[code]))
    raising = request.build_absolute_uri(f"{reverse('requests:raise')}?place={_place_token(found)}")
    pictures = {"picture": qr_picture(address), "raise_picture": qr_picture(raising)}
    shown = _shown(found, today()) | pictures | {"address": address, "raise_address": raising}
    return render(request, "territory/tree/poster.html", shown)


def _place_token(found: Place | Zone) -> str:
    """Return the word by which a form begins with this unit as its place; a grid has none of its own."""
    if isinstance(found, Place):
        return found.code
    return f"z{found.pk}" if found.kind == Zone.Kind.ESTATE else found.community_code

"""The cockpit: bad news first, every number a link to its rows; bodies and places are compared, never persons."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jinlin.assessment import queries, rules
from jinlin.assessment.indicators import Indicator, Listed, Look, Measured, indicators_of, listed, measured_here
from jinlin.platform.access import Actor, actor_of
from jinlin.platform.dates import now, today
from jinlin.platform.errors import NotFound
from jinlin.platform.spreadsheets import workbook_answer, write_workbook
from jinlin.playbooks.here import current_playbook
from jinlin.requests.forms.listing import GROUPS
from jinlin.requests.queries.desk import Wanted, list_url
from jinlin.requests.report import Group, Rate, Schemes, ThreeRates, TimeToClose

GROUP_WORDS = dict(GROUPS)
"""The groups of states are called what the desk's list calls them."""
PERIOD = timedelta(days=30)
PERIODS = (7, 30, 90, 365)
ROWS_A_PAGE = 50


def opened(request: HttpRequest) -> Actor:
    """Return the actor, who must be one for whom the cockpit is."""
    actor = actor_of(request)
    rules.may_open_cockpit(actor).enforce()
    return actor


def _period(request: HttpRequest) -> Wanted:
    """Return the filter for the period chosen: the last 7, 30, 90 or 365 days, today included."""
    chosen = request.GET.get("days", "")
    days = int(chosen) if chosen.isdecimal() and int(chosen) in PERIODS else PERIOD.days
    return Wanted(first=today() - timedelta(days=days - 1), last=today())


def _schemes() -> Schemes:
    return Schemes.of(current_playbook().rating)


def _frame(wanted: Wanted) -> dict[str, Any]:
    chosen = (wanted.last - wanted.first).days + 1
    return {
        "wanted": wanted,
        "as_of": now(),
        "scheme": current_playbook().rating_on(today()),
        "periods": PERIODS,
        "chosen_days": chosen,
        "areas_url": f"{reverse('assessment:cockpit-areas')}?days={chosen}",
    }


def percent(rate: Rate) -> dict[str, Any]:
    """Return a rate as the templates show it."""
    return {
        "value": None if rate.value is None else float(rate.value) * 100,
        "met": float(rate.met),
        "of": rate.counted,
    }


def one_page(request: HttpRequest) -> HttpResponse:
    """C1: what is overdue, soon due, unsigned and returned; rates; what came in and went out."""
    actor, wanted = opened(request), _period(request)
    everything, oldest = Wanted(), queries.oldest_open(actor)
    context = _frame(wanted) | {
        "overdue": queries.figure(actor, replace(everything, due="overdue")),
        "soon": queries.figure(actor, replace(everything, due="soon")),
        "unsigned": queries.figure(actor, replace(everything, group="to_sign")),
        "returned": queries.figure(actor, replace(everything, returned=True)),
        "look": queries.figure(actor, replace(everything, look=True)),
        "in_time": percent(queries.final_on_time(actor, wanted)),
        "oldest": oldest,
        "oldest_days": (now() - oldest.received_at).days if oldest else None,
        "states": [(GROUP_WORDS[name], figure) for name, figure in queries.by_state(actor, wanted)],
        "received": queries.figure(actor, wanted),
        "areas": queries.areas(actor, wanted),
        "outside": queries.outside_areas(actor, wanted),
        "weeks": queries.weeks(actor, today()),
        "rates": _rates(actor, wanted),
    }
    return render(request, "assessment/one_page.html", context)


def _rates(actor: Actor, wanted: Wanted) -> dict[str, Any]:
    rates = queries.rates(actor, wanted, _schemes())
    return _told(wanted, rates) | {"due_url": list_url(replace(wanted, among="answer_due"))}


def _told(wanted: Wanted, rates: ThreeRates) -> dict[str, Any]:
    return {
        "rated_url": list_url(replace(wanted, among="rated")),
        "response": percent(rates.response),
        "solution": percent(rates.solution),
        "satisfaction": percent(rates.satisfaction),
        "total": None if rates.total is None else float(rates.total) * 100,
    }


def clocks(request: HttpRequest) -> HttpResponse:
    """C2: how bodies stand with their promises, the most overdue first."""
    actor = opened(request)
    return render(request, "assessment/clocks.html", {"rows": queries.body_clocks(actor, Wanted()), "as_of": now()})


def area_map(request: HttpRequest) -> HttpResponse:
    """C3: the place's own areas, as a map and as a table."""
    actor, wanted = opened(request), _period(request)
    shown = {"areas": queries.areas(actor, wanted), "outside": queries.outside_areas(actor, wanted)}
    return render(request, "assessment/map.html", _frame(wanted) | shown)


def areas_geojson(request: HttpRequest) -> JsonResponse:
    """Give the boundaries of the areas with their shade, for the map."""
    actor, wanted = opened(request), _period(request)
    rows = queries.areas(actor, wanted, with_boundaries=True)
    shade = queries.shades(rows)
    features = [
        {
            "type": "Feature",
            "geometry": area.boundary,
            "properties": {"code": area.code, "name": area.name, "level": shade[area.code]},
        }
        for area in rows
        if area.boundary
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features})


def indicators(request: HttpRequest) -> HttpResponse:
    """C4: the place's own indicators; the three rates with numerator, denominator and scheme, and by class of matter."""
    actor, wanted = opened(request), _period(request)
    context = _frame(wanted) | {
        "rates": _rates(actor, wanted),
        "in_time": percent(queries.final_on_time(actor, wanted)),
        "classes": [_class(wanted, *one) for one in queries.classes(actor, wanted, _schemes())],
        "received": queries.figure(actor, wanted),
        "day": (look := _look(request, actor)).day,
        "measured": [_shown(one, look.day) for one in measured_here(current_playbook(), look)],
    }
    return render(request, "assessment/indicators.html", context)


def _class(wanted: Wanted, group: Group, took: TimeToClose | None) -> dict[str, Any]:
    """Return the row of a class of matter: its rates, and how many were closed after how many days on average."""
    here = replace(wanted, **group.narrow)
    told = _told(here, group.rates)
    return told | {
        "name": group.name,
        "three": [told[rate] for rate in ("response", "solution", "satisfaction")],
        "closed_url": list_url(replace(here, among="closed")),
        "took": took,
    }


def _look(request: HttpRequest, actor: Actor) -> Look:
    """Return the day chosen, today at the latest, and the area that the actor answers for."""
    try:
        day = min(date.fromisoformat(request.GET.get("on", "")), today())
    except ValueError:
        day = today()
    return Look(day, tuple(actor.grants_as(rules.COCKPIT_ROLES)))


def _shown(measured: Measured, day: date) -> dict[str, Any]:
    indicator = measured.indicator
    numbers = [
        {"number": number, "url": _rows_url(indicator, part, day)} for part, number in enumerate(measured.numbers)
    ]
    return {"indicator": indicator, "numbers": numbers}


def _rows_url(indicator: Indicator, part: int, day: date, **more: object) -> str:
    address = reverse("assessment:cockpit-indicator", args=[indicator.id])
    return f"{address}?{urlencode({'on': day.isoformat(), 'part': part} | more)}"


def indicator_rows(request: HttpRequest, indicator_id: str) -> HttpResponse:
    """List the records behind a number of an indicator, page by page or as a spreadsheet."""
    actor = opened(request)
    look = _look(request, actor)
    indicator = next((one for one in indicators_of(current_playbook()) if one.id == indicator_id), None)
    part = _whole(request, "part")
    if indicator is None or part >= len(indicator.parts):
        raise NotFound(_("There is no such indicator here."))
    rows = look.at(indicator.parts[part].source)
    if request.GET.get("form") == "xlsx":
        return _spreadsheet(indicator, listed(rows)[0])
    table, more = listed(rows, after=_whole(request, "after"), most=ROWS_A_PAGE)
    context = {
        "indicator": indicator,
        "day": look.day,
        "table": table,
        "total": rows.count(),
        "next_url": _rows_url(indicator, part, look.day, after=more) if more else "",
        "first_url": _rows_url(indicator, part, look.day) if request.GET.get("after") else "",
        "xlsx_url": _rows_url(indicator, part, look.day, form="xlsx"),
    }
    return render(request, "assessment/indicator_rows.html", context)


def _whole(request: HttpRequest, name: str) -> int:
    words = request.GET.get(name, "")
    return int(words) if words.isdecimal() and len(words) < 19 else 0


def _spreadsheet(indicator: Indicator, table: Listed) -> HttpResponse:
    return workbook_answer(f"{indicator.id}.xlsx", write_workbook, table.heads, table.lines, sheet=indicator.id)

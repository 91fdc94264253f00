"""Small public answers about places, for maps and pickers; no personal data, and homes only to those who may see them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from jinlin.algorithms.coordinates import System
from jinlin.platform.access import actor_of
from jinlin.platform.errors import Invalid, NotFound
from jinlin.territory.forms import PlaceField
from jinlin.territory.queries import boundary_features, find_places, nearest_buildings, step_at

BOUNDARIES_KEPT_SECONDS = 300
LONGEST_NAME = 40


@require_safe
def near(request: HttpRequest) -> JsonResponse:
    """Answer the five buildings nearest to `latitude`, `longitude` in `system` (wgs84, gcj02, bd09, cgcs2000)."""
    try:
        longitude, latitude = (float(request.GET.get(name, "")) for name in ("longitude", "latitude"))
    except ValueError:
        return _refused(Invalid(_("Latitude and longitude are needed, in degrees.")))
    try:
        found = nearest_buildings(longitude, latitude, request.GET.get("system", System.WGS84))
    except Invalid as error:
        return _refused(error)
    return JsonResponse({"places": [asdict(place) for place in found]})


@require_safe
def search(request: HttpRequest) -> JsonResponse:
    """Answer the places that the typed address `q` may mean, the likeliest first."""
    found = find_places(actor_of(request), request.GET.get("q", ""), near=request.GET.get("near", ""))
    return _private(JsonResponse({"places": [asdict(place) for place in found]}))


@require_safe
def children(request: HttpRequest) -> JsonResponse:
    """Answer the list at the token `of`, at most twelve rows."""
    step = step_at(actor_of(request), request.GET.get("of", ""))
    if step is None:
        raise NotFound(_("There is no such place here any more."))
    return _private(JsonResponse(asdict(step)))


@require_safe
@cache_control(public=True, max_age=BOUNDARIES_KEPT_SECONDS)
def boundaries(request: HttpRequest) -> JsonResponse:
    """Answer the boundaries of the district's areas as GeoJSON."""
    return JsonResponse(boundary_features(request.GET.get("of", "")), content_type="application/geo+json")


@require_POST
def picker(request: HttpRequest) -> HttpResponse:
    """Answer the part of a place field after one of its steps, for pages with scripts."""
    name = request.GET.get("name", "place")[:LONGEST_NAME]
    field = PlaceField()
    field.use(actor_of(request))
    form = forms.Form(request.POST)
    form.fields[name] = field
    bound = form[name]
    attrs: dict[str, Any] = {"id": bound.auto_id, "class": "input"}
    context = field.widget.get_context(bound.html_name, bound.value(), attrs)
    return _private(render(request, "territory/widgets/place_steps.html", context))


def _refused(error: Invalid) -> JsonResponse:
    return JsonResponse({"places": [], "why": f"{error.why} {error.remedy}"}, status=error.status)


def _private(answer: HttpResponse) -> HttpResponse:
    """Keep an answer that depends on who asks out of shared caches."""
    patch_vary_headers(answer, ["Cookie"])
    answer["Cache-Control"] = "private, no-store"
    return answer

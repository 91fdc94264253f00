"""The public pages of estates and communities: who works there, how to reach them, and what is being done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jinlin.algorithms.place_codes import Level, fault_in
from jinlin.organisations.forms.bodies import kind_name
from jinlin.organisations.queries.public import community_page, estate_page, open_estates
from jinlin.platform.dates import today
from jinlin.platform.errors import NotFound
from jinlin.playbooks.here import current_playbook
from jinlin.territory.models import Place, Zone

PAGE = 50


@require_safe
def estates(request: HttpRequest) -> HttpResponse:
    """Find an estate by its name, by its community."""
    words, after = request.GET.get("q", "").strip()[:40], request.GET.get("after", "")
    rows = open_estates(words)
    if after:
        rows = rows.filter(label__gt=after)
    found = list(rows.order_by("label")[: PAGE + 1])
    codes = {zone.community_code for zone in found}
    names = dict(Place.objects.filter(code__in=codes, valid_to__isnull=True).values_list("code", "name"))
    shown = {
        "words": words,
        "rows": [(zone, names.get(zone.community_code, "")) for zone in found[:PAGE]],
        "following": found[PAGE - 1].label if len(found) > PAGE else "",
        "is_first": not after,
    }
    return render(request, "organisations/public/estates.html", shown)


@require_safe
def estate(request: HttpRequest, label: str) -> HttpResponse:
    """Show an estate: its branch, who is at the table and who is missing, who backs it, and what is being done."""
    found = Zone.objects.filter(kind=Zone.Kind.ESTATE, label=label, valid_to__isnull=True).first()
    if found is None:
        raise NotFound
    playbook = current_playbook()
    community = Place.objects.filter(code=found.community_code, valid_to__isnull=True).first()
    names = {row.kind: kind_name(row) for row in playbook.body}
    shown = {"page": estate_page(playbook, found, today()), "community": community, "kinds": names}
    return render(request, "organisations/public/estate.html", shown)


@require_safe
def community(request: HttpRequest, code: str) -> HttpResponse:
    """Show a community: its bodies, its tables, its member units and what each did this year."""
    place = (
        None
        if fault_in(code)
        else Place.objects.filter(code=code, level=Level.COMMUNITY, valid_to__isnull=True).first()
    )
    if place is None:
        raise NotFound
    playbook = current_playbook()
    names = {row.kind: kind_name(row) for row in playbook.body}
    shown = {"page": community_page(playbook, place, today()), "kinds": names}
    return render(request, "organisations/public/community.html", shown)

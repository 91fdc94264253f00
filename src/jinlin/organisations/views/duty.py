"""Who is on duty: for my home, in a community for everybody, and the poster of somebody who lets their name be shown."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from jinlin.algorithms.place_codes import Level
from jinlin.organisations.queries.duty import communities, on_duty_for, on_duty_in, pledges_in, poster_of
from jinlin.organisations.queries.published import reports_in
from jinlin.organisations.views.desk_posts import visible_or_404
from jinlin.people.queries import homes_of
from jinlin.platform.access import actor_of
from jinlin.platform.dates import LOCAL, now
from jinlin.platform.errors import NotFound
from jinlin.playbooks.here import current_playbook
from jinlin.territory.queries import existing_place

MOST_REPORTS = 50


def _moment() -> datetime:
    return now().astimezone(LOCAL)


@never_cache
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show who is on duty for the homes of whoever is signed in, and lead to the tables of all communities."""
    person_id = actor_of(request).person_id
    homes = homes_of(person_id) if person_id else []
    moment = _moment()
    shown = {"homes": [(home, on_duty_for(home, moment)) for home in homes], "communities": communities()}
    return render(request, "organisations/on_duty.html", shown)


@require_GET
def table(request: HttpRequest, community_code: str) -> HttpResponse:
    """Show who is on duty in a community."""
    place = existing_place(community_code)
    if place is None or place.level != Level.COMMUNITY:
        raise NotFound
    moment = _moment()
    lines, pledges = on_duty_in(place.code, moment), pledges_in(place.code, moment.date())
    reports = reports_in(current_playbook(), place.code)[:MOST_REPORTS]
    shown = {"place": place, "lines": lines, "pledges": pledges, "reports": reports}
    return render(request, "organisations/duty_table.html", shown)


@login_required
@never_cache
@require_GET
def poster(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """Show the poster of somebody who lets their name be shown, to print."""
    appointment = visible_or_404(actor_of(request), appointment_id)
    line = poster_of(appointment, _moment())
    if line is None:
        raise NotFound
    return render(request, "organisations/desk/poster.html", {"line": line, "appointment": appointment})

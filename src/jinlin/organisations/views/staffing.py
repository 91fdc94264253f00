"""The desk's pages about how posts fare: vacancies with ends of terms, staff by population, awards and chances."""

from datetime import MAXYEAR

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from jinlin.algorithms.place_codes import fault_in, is_within
from jinlin.organisations import queries, rules
from jinlin.organisations.queries.desk import post_rows
from jinlin.organisations.queries.filings import calls
from jinlin.organisations.queries.results import results_in
from jinlin.organisations.rules.acting import KEEPERS
from jinlin.organisations.views.asking import number
from jinlin.platform.access import Actor, actor_of
from jinlin.platform.dates import today
from jinlin.platform.errors import NotAllowed
from jinlin.playbooks.here import current_playbook

MOST_SHOWN = 200


def _place(request: HttpRequest, actor: Actor) -> str:
    """Return the code of the place to show: the one in the address, or the widest whose rosters the actor keeps.

    Raises:
        NotAllowed: for a place of others.
    """
    own = [grant.place_code for grant in actor.grants_as(KEEPERS)]
    wanted = request.GET.get("place", "").strip()
    if not wanted or fault_in(wanted):
        return min(own, key=len, default="")
    if not any(is_within(wanted, code) for code in own):
        raise NotAllowed
    return wanted


@login_required
@never_cache
@require_GET
def vacancies(request: HttpRequest) -> HttpResponse:
    """Show how far every needed post is filled, which places lack one and since when, and which terms end soon."""
    actor = actor_of(request)
    rules.may_keep_rosters(actor).enforce()
    place, playbook, day = _place(request, actor), current_playbook(), today()
    rows = queries.coverages(playbook, day, place_code=place)
    found = sorted((one for row in rows for one in row.vacancies), key=lambda one: (one.since, one.post.key))
    ending = queries.ending_soon(day, place_code=place).select_related("body", "person", "zone")
    names = queries.area_names(one.spot.community_code for one in found[:MOST_SHOWN])
    shown = {
        "rows": rows,
        "vacancies": [(one, names.get(one.spot.community_code, "")) for one in found[:MOST_SHOWN]],
        "count": len(found),
        "overdue": sum(one.overdue for one in found),
        "alert_days": playbook.norms.vacancy_alert_days,
        "ending": list(post_rows(ending[:MOST_SHOWN], playbook)),
        "place": place,
    }
    return render(request, "organisations/desk/vacancies.html", shown)


@login_required
@never_cache
@require_GET
def staffing(request: HttpRequest) -> HttpResponse:
    """Show for each community its residents and the workers that it needs, has and lacks."""
    actor = actor_of(request)
    rules.may_keep_rosters(actor).enforce()
    place, playbook = _place(request, actor), current_playbook()
    post = queries.staffed_post(playbook)
    table = queries.staffing_table(post, today(), place_code=place) if post else None
    return render(request, "organisations/desk/staffing.html", {"table": table, "post": post, "place": place})


@login_required
@never_cache
@require_GET
def results(request: HttpRequest) -> HttpResponse:
    """Show what holders of posts were offered and given in a year: the calls, and each award with its document."""
    actor = actor_of(request)
    rules.may_keep_rosters(actor).enforce()
    year = number(request.GET.get("year", "")) or today().year
    year, playbook = min(year, MAXYEAR), current_playbook()
    called = calls(playbook).filter(filed_at__year=year)[:MOST_SHOWN]
    shown = {"year": year, "results": results_in(year, playbook, actor), "calls": called}
    return render(request, "organisations/desk/results.html", shown)

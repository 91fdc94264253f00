"""The community's lists: reports, posts, offers, needs, proposed pairs with their reasons, and services to confirm."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jinlin.organisations.models import Body
from jinlin.platform.access import Actor, actor_of
from jinlin.platform.addresses import same_list
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid, NotFound
from jinlin.platform.forms import sent, show_refusal, status_of
from jinlin.platform.paging import page_of
from jinlin.playbooks.here import current_playbook
from jinlin.volunteering import actions, queries, rules
from jinlin.volunteering.forms import KINDS, NoteForm, PostingForm, UnitReportForm, WantedForm
from jinlin.volunteering.models import Pairing, Posting, Report
from jinlin.volunteering.states import State
from jinlin.volunteering.views.resident import new_posting
from jinlin.volunteering.words import REFUSALS, reasons_of, times_of

PAGE = 50
READ_WRITE = ["GET", "HEAD", "POST"]
STATES = (State.PROPOSED, State.ACCEPTED, State.SERVED, State.CONFIRMED, State.WAITING, State.DECLINED, State.WITHDRAWN)

View = Callable[..., HttpResponse]


def desk_page(view: View) -> View:
    """Let only those in who keep a community's lists, and auditors; the view gets the actor after the request.

    Raises:
        NotSignedIn, NotAllowed.
    """

    @never_cache
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actor = actor_of(request)
        actor.must_hold(rules.LOOKERS)
        return view(request, actor, *args, **kwargs)

    return page


@require_safe
@desk_page
def board(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show how far reporting has come and what the lists hold, each number with a link to its rows."""
    playbook, reports = current_playbook(), rules.reports_visible_to(actor)
    postings = queries.open_on(rules.postings_visible_to(actor), today())
    pairings = rules.pairings_visible_to(actor)
    shown = {
        "units": queries.unit_reports(playbook, reports),
        "members": queries.member_reports(playbook, reports),
        "lists": [(word, kind.label, postings.filter(kind=kind).count()) for word, kind in KINDS.items()],
        "states": [(state, state.label, pairings.filter(state=state).count()) for state in STATES[:4]],
        "minutes": queries.minutes_of(pairings),
        "solved": queries.solved(pairings).count(),
    }
    return render(request, "volunteering/desk/board.html", shown)


@require_safe
@desk_page
def reports(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the reports of units, or how many members reported; who they are stays with themselves."""
    track = Report.Track.MEMBER if request.GET.get("track") == "member" else Report.Track.UNIT
    rows = rules.reports_visible_to(actor).filter(track=track).select_related("unit")
    older, newer = request.GET.get("older", ""), request.GET.get("newer", "")
    page = page_of(rows, "written_at", size=PAGE, older=older, newer=newer)
    shown = {
        "reports": page.rows,
        "names": dict(queries.hosted_communities(actor)),
        "track": track,
        "waiting": queries.units(current_playbook()).exclude(
            pk__in=Report.objects.filter(track=Report.Track.UNIT).values("unit")
        ),
        "older_url": same_list(request.GET, older=page.older) if page.older else "",
        "newer_url": same_list(request.GET, newer=page.newer) if page.newer else "",
    }
    return render(request, "volunteering/desk/reports.html", shown)


@require_http_methods(READ_WRITE)
@desk_page
def new_report(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Write a unit's report down."""
    units = queries.units(current_playbook()).order_by("name").values_list("pk", "name")
    form = UnitReportForm(sent(request), places=queries.hosted_communities(actor), units=units)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        new = actions.NewReport(
            given["place"], unit=Body.objects.get(pk=given["unit"]), stage=Report.Stage(given["stage"]),
            reported_on=given["day"], words=given["words"],
        )  # fmt: skip
        try:
            actions.report(actor=actor, new=new)
            messages.success(request, _("The unit's report is written down."))
            return redirect("volunteering:desk-reports")
        except Invalid as error:
            show_refusal(form, error, {"place_code": "place", "reported_on": "day"})
    return render(request, "volunteering/desk/new_report.html", {"form": form}, status=status_of(form))


@require_safe
@desk_page
def postings(request: HttpRequest, actor: Actor, word: str) -> HttpResponse:
    """Show a list: posts, offers or needs."""
    kind, playbook = _kind(word), current_playbook()
    form = WantedForm(request.GET, kind=kind, playbook=playbook)
    rows = rules.postings_visible_to(actor).filter(kind=kind)
    if form.is_valid():
        rows = queries.narrowed(rows, form.cleaned_data)
        rows = rows if form.cleaned_data["open"] == "all" else queries.open_on(rows, today())
    counted = queries.with_use(rows) if kind == Posting.Kind.OFFER else queries.with_room(rows)
    older, newer = request.GET.get("older", ""), request.GET.get("newer", "")
    page = page_of(counted.select_related("body"), "posted_at", size=PAGE, older=older, newer=newer)
    names = queries.categories(playbook, kind)
    shown = {
        "form": form,
        "word": word,
        "kind": kind,
        "postings": [(row, names.get(row.category, row.category), times_of(row.windows)) for row in page.rows],
        "older_url": same_list(request.GET, older=page.older) if page.older else "",
        "newer_url": same_list(request.GET, newer=page.newer) if page.newer else "",
    }
    return render(request, "volunteering/desk/postings.html", shown, status=200 if form.is_valid() else 422)


def _kind(word: str) -> Posting.Kind:
    if word not in KINDS:
        raise NotFound
    return KINDS[word]


@require_http_methods(READ_WRITE)
@desk_page
def new(request: HttpRequest, actor: Actor, word: str) -> HttpResponse:
    """Put something on a list."""
    kind, playbook = _kind(word), current_playbook()
    form = PostingForm(
        sent(request), kind=kind, playbook=playbook, places=queries.hosted_communities(actor),
        bodies=_bodies(actor, kind).values_list("pk", "name"),
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        body = _bodies(actor, kind).filter(pk=form.cleaned_data.get("body") or 0).first()
        try:
            actions.post(actor=actor, new=new_posting(form, body=body))
            messages.success(request, _("It is on the list."))
            return redirect("volunteering:desk-postings", word=word)
        except Invalid as error:
            show_refusal(form, error, {"place_code": "place", "windows": "weekdays"})
    shown = {"form": form, "word": word, "kind": kind}
    return render(request, "volunteering/desk/new.html", shown, status=status_of(form))


def _bodies(actor: Actor, kind: Posting.Kind) -> QuerySet[Body]:
    """Return for whom something is put up: a unit's offer, else a body of the actor's own places."""
    if kind == Posting.Kind.OFFER:
        return queries.units(current_playbook()).order_by("name")
    return queries.bodies_at(actor)


@require_POST
@desk_page
def close(request: HttpRequest, actor: Actor, posting_id: int) -> HttpResponse:
    """Take something off its list."""
    posting = actions.close_posting(actor=actor, posting_id=posting_id)
    messages.success(request, _("It is off the list. What was agreed stays agreed."))
    return redirect(
        "volunteering:desk-postings", word=next(word for word, kind in KINDS.items() if kind == posting.kind)
    )


@require_http_methods(READ_WRITE)
@desk_page
def matching(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Propose pairs between needs and offers of a community, and show why each, and why not the others."""
    places, playbook = queries.hosted_communities(actor), current_playbook()
    code = request.POST.get("place") or request.GET.get("place") or (places[0][0] if places else "")
    if code not in dict(places):
        raise NotFound
    found = None
    if request.method == "POST":
        found = actions.propose_pairs(actor=actor, place_code=code)
    proposed = rules.pairings_visible_to(actor).filter(state=State.PROPOSED, posting__place_code__startswith=code)
    rows = proposed.select_related("posting", "offer__body").order_by("posting_id", "pk")
    shown = {
        "places": places,
        "place": code,
        "proposals": [(pair, reasons_of(pair.why, playbook)) for pair in rows],
        "refusals": [(row.need, row.missing, REFUSALS[row.why]) for row in found.refusals] if found else [],
        "idle": found.idle_offers if found else [],
        "done": found is not None,
    }
    return render(request, "volunteering/desk/matching.html", shown)


@require_safe
@desk_page
def services(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show claims and pairs by state; those that were served wait for a confirmation."""
    state = request.GET.get("state", State.SERVED)
    if state not in State.values:
        raise NotFound
    rows = rules.pairings_visible_to(actor).filter(state=state).select_related("posting", "offer__body", "person")
    page = page_of(rows, "at", size=PAGE, older=request.GET.get("older", ""), newer=request.GET.get("newer", ""))
    shown = {
        "pairings": page.rows,
        "state": State(state),
        "states": [(each, each.label) for each in STATES],
        "older_url": same_list(request.GET, older=page.older) if page.older else "",
        "newer_url": same_list(request.GET, newer=page.newer) if page.newer else "",
    }
    return render(request, "volunteering/desk/services.html", shown)


@require_POST
@desk_page
def agree(request: HttpRequest, actor: Actor, pairing_id: int) -> HttpResponse:
    """Agree to a proposed pair."""
    pairing = actions.agree(actor=actor, pairing_id=pairing_id)
    messages.success(request, _("Agreed."))
    return redirect(_matching_at(pairing))


@require_POST
@desk_page
def decline(request: HttpRequest, actor: Actor, pairing_id: int) -> HttpResponse:
    """Decline a proposed pair; it is not proposed again."""
    pairing = actions.decline(actor=actor, pairing_id=pairing_id)
    messages.success(request, _("Declined. It will not be proposed again."))
    return redirect(_matching_at(pairing))


def _matching_at(pairing: Pairing) -> str:
    return f"/desk/volunteering/matching/?place={pairing.posting.place_code[:12]}"


@require_POST
@desk_page
def confirm(request: HttpRequest, actor: Actor, pairing_id: int) -> HttpResponse:
    """Confirm a service as its host."""
    actions.confirm(actor=actor, pairing_id=pairing_id)
    messages.success(request, _("The service is confirmed."))
    return redirect("volunteering:desk-services")


@require_http_methods(READ_WRITE)
@desk_page
def contest(request: HttpRequest, actor: Actor, pairing_id: int) -> HttpResponse:
    """Say what is still missing of a service."""
    pairing = rules.pairings_visible_to(actor).select_related("posting").filter(pk=pairing_id).first()
    if pairing is None:
        raise NotFound
    form = NoteForm(sent(request))
    if form.is_bound and form.is_valid():
        actions.contest(actor=actor, pairing_id=pairing_id, **form.cleaned_data)
        messages.success(request, _("Written down; it is open again."))
        return redirect("volunteering:desk-services")
    return render(request, "volunteering/desk/contest.html", {"form": form, "pairing": pairing}, status=status_of(form))

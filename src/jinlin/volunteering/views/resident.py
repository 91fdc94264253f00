"""What a resident finds here: posts to claim nearby, what they agreed to, their reports and offers."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jinlin.organisations.models import Body
from jinlin.people.models import Person
from jinlin.platform.access import Actor, actor_of
from jinlin.platform.addresses import same_list
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid, NotFound
from jinlin.platform.forms import sent, show_refusal, status_of
from jinlin.platform.pages import READ_WRITE
from jinlin.platform.paging import page_of
from jinlin.playbooks.here import current_playbook
from jinlin.territory.models import Zone
from jinlin.volunteering import actions, queries, rules
from jinlin.volunteering.forms import CalendarForm, PostingForm, ReportForm, ServedForm, WantedForm
from jinlin.volunteering.models import Pairing, Posting, Report
from jinlin.volunteering.queries.shared import communities_that_share, shared_calendar
from jinlin.volunteering.states import State
from jinlin.volunteering.times import times_of

PAGE = 20
CALENDAR_DAYS = 14


@require_safe
def posts(request: HttpRequest) -> HttpResponse:
    """Show the posts that can be claimed, with their free places."""
    playbook, own = current_playbook(), queries.own_communities(actor_of(request))
    form = WantedForm(request.GET, kind=Posting.Kind.POST, playbook=playbook, communities=[code for code, _name in own])
    rows = queries.open_on(Posting.objects.filter(kind=Posting.Kind.POST), today())
    if form.is_valid():
        rows = queries.narrowed(rows, form.cleaned_data)
    rows = queries.with_room(rows).select_related("body", "zone")
    older, newer = request.GET.get("older", ""), request.GET.get("newer", "")
    page = page_of(rows, "posted_at", size=PAGE, older=older, newer=newer)
    names = queries.categories(playbook, Posting.Kind.POST)
    shown = {
        "form": form,
        "posts": [(post, names.get(post.category, ""), times_of(post.windows)) for post in page.rows],
        "older_url": same_list(request.GET, older=page.older) if page.older else "",
        "newer_url": same_list(request.GET, newer=page.newer) if page.newer else "",
    }
    return render(request, "volunteering/posts.html", shown, status=200 if form.is_valid() else 422)


@require_safe
def one_post(request: HttpRequest, posting_id: int) -> HttpResponse:
    """Show one post, and what whoever looks can do about it."""
    posts_here = queries.with_room(Posting.objects.filter(kind=Posting.Kind.POST))
    post = posts_here.select_related("body").filter(pk=posting_id).first()
    if post is None:
        raise NotFound
    actor = actor_of(request)
    claimed = post.pairings.filter(person_id=actor.person_id or 0).exclude(state=State.WITHDRAWN).last()
    names = queries.categories(current_playbook(), post.kind)
    shown = {
        "post": post,
        "category": names.get(post.category, ""),
        "times": times_of(post.windows),
        "claimed": claimed,
        "is_open": post.is_open(today()),
    }
    return render(request, "volunteering/post.html", shown)


@require_safe
def shared(request: HttpRequest) -> HttpResponse:
    """Show what units share in a community over two weeks, and which bodies take it."""
    places, own = communities_that_share(), {code for code, _name in queries.own_communities(actor_of(request))}
    form = CalendarForm(request.GET, places=places)
    given = form.cleaned_data if form.is_valid() else {}
    nearest = sorted(places, key=lambda place: place[0] not in own)
    place = given.get("place") or next((code for code, _name in nearest), "")
    first = given.get("day") or today()
    shown = {
        "form": form,
        "place": dict(places).get(place, ""),
        "days": shared_calendar(place, first, CALENDAR_DAYS) if place else [],
        "kinds": queries.categories(current_playbook(), Posting.Kind.OFFER),
        "last": first + timedelta(days=CALENDAR_DAYS - 1),
        "first": first,
        "code": place,
        "later": first + timedelta(days=CALENDAR_DAYS),
    }
    return render(request, "volunteering/shared.html", shown, status=200 if form.is_valid() else 422)


@login_required
@require_POST
def claim(request: HttpRequest, posting_id: int) -> HttpResponse:
    """Claim a post, or a place on its waiting list."""
    made = actions.claim(actor=actor_of(request), posting_id=posting_id)
    if made.state == State.WAITING:
        messages.success(request, _("All places are taken; you are on the waiting list and will be told."))
    else:
        messages.success(request, _("You have got a place. Thank you."))
    return redirect("volunteering:mine")


@login_required
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show what the person has agreed to, their reports and offers, and their minutes."""
    actor = actor_of(request)
    person = actor.person_id or 0
    own = Pairing.objects.filter(Q(person_id=person) | Q(offer__person_id=person))
    reports = Report.objects.filter(person_id=person).select_related("unit")
    offers = Posting.objects.filter(person_id=person, kind=Posting.Kind.OFFER)
    shown = {
        "pairings": own.select_related("posting__body").order_by("-at", "-pk")[:PAGE],
        "minutes": queries.minutes_of(own),
        "reports": reports.order_by("-reported_on", "-pk")[:PAGE],
        "offers": queries.with_use(offers).order_by("-posted_at", "-pk")[:PAGE],
    }
    return render(request, "volunteering/mine.html", shown)


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def report(request: HttpRequest) -> HttpResponse:
    """Report in to the community where one lives, or report back."""
    actor = actor_of(request)
    units = queries.units(current_playbook()).order_by("name").values_list("pk", "name")
    form = ReportForm(sent(request), places=queries.own_communities(actor), units=units)
    if form.is_bound and form.is_valid():
        try:
            actions.report(actor=actor, new=_new_report(actor, form))
            messages.success(request, _("Your report is written down."))
            return redirect("volunteering:mine")
        except Invalid as error:
            show_refusal(form, error, {"place_code": "place"})
    return render(request, "volunteering/report.html", {"form": form}, status=status_of(form))


def _new_report(actor: Actor, form: ReportForm) -> actions.NewReport:
    given = form.cleaned_data
    return actions.NewReport(
        place_code=given["place"],
        unit=Body.objects.get(pk=given["unit"]) if given["unit"] else None,
        person=Person.objects.get(pk=actor.person_id),
        stage=Report.Stage(given["stage"]),
        words=given["words"],
    )


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def offer(request: HttpRequest) -> HttpResponse:
    """Put up an offer of one's own."""
    actor, playbook = actor_of(request), current_playbook()
    form = PostingForm(sent(request), kind=Posting.Kind.OFFER, playbook=playbook, places=queries.own_communities(actor))
    if form.is_bound and form.is_valid():
        try:
            new = new_posting(form, person=Person.objects.get(pk=actor.person_id))
            actions.post(actor=actor, new=new)
            messages.success(request, _("Your offer is on the list."))
            return redirect("volunteering:mine")
        except Invalid as error:
            show_refusal(form, error, {"place_code": "place", "windows": "weekdays"})
    return render(request, "volunteering/offer.html", {"form": form}, status=status_of(form))


def new_posting(
    form: PostingForm, *, person: Person | None = None, body: Body | None = None, zone: Zone | None = None
) -> actions.NewPosting:
    """Return what a valid form puts up."""
    given = form.cleaned_data
    return actions.NewPosting(
        kind=Posting.Kind(form.kind),
        category=given["category"],
        title=given["title"],
        text=given["text"],
        places=given["places"],
        place_code=given["place"],
        body=body,
        person=person,
        zone=zone,
        skills=given.get("skills", ()),
        windows=form.windows,
        first_day=given["first_day"],
        last_day=given["last_day"],
    )


@login_required
@require_POST
def take_off(request: HttpRequest, posting_id: int) -> HttpResponse:
    """Take an offer of one's own off the list."""
    actions.close_posting(actor=actor_of(request), posting_id=posting_id)
    messages.success(request, _("It is off the list. What was agreed stays agreed."))
    return redirect("volunteering:mine")


@login_required
@require_POST
def withdraw(request: HttpRequest, pairing_id: int) -> HttpResponse:
    """Take a claim back."""
    actions.withdraw(actor=actor_of(request), pairing_id=pairing_id)
    messages.success(request, _("Taken back. Whoever waits has been told."))
    return redirect("volunteering:mine")


@login_required
@require_POST
def agree(request: HttpRequest, pairing_id: int) -> HttpResponse:
    """Agree to a proposed pair."""
    actions.agree(actor=actor_of(request), pairing_id=pairing_id)
    messages.success(request, _("Agreed. The community will be in touch."))
    return redirect("volunteering:mine")


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def served(request: HttpRequest, pairing_id: int) -> HttpResponse:
    """Say what was served; the community confirms it."""
    actor = actor_of(request)
    pairing = rules.pairings_visible_to(actor).select_related("posting").filter(pk=pairing_id).first()
    if pairing is None:
        raise NotFound
    form = ServedForm(sent(request))
    if form.is_bound and form.is_valid():
        try:
            actions.serve(actor=actor, pairing_id=pairing_id, served=actions.Served(**form.cleaned_data))
            messages.success(request, _("Written down. It counts once the community has confirmed it."))
            return redirect("volunteering:mine")
        except Invalid as error:
            show_refusal(form, error)
    return render(request, "volunteering/served.html", {"form": form, "pairing": pairing}, status=status_of(form))

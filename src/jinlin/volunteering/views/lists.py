"""The community's lists of posts, offers and needs, and each of them with its claims and its waiting list."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from jinlin.organisations.models import Body
from jinlin.platform.access import Actor
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid, NotFound
from jinlin.platform.forms import sent, show_refusal, status_of
from jinlin.platform.pages import READ_WRITE
from jinlin.playbooks.here import current_playbook
from jinlin.territory.models import Zone
from jinlin.volunteering import actions, queries, rules
from jinlin.volunteering.forms import KINDS, PlacesForm, PostingForm, WantedForm
from jinlin.volunteering.models import Posting
from jinlin.volunteering.states import TAKES_A_PLACE, State
from jinlin.volunteering.times import times_of
from jinlin.volunteering.views.desk import desk_page, may_write, page_here
from jinlin.volunteering.views.resident import new_posting


def kind_of(word: str) -> Posting.Kind:
    """Return the kind of posting that an address names. Raises: NotFound."""
    if word not in KINDS:
        raise NotFound
    return KINDS[word]


def word_of(kind: str) -> str:
    """Return the word of addresses for a kind of posting."""
    return next(word for word, known in KINDS.items() if known == kind)


def wanted_form(request: HttpRequest, kind: Posting.Kind) -> WantedForm:
    """Return the filters that the address gives."""
    return WantedForm(request.GET, kind=kind, playbook=current_playbook())


def postings_wanted(actor: Actor, kind: Posting.Kind, form: WantedForm) -> QuerySet[Posting]:
    """Return the postings of a kind that the filters ask for: the open ones, unless all are asked for."""
    given = form.cleaned_data if form.is_valid() else {}
    rows = rules.postings_visible_to(actor).filter(kind=kind)
    rows = rows if given.get("open") else queries.open_on(rows, today())
    return queries.narrowed(rows, given)


@require_safe
@desk_page
def postings(request: HttpRequest, actor: Actor, word: str) -> HttpResponse:
    """Show a list of posts, offers or needs, the newest first."""
    kind, form = kind_of(word), wanted_form(request, kind_of(word))
    rows = postings_wanted(actor, kind, form)
    rows = queries.with_use(rows) if kind == Posting.Kind.OFFER else queries.with_room(rows)
    page, shown = page_here(request, rows.select_related("body"), "posted_at")
    names = queries.categories(current_playbook(), kind)
    shown |= {
        "form": form,
        "word": word,
        "kind": kind,
        "postings": [(row, names.get(row.category, ""), times_of(row.windows)) for row in page.rows],
        "may_write": may_write(actor),
    }
    return render(request, "volunteering/desk/postings.html", shown, status=200 if form.is_valid() else 422)


@require_http_methods(READ_WRITE)
@desk_page
def new(request: HttpRequest, actor: Actor, word: str) -> HttpResponse:
    """Put something on a list."""
    kind, bodies, zones = kind_of(word), _bodies(actor, kind_of(word)), _zones(actor)
    form = PostingForm(
        sent(request), kind=kind, playbook=current_playbook(), places=queries.hosted_communities(actor),
        bodies=bodies.values_list("pk", "name"), zones=zones.values_list("pk", "name"),
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        body = bodies.filter(pk=form.cleaned_data.get("body") or 0).first()
        zone = zones.filter(pk=form.cleaned_data.get("zone") or 0).first()
        try:
            actions.post(actor=actor, new=new_posting(form, body=body, zone=zone))
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


def _zones(actor: Actor) -> QuerySet[Zone]:
    codes = [code for code, _name in queries.hosted_communities(actor)]
    kinds = (Zone.Kind.GRID, Zone.Kind.ESTATE)
    return Zone.objects.filter(community_code__in=codes, kind__in=kinds, valid_to__isnull=True).order_by("label")


@require_http_methods(READ_WRITE)
@desk_page
def one(request: HttpRequest, actor: Actor, posting_id: int) -> HttpResponse:
    """Show a posting with who takes it up and who waits, and give it more or fewer places."""
    posting = _posting(actor, posting_id)
    form = PlacesForm(sent(request), initial={"places": posting.places})
    if form.is_bound and form.is_valid():
        try:
            actions.change_places(actor=actor, posting_id=posting_id, **form.cleaned_data)
            messages.success(request, _("The number of places is changed; who waits has been told."))
            return redirect("volunteering:desk-posting", posting_id=posting_id)
        except Invalid as error:
            show_refusal(form, error)
    return render(request, "volunteering/desk/posting.html", _shown(actor, posting, form), status=status_of(form))


def _posting(actor: Actor, posting_id: int) -> Posting:
    rows = rules.postings_visible_to(actor).select_related("body", "zone")
    posting = rows.filter(pk=posting_id).first()
    if posting is None:
        raise NotFound
    return posting


def _shown(actor: Actor, posting: Posting, form: PlacesForm) -> dict[str, Any]:
    is_offer = posting.kind == Posting.Kind.OFFER
    pairings = list(queries.claims_of(posting) if not is_offer else queries.uses_of(posting))
    return {
        "posting": posting,
        "word": word_of(posting.kind),
        "category": queries.categories(current_playbook(), posting.kind).get(posting.category, ""),
        "times": times_of(posting.windows),
        "form": form,
        "only_here": not is_offer,
        "claims": [row for row in pairings if row.state != State.WAITING],
        "waiting": [row for row in pairings if row.state == State.WAITING],
        "taken": sum(row.places for row in pairings if row.state in TAKES_A_PLACE),
        "is_open": posting.is_open(today()),
        "may_write": rules.hosts(actor, posting.place_code),
    }


@require_http_methods(READ_WRITE)
@desk_page
def close(request: HttpRequest, actor: Actor, posting_id: int) -> HttpResponse:
    """Ask whether to take something off its list, and do it."""
    posting = _posting(actor, posting_id)
    address = reverse("volunteering:desk-posting", args=[posting_id])
    if request.method == "POST":
        actions.close_posting(actor=actor, posting_id=posting_id)
        messages.success(request, _("It is off the list. What was agreed stays agreed."))
        return redirect(address)
    waiting = posting.pairings.filter(state=State.WAITING).count()
    words = ngettext(
        "Nobody can take it up any more; what was agreed stays agreed. %(count)s person waits and is told.",
        "Nobody can take it up any more; what was agreed stays agreed. %(count)s persons wait and are told.",
        waiting,
    )
    shown = {
        "act": _("Take off the list: %(title)s") % {"title": posting.title},
        "consequence": words % {"count": waiting},
        "action_url": reverse("volunteering:desk-close", args=[posting_id]),
        "yes": _("Take off the list"),
        "no": _("Leave it on the list"),
        "back_url": address,
        "dangerous": True,
    }
    return render(request, "web/confirmation.html", shown)

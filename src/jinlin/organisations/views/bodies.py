"""The desk's pages about bodies: the list, one body with all that hangs on it, and its steps from proposal to end."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jinlin.organisations import actions, exports, rules
from jinlin.organisations.actions.founding import missing_for
from jinlin.organisations.forms import BeginForm, BodyFilter, CareForm, ContactForm, FoundForm, KindForm, LastDayForm
from jinlin.organisations.forms.bodies import kind_name
from jinlin.organisations.models import Body, Coverage
from jinlin.organisations.queries import bodies as queries
from jinlin.organisations.queries.advisers import advisers_of
from jinlin.organisations.queries.bodies import Wanted, state_of
from jinlin.organisations.queries.chains import chain_of
from jinlin.organisations.queries.filings import Wanted as WantedFilings
from jinlin.organisations.queries.filings import filings, kinds_filed_by
from jinlin.organisations.queries.tables import table_of_body
from jinlin.organisations.queries.ties import running_ties, with_pledges
from jinlin.organisations.queries.work import board_counted
from jinlin.organisations.views.gate import body_or_404, desk, form_page
from jinlin.platform.access import Actor
from jinlin.platform.addresses import same_list
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid
from jinlin.platform.forms import sent
from jinlin.platform.pages import READ_WRITE
from jinlin.platform.paging import text_page_of
from jinlin.platform.spreadsheets import workbook_answer
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import Body as BodyKind
from jinlin.playbooks.schema import Composition, Playbook
from jinlin.territory.models import Zone

STATE_LOOKS = {
    "active": ("done", gettext_lazy("active")),
    "proposal": ("working", gettext_lazy("proposal")),
    "ended": ("quiet", gettext_lazy("ended")),
}
PAGE = 50
MOST_FILINGS = 10
MOST_TASKS = 300
MOST_CHILDREN = 50


@never_cache
@require_safe
@desk
def listing(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the bodies of the actor's area, narrowed by the filters in the address."""
    playbook = current_playbook()
    form = BodyFilter(request.GET, kinds=playbook.body)
    wanted = Wanted(**form.cleaned_data) if form.is_valid() else Wanted()
    older, newer = request.GET.get("older", ""), request.GET.get("newer", "")
    page = text_page_of(queries.bodies(actor, wanted), "place_code", size=PAGE, older=older, newer=newer)
    rows = page.rows
    names = {row.kind: kind_name(row) for row in playbook.body}
    places = queries.place_names(rows)
    shown = {
        "form": form,
        "rows": [
            (body, names.get(body.kind, body.kind), places.get(body.place_code, ""), STATE_LOOKS[state_of(body)])
            for body in rows
        ],
        "chips": [(words, same_list(request.GET, without=name)) for name, words in form.in_force()],
        "older_url": same_list(request.GET, older=page.older) if page.older else "",
        "newer_url": same_list(request.GET, newer=page.newer) if page.newer else "",
        "query": same_list(request.GET),
        "may_keep": bool(rules.may_keep_bodies(actor)),
        "tables": [row for row in playbook.composition if row.level],
        "covering": [row for row in playbook.body if row.covers],
    }
    return render(request, "organisations/desk/bodies.html", shown)


@never_cache
@require_safe
@desk
def export(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Give the list as a spreadsheet that the import takes back."""
    form = BodyFilter(request.GET, kinds=current_playbook().body)
    wanted = Wanted(**form.cleaned_data) if form.is_valid() else Wanted()
    return workbook_answer(_("bodies.xlsx"), exports.write_bodies, queries.bodies(actor, wanted), current_playbook())


@never_cache
@require_safe
@desk
def one(request: HttpRequest, actor: Actor, body_id: int) -> HttpResponse:
    """Show a body: its chain and table, what it looks after, its ties, its work and its filings."""
    body = body_or_404(actor, body_id)
    playbook, day = current_playbook(), today()
    kind = next((row for row in playbook.body if row.kind == body.kind), None)
    ties = running_ties(day).filter(Q(host=body) | Q(unit=body)).order_by("unit__name")
    tasks = body.tasks.select_related("body", "given_by", "host").order_by("due_on", "pk")
    shown = {
        "body": body,
        "kind": kind_name(kind) if kind else body.kind,
        "state": STATE_LOOKS[state_of(body)],
        "is_proposal": state_of(body) == "proposal",
        "is_over": body.ended_on is not None,
        "missing": missing_for(body, day) if kind and state_of(body) == "proposal" else [],
        "chain": list(reversed(chain_of(playbook, body))),
        "table": _table(playbook, kind, body),
        "parts": body.parts.filter(ended_on__isnull=True).order_by("place_code", "name")[:MOST_CHILDREN],
        "care": Coverage.objects.filter(body=body, valid_to__isnull=True).select_related("zone"),
        "may_cover": kind is not None and kind.covers is not None,
        "ties": with_pledges(playbook, ties, day),
        "may_tie": any(row.host == body.kind for row in playbook.partnership),
        "advisers": advisers_of(playbook, body, day),
        "board": board_counted(tasks, playbook, day, most=MOST_TASKS),
        "filings": filings(actor, WantedFilings()).filter(by=body).order_by("-filed_at")[:MOST_FILINGS],
        "files": kinds_filed_by(playbook, body.kind),
        "invites": [row for row in playbook.composition if row.level == "community" and _leads(row, body.kind)],
        "may_keep": bool(rules.may_keep_bodies(actor, body.place_code)),
        "may_act": bool(rules.may_act_for(actor, body)),
    }
    return render(request, "organisations/desk/body.html", shown)


def _leads(composition: Composition, kind: str) -> bool:
    """Say whether a body of this kind leads the table, and so invites to it."""
    return any(part.key == composition.lead and kind in part.bodies for part in composition.parts)


def _table(playbook: Playbook, kind: BodyKind | None, body: Body) -> Any:
    key = (
        kind.needs if kind and kind.needs else next((r.key for r in playbook.composition if r.body == body.kind), None)
    )
    return table_of_body(playbook, key, body, today()) if key else None


@never_cache
@require_http_methods(READ_WRITE)
@desk
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Choose a kind of body, then found one."""
    rules.may_keep_bodies(actor).enforce()
    playbook = current_playbook()
    kind = next((row for row in playbook.body if row.kind == request.GET.get("kind")), None)
    back = reverse("organisations:desk-bodies")
    if kind is None:
        shown = {"form": KindForm(kinds=playbook.body), "title": _("Found a body"), "back_url": back, "method": "get"}
        return render(request, "organisations/desk/form.html", {**shown, "submit": _("Go on")})
    above = rules.bodies_kept_by(actor).filter(kind__in=kind.above, ended_on__isnull=True).order_by("name")
    form = FoundForm(sent(request), kind=kind, areas=_areas(actor), above=above)
    return form_page(
        request,
        form,
        lambda: actions.found_body(actor=actor, new=form.new),
        title=_("Found: %(kind)s") % {"kind": kind_name(kind)},
        submit=_("Found it"),
        back_url=back,
        done=_("The body is entered."),
        next_url=lambda made: reverse("organisations:body", args=[made.pk]),
    )


def _areas(actor: Actor) -> list[str]:
    """Return the codes of the places whose bodies the actor keeps, without those that lie in another."""
    codes = sorted({grant.place_code for grant in actor.grants_as(rules.KEEPERS) if grant.zone_id is None}, key=len)
    return [code for at, code in enumerate(codes) if not any(code.startswith(wider) for wider in codes[:at])]


@never_cache
@require_http_methods(READ_WRITE)
@desk
def edit(request: HttpRequest, actor: Actor, body_id: int) -> HttpResponse:
    """Change how a body is called and reached."""
    body = body_or_404(actor, body_id)
    known = {"name": body.name, "phone": body.phone, "office": body.office, "head_count": body.head_count}
    form = ContactForm(sent(request), initial=known)
    return form_page(
        request,
        form,
        lambda: actions.edit_body(actor=actor, body_id=body_id, contact=form.contact),
        title=_("Change: %(body)s") % {"body": body.name},
        submit=_("Save the change"),
        back_url=reverse("organisations:body", args=[body_id]),
        done=_("The change is saved."),
    )


@never_cache
@require_http_methods(READ_WRITE)
@desk
def begin(request: HttpRequest, actor: Actor, body_id: int) -> HttpResponse:
    """Let a proposal begin to work."""
    body = body_or_404(actor, body_id)
    form = BeginForm(sent(request))
    return form_page(
        request,
        form,
        lambda: actions.activate_body(actor=actor, body_id=body_id, **form.cleaned_data),
        title=_("Begin: %(body)s") % {"body": body.name},
        submit=_("Let it begin"),
        back_url=reverse("organisations:body", args=[body_id]),
        done=_("The body works from now on."),
    )


@never_cache
@require_http_methods(READ_WRITE)
@desk
def end(request: HttpRequest, actor: Actor, body_id: int) -> HttpResponse:
    """End a body with a day."""
    body = body_or_404(actor, body_id)
    form = LastDayForm(sent(request))
    return form_page(
        request,
        form,
        lambda: actions.end_body(actor=actor, body_id=body_id, **form.cleaned_data),
        title=_("End: %(body)s") % {"body": body.name},
        submit=_("End the body"),
        back_url=reverse("organisations:body", args=[body_id]),
        done=_("The body has ended; what it did stays."),
        lead=_("Its posts, what it looks after and its ties end with that day."),
    )


@never_cache
@require_http_methods(READ_WRITE)
@desk
def care(request: HttpRequest, actor: Actor, body_id: int) -> HttpResponse:
    """Give more places into a body's care."""
    body = body_or_404(actor, body_id)
    level = current_playbook().body_kind(body.kind).covers
    zones = Zone.objects.filter(kind=level, community_code__startswith=body.place_code, valid_to__isnull=True)
    form = CareForm(sent(request), choices=[(zone.label, zone.name) for zone in zones.order_by("label")])
    return form_page(
        request,
        form,
        lambda: actions.cover(actor=actor, body_id=body_id, places=form.cleaned_data["covers"]),
        title=_("More in the care of %(body)s") % {"body": body.name},
        submit=_("Give it into their care"),
        back_url=reverse("organisations:body", args=[body_id]),
        done=_("It is in their care now."),
    )


@require_POST
@desk
def uncare(request: HttpRequest, actor: Actor, body_id: int, coverage_id: int) -> HttpResponse:
    """Take a place out of a body's care from today on."""
    try:
        actions.uncover(actor=actor, coverage_id=coverage_id, last_day=today())
        messages.success(request, _("It is no longer in their care."))
    except Invalid as error:
        messages.error(request, " ".join([str(error.why), *map(str, error.fields.values())]))
    return redirect("organisations:body", body_id=body_id)

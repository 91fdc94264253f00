"""Conventions as everybody reads them, comments on drafts, and households that take note."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jinlin.conventions import actions, queries, rules
from jinlin.conventions.forms import CommentForm
from jinlin.conventions.models import Convention
from jinlin.conventions.states import PUBLIC
from jinlin.conventions.views.showing import clause_choices, kind_name, shown, the_convention, the_edition
from jinlin.platform.access import actor_of
from jinlin.platform.forms import sent
from jinlin.platform.pages import READ_WRITE, step_page
from jinlin.territory.models import Place
from jinlin.territory.providers import own_homes

MOST = 100


@require_safe
def conventions(request: HttpRequest) -> HttpResponse:
    """Show the conventions of one's own estate, or of all."""
    rows = Convention.objects.filter(editions__state__in=sorted(PUBLIC)).distinct().select_related("zone")
    estates = Place.objects.filter(code__in=own_homes(actor_of(request))).values_list("estate_id", flat=True)
    own = rows.filter(zone__in=[pk for pk in estates if pk])
    chosen = (own if own.exists() else rows).order_by("zone__name", "kind")[:MOST]
    context = {"rows": [(row, kind_name(row.kind), queries.in_force(row)) for row in chosen]}
    return render(request, "conventions/list.html", context)


@require_safe
def convention(request: HttpRequest, convention_id: int) -> HttpResponse:
    """Show what holds today, what is to come or under way, all versions, and what is recalled to everybody."""
    found = the_convention(convention_id)
    current = queries.in_force(found)
    context = {
        "convention": found,
        "kind": kind_name(found.kind),
        "current": current,
        "note": queries.took_note(current) if current else None,
        "to_come": queries.to_come(found),
        "editions": queries.shown_of(found),
        "reminders": found.reminders.order_by("-at", "-pk")[:10],
        "numbers": {clause.key: number for number, clause in enumerate(current.clauses.all(), 1)} if current else {},
    }
    return render(request, "conventions/convention.html", context)


@require_safe
def version(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Show a version, clause by clause beside the one before it, with comments and answers."""
    actor = actor_of(request)
    edition = the_edition(actor, edition_id)
    own = edition.comments.filter(person_id=actor.person_id or 0, answered_at__isnull=True)
    context = shown(edition) | {
        "answered": edition.comments.filter(answered_at__isnull=False).order_by("number"),
        "own": own.order_by("number") if actor.is_signed_in else [],
        "note": queries.took_note(edition) if edition.adopted_at else None,
        "may_note": actor.is_signed_in
        and bool(edition.adopted_at)
        and bool(rules.lives_there(actor, edition.convention)),
    }
    return render(request, "conventions/version.html", context)


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def comment(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Comment on a draft."""
    actor = actor_of(request)
    edition = the_edition(actor, edition_id)
    form = CommentForm(sent(request), clauses=clause_choices(edition))

    def act() -> None:
        given = {name: form.cleaned_data[name] for name in ("text", "clause")}
        actions.comment_on(actor=actor, edition_id=edition_id, **given, door=form.door())

    back = reverse("conventions:version", args=[edition_id])
    done = _("Your comment is received. You hear of the answer.")
    template = "conventions/comment.html"
    return step_page(request, form, act, template=template, shown=shown(edition), done=done, back=back)


@login_required
@require_POST
def acknowledge(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Take note of a version for one's household."""
    actions.acknowledge(actor=actor_of(request), edition_id=edition_id)
    messages.success(request, _("Your household has taken note."))
    return redirect("conventions:version", edition_id=edition_id)

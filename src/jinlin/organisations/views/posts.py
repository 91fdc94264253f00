"""The pages on which posts are given: by an administrator to an account, and at the desk to somebody with a number."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jinlin.organisations import queries, rules
from jinlin.organisations.actions import NewAppointment, appoint
from jinlin.organisations.forms import GivePostForm, PostForm
from jinlin.organisations.models import Appointment, Body
from jinlin.organisations.views.asking import account_or_404, administrator, number
from jinlin.people.actions import person_behind
from jinlin.people.models import Account, Person
from jinlin.platform.access import Actor, actor_of
from jinlin.platform.errors import Invalid, NotFound
from jinlin.platform.forms import sent, show_refusal, status_of
from jinlin.platform.pages import READ_WRITE
from jinlin.playbooks.here import current_playbook

MOST_BODIES = 20
NAMES = {"person": "phone"}
"""Where a form has another name for what an action calls so."""


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def give_post(request: HttpRequest, account_id: int) -> HttpResponse:
    """Find a body by name, then give a post at it."""
    actor, found = administrator(request), account_or_404(account_id)
    rules.may_appoint(actor, found.person_id).enforce()
    body = rules.bodies_visible_to(actor).filter(pk=number(request.GET.get("body", "")), active=True).first()
    if body is None:
        return _choose_body(request, actor, found)
    posts = queries.posts_at(body, current_playbook())
    form = PostForm(sent(request), posts=posts, place_code=body.place_code, zone=body.zone)
    if form.is_bound and form.is_valid():
        try:
            appoint(actor=actor, new=_wanted(form, body, found.person))
            messages.success(request, _("The post is given."))
            return redirect("organisations:account", account_id=account_id)
        except Invalid as error:
            show_refusal(form, error)
    shown = {"form": form, "account": found, "body": body}
    return render(request, "organisations/give_post.html", shown, status=status_of(form))


def _choose_body(request: HttpRequest, actor: Actor, found: Account) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    bodies = (
        rules.bodies_visible_to(actor).filter(active=True, name__icontains=words).order_by("place_code", "name", "pk")
    )
    rows = list(bodies[: MOST_BODIES + 1])
    shown = {"account": found, "bodies": rows[:MOST_BODIES], "more": len(rows) > MOST_BODIES, "words": words}
    return render(request, "organisations/choose_body.html", shown)


def _wanted(form: PostForm, body: Body, person: Person) -> NewAppointment:
    return NewAppointment(
        person,
        body,
        form.chosen.key,
        form.cleaned_data["term_from"],
        form.cleaned_data["term_to"],
        place_code=form.place_code,
        zone=form.zone,
        origin=form.cleaned_data.get("origin", ""),
        source=form.cleaned_data["source"],
        hours=form.cleaned_data["hours"],
    )


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def give_at_body(request: HttpRequest, body_id: int) -> HttpResponse:
    """Give a post at a body to somebody with a telephone number, known or not."""
    actor = actor_of(request)
    rules.may_keep_rosters(actor).enforce()
    body = rules.bodies_kept_by(actor).select_related("zone").filter(pk=body_id, ended_on__isnull=True).first()
    if body is None:
        raise NotFound
    posts = [post for post in queries.posts_at(body, current_playbook()) if _may_give(actor, body, post.role or "")]
    form = GivePostForm(sent(request), posts=posts, place_code=body.place_code, zone=body.zone)
    if form.is_bound and form.is_valid():
        try:
            made = _give(actor, form, body)
            messages.success(request, _("The person is asked.") if made.is_offer else _("The post is given."))
            return redirect("organisations:desk-post", appointment_id=made.pk)
        except Invalid as error:
            show_refusal(form, error, NAMES)
    shown = {"form": form, "body": body, "posts": posts}
    return render(request, "organisations/desk/give.html", shown, status=status_of(form))


def _may_give(actor: Actor, body: Body, role: str) -> bool:
    return bool(rules.may_fill(actor, body, body.place_code, role))


def _give(actor: Actor, form: GivePostForm, body: Body) -> Appointment:
    who = {"phone": form.cleaned_data["phone"], "name": form.cleaned_data["name"]}
    return appoint(actor=actor, new=_wanted(form, body, person_behind(actor=actor, **who)))

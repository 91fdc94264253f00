"""The administrator's pages on which posts are given and ended."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jinlin.organisations import queries, rules
from jinlin.organisations.actions import NewAppointment, appoint, end_appointment
from jinlin.organisations.forms import EndPostForm, PostForm
from jinlin.organisations.models import Body
from jinlin.organisations.views.asking import READ_WRITE, account_or_404, administrator, number
from jinlin.people.models import Account
from jinlin.platform.access import Actor
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid, NotFound
from jinlin.platform.forms import sent, show_refusal, status_of
from jinlin.playbooks.here import current_playbook

MOST_BODIES = 20


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
    form = PostForm(sent(request), posts=posts, place_code=body.place_code, initial={"zone": body.zone_id})
    if form.is_bound and form.is_valid():
        try:
            _appoint(actor, found, body, form)
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


def _appoint(actor: Actor, found: Account, body: Body, form: PostForm) -> None:
    new = NewAppointment(
        found.person,
        body,
        form.chosen.key,
        form.cleaned_data["term_from"],
        form.cleaned_data["term_to"],
        zone=form.cleaned_data["zone"],
        source=form.cleaned_data["source"],
    )
    appoint(actor=actor, new=new)


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def end_post(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """End a post with a last day."""
    actor = administrator(request)
    appointment = rules.visible_to(actor).select_related("body", "person__account").filter(pk=appointment_id).first()
    if appointment is None:
        raise NotFound
    back = redirect("organisations:account", account_id=appointment.person.account.pk)
    form = EndPostForm(sent(request), initial={"last_day": max(today() - timedelta(days=1), appointment.term_from)})
    if form.is_bound and form.is_valid():
        try:
            end_appointment(actor=actor, appointment_id=appointment_id, **form.cleaned_data)
            messages.success(request, _("The post ends with that day."))
            return back
        except Invalid as error:
            show_refusal(form, error)
    shown = {"form": form, "appointment": appointment, "back_url": back["Location"]}
    return render(request, "organisations/end_post.html", shown, status=status_of(form))

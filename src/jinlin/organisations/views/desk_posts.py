"""The desk's list of the posts of an area, and the page of one post with everything that can be done about it."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jinlin.algorithms.place_codes import fault_in
from jinlin.organisations import actions, rules
from jinlin.organisations.forms import DeputyForm, EndPostForm, PostFilterForm, RecallForm
from jinlin.organisations.models import Appointment
from jinlin.organisations.queries.desk import PAGE, PostFilter, households_for, post_rows, posts_found
from jinlin.organisations.queries.holders import tally_by_origin, tally_of
from jinlin.organisations.rosters import COLUMNS, cells_of
from jinlin.organisations.views.asking import number
from jinlin.people.actions import person_behind
from jinlin.platform.access import Actor, actor_of
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid, NotFound, WrongState
from jinlin.platform.forms import sent, show_refusal, status_of
from jinlin.platform.pages import READ_WRITE
from jinlin.platform.spreadsheets import workbook_answer, write_workbook
from jinlin.playbooks.here import current_playbook

SUCCESSOR = {"person": "phone"}


@login_required
@never_cache
@require_GET
def posts(request: HttpRequest) -> HttpResponse:
    """Show the posts of the area that the filter in the address asks for; as a spreadsheet where `format` says so."""
    actor = actor_of(request)
    rules.may_keep_rosters(actor).enforce()
    playbook = current_playbook()
    form = PostFilterForm(request.GET or None, playbook=playbook)
    form.is_valid()
    wanted = _filter(getattr(form, "cleaned_data", {}))
    found = posts_found(actor, wanted)
    if request.GET.get("format") == "xlsx":
        return _workbook(found)
    after = number(request.GET.get("after", ""))
    rows = list((found.filter(pk__lt=after) if after else found)[: PAGE + 1])
    asked = {name: value for name, value in request.GET.items() if value and name not in {"after", "format"}}
    shown = {
        "form": form,
        "rows": list(post_rows(rows[:PAGE], playbook)),
        "tally": tally_of(found),
        "origins": tally_by_origin(found, playbook, wanted.key),
        "households": households_for(wanted, playbook, actor),
        "wanted": wanted,
        "next_url": f"?{urlencode(asked | {'after': rows[PAGE - 1].pk})}" if len(rows) > PAGE else "",
        "first_url": f"?{urlencode(asked)}" if after else "",
        "file_url": f"?{urlencode(asked | {'format': 'xlsx'})}",
    }
    return render(request, "organisations/desk/posts.html", shown)


def _filter(chosen: dict[str, Any]) -> PostFilter:
    place = (chosen.get("place") or "").strip()
    return PostFilter(
        on=chosen.get("on") or today(),
        key=chosen.get("key", ""),
        words=(chosen.get("body") or "").strip(),
        place_code="" if not place or fault_in(place) else place,
        state=chosen.get("state") or "serving",
    )


def _workbook(found: Any) -> HttpResponse:
    """Give the rows as the template of a roster has them, so that the file can be taken in again."""
    rows = (cells_of(row) for row in post_rows(found, current_playbook()))
    return workbook_answer(_("posts.xlsx"), write_workbook, COLUMNS, rows, sheet=_("Posts"))


@login_required
@never_cache
@require_GET
def post(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """Show one post: who holds it, over what, for how long, who stands in, and which work is open."""
    actor = actor_of(request)
    appointment = visible_or_404(actor, appointment_id)
    [row] = post_rows([appointment], current_playbook())
    shown = {
        "row": row,
        "appointment": appointment,
        "may_end": rules.may_end(actor, appointment),
        "is_over": appointment.term_to is not None and appointment.term_to < today(),
        "deputies": appointment.deputies.select_related("person").order_by("term_from", "pk"),
        "tasks": appointment.tasks.order_by("due_on", "pk"),
        "colleagues": _colleagues(appointment),
    }
    return render(request, "organisations/desk/post.html", shown)


def _colleagues(appointment: Appointment) -> list[Appointment]:
    """Return who could take open work over: the other holders of posts at the same body."""
    others = Appointment.objects.filter(body_id=appointment.body_id, deputises__isnull=True)
    others = others.exclude(pk=appointment.pk).exclude(accepted_on__isnull=True, ended_because__gt="")
    return [row for row in others.select_related("person") if row.term_to is None or row.term_to >= today()]


def visible_or_404(actor: Actor, appointment_id: int) -> Appointment:
    """Return a post of the area whose rosters the actor keeps.

    Raises:
        NotAllowed, NotFound.
    """
    rules.may_keep_rosters(actor).enforce()
    rows = rules.rosters_visible_to(actor).select_related("body", "person", "zone", "successor", "deputises__person")
    if (appointment := rows.filter(pk=appointment_id).first()) is None:
        raise NotFound
    return appointment


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def end_post(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """End a post with a last day."""
    actor = actor_of(request)
    appointment = visible_or_404(actor, appointment_id)
    rules.may_end(actor, appointment).enforce()
    form = EndPostForm(sent(request), initial={"last_day": max(today() - timedelta(days=1), appointment.term_from)})
    if form.is_bound and form.is_valid():
        try:
            actions.end_appointment(actor=actor, appointment_id=appointment_id, **form.cleaned_data)
            messages.success(request, _("The post ends with that day."))
            return redirect(_back(appointment))
        except Invalid as error:
            show_refusal(form, error)
    shown = {"form": form, "appointment": appointment, "back_url": _back(appointment)}
    return render(request, "organisations/end_post.html", shown, status=status_of(form))


def _back(appointment: Appointment) -> str:
    return reverse("organisations:desk-post", args=[appointment.pk])


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def recall(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """Recall a holder with a reason, and give the post to a successor where one is named."""
    actor = actor_of(request)
    appointment = visible_or_404(actor, appointment_id)
    rules.may_end(actor, appointment).enforce()
    form = RecallForm(sent(request), initial={"last_day": today()})
    if form.is_bound and form.is_valid():
        try:
            return redirect(_back(_recalled(actor, appointment, form.cleaned_data)))
        except Invalid as error:
            show_refusal(form, error, SUCCESSOR)
    shown = {"form": form, "appointment": appointment, "back_url": _back(appointment)}
    return render(request, "organisations/desk/recall.html", shown, status=status_of(form))


def _recalled(actor: Actor, appointment: Appointment, wanted: dict[str, Any]) -> Appointment:
    """Recall the holder, and return what to show next: the successor's post, or the one that ends."""
    words = {"last_day": wanted["last_day"], "because": wanted["because"]}
    if not wanted["phone"]:
        return actions.recall_holder(actor=actor, appointment_id=appointment.pk, **words)
    successor = person_behind(actor=actor, phone=wanted["phone"], name=wanted["name"])
    return actions.replace_holder(actor=actor, appointment_id=appointment.pk, **words, successor=successor)


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def deputy(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """Name who stands in during a leave."""
    actor = actor_of(request)
    appointment = visible_or_404(actor, appointment_id)
    rules.may_end(actor, appointment).enforce()
    form = DeputyForm(sent(request))
    if form.is_bound and form.is_valid():
        wanted = form.cleaned_data
        try:
            person = person_behind(actor=actor, phone=wanted["phone"], name=wanted["name"])
            days = {"first_day": wanted["first_day"], "last_day": wanted["last_day"]}
            actions.appoint_deputy(actor=actor, appointment_id=appointment_id, person=person, **days)
            messages.success(request, _("The deputy is named and told."))
            return redirect(_back(appointment))
        except Invalid as error:
            show_refusal(form, error, SUCCESSOR)
    shown = {"form": form, "appointment": appointment, "back_url": _back(appointment)}
    return render(request, "organisations/desk/deputy.html", shown, status=status_of(form))


@login_required
@require_POST
def withdraw(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """Take an offer back."""
    try:
        actions.withdraw_offer(actor=actor_of(request), appointment_id=appointment_id)
        messages.success(request, _("The offer is taken back."))
    except WrongState as error:
        messages.error(request, str(error.why))
    return redirect("organisations:desk-post", appointment_id=appointment_id)


@login_required
@require_POST
def hand_over(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """Give the open work of a post that ends to a colleague."""
    successor_id = number(request.POST.get("successor", ""))
    try:
        words = {"appointment_id": appointment_id, "successor_id": successor_id}
        moved = actions.hand_over(actor=actor_of(request), **words)
        messages.success(request, _("Pieces of work that moved: %(count)s") % {"count": moved})
    except Invalid as error:
        messages.error(request, str(next(iter(error.fields.values()))))
    return redirect("organisations:desk-post", appointment_id=appointment_id)

"""Meetings at the desk: the list, calling one, and the page from which a meeting is kept."""

import io
from collections.abc import Iterable

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jinlin.meetings import actions, exports, queries, rules
from jinlin.meetings.actions import NewMeeting
from jinlin.meetings.codes import code_now
from jinlin.meetings.forms import MeetingForm, WantedForm
from jinlin.meetings.models import Meeting, Resolution
from jinlin.meetings.queries.seats import present_ids
from jinlin.meetings.states import MEETINGS, MeetingState
from jinlin.meetings.views.showing import (
    TONES,
    desk_meeting,
    draft_versions,
    forum_choices,
    resolutions_of,
    talked_over,
    the_table,
    toned,
)
from jinlin.organisations.models import Body
from jinlin.organisations.rules import bodies_kept_by, bodies_of
from jinlin.platform.access import Actor
from jinlin.platform.addresses import same_list
from jinlin.platform.dates import today
from jinlin.platform.errors import JinlinError, NotFound, NotSignedIn
from jinlin.platform.forms import sent
from jinlin.platform.pages import READ_WRITE, page_for, step_page
from jinlin.platform.paging import page_of
from jinlin.platform.spreadsheets import XLSX_TYPE, csv_lines, write_workbook
from jinlin.platform.works import Matter, matter_of
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.wording import name_of
from jinlin.territory.codes_to_scan import qr_picture
from jinlin.territory.models import Zone

PAGE = 50
NAMES = {"starts_at": "begins", "ends_at": "ends"}


@require_safe
@page_for(rules.WORKERS)
def meetings(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the meetings of the area and those to which one goes, with how far their resolutions are."""
    form = WantedForm(request.GET, forums=forum_choices())
    rows = queries.narrowed(rules.visible_to(actor), form.cleaned_data if form.is_valid() else {})
    counted = queries.with_counts(rows.select_related("zone", "body"))
    page = page_of(
        counted, "starts_at", size=PAGE, older=request.GET.get("older", ""), newer=request.GET.get("newer", "")
    )
    shown = {
        "form": form,
        "meetings": toned(page.rows),
        "total": rows.count(),
        "may_call": _bodies(actor).exists(),
        "query": same_list(request.GET),
        "older_url": same_list(request.GET, older=page.older) if page.older else "",
        "newer_url": same_list(request.GET, newer=page.newer) if page.newer else "",
    }
    return render(request, "meetings/desk/meetings.html", shown, status=200 if form.is_valid() else 422)


def _bodies(actor: Actor) -> QuerySet[Body]:
    """Return the bodies for which the actor calls meetings of some forum."""
    kinds = {kind for row in queries.forums_at() for kind in row.convened_by}
    kept = Q(pk__in=bodies_kept_by(actor).values("pk")) if actor.roles & rules.HOSTS else Q(pk__in=[])
    mine = Q(pk__in=bodies_of(actor).values("pk"))
    return Body.objects.filter(kept | mine, kind__in=kinds, active=True)


@require_http_methods(READ_WRITE)
@page_for(rules.WORKERS)
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Call a meeting, for the matters that the address names with `for`."""
    matters = [matter_of(actor, subject) for subject in dict.fromkeys(request.GET.getlist("for"))]
    form = _form(request, actor, matters)
    made: list[Meeting] = []

    def act() -> None:
        made.append(actions.call_meeting(actor=actor, new=_wanted(form, matters), door=form.door()))

    answer = step_page(
        request, form, act, template="meetings/desk/new.html", shown={"matters": matters},
        done=_("It is prepared: look at the table and the agenda, then announce it."), back=".", names=NAMES,
    )  # fmt: skip
    if answer.status_code != 302:
        return answer
    return redirect("meetings:desk-one", meeting_id=made[0].pk) if made else redirect("meetings:desk")


def _form(request: HttpRequest, actor: Actor, matters: list[Matter]) -> MeetingForm:
    bodies = _bodies(actor).order_by("name")
    codes = {body.place_code for body in bodies}
    zones = Zone.objects.filter(kind=Zone.Kind.ESTATE, community_code__in=codes, valid_to__isnull=True).order_by("name")
    first = matters[0].title[:80] if matters else ""
    return MeetingForm(
        sent(request), forums=forum_choices(), bodies=[(body.pk, body.name) for body in bodies],
        zones=zones.values_list("pk", "name"), categories=_categories(),
        matters=[(matter.subject, matter.title) for matter in matters],
        initial={"title": first, "forum": request.GET.get("forum", ""), "category": request.GET.get("category", ""),
                 "subjects": [matter.subject for matter in matters], "zone": _zone_of(bodies, zones)},
    )  # fmt: skip


def _zone_of(bodies: Iterable[Body], zones: Iterable[Zone]) -> int | str:
    """Return the estate to begin with: that of the actor's body, where there is one only."""
    own = {body.zone_id for body in bodies if body.zone_id}
    return own.pop() if len(own) == 1 else ""


def _categories() -> list[tuple[str, str]]:
    """Return the types of problem that some forum asks departments about."""
    known = current_playbook().categories.by_code
    codes = {entry.category for row in queries.forums_at() for entry in row.departments}
    return [(code, name_of(known[code])) for code in sorted(codes) if code in known]


def _wanted(form: MeetingForm, matters: list[Matter]) -> NewMeeting:
    given, changed = form.cleaned_data, form.changed()
    zone = Zone.objects.filter(pk=given["zone"] or 0).first()
    chosen = given.get("subjects") or []
    return NewMeeting(
        given["forum"], changed.title, Body.objects.get(pk=given["body"]), changed.starts_at, changed.room,
        changed.ends_at, changed.words, zone, category=given.get("category", ""),
        subject=matters[0].subject if len(matters) == 1 and chosen else "", subjects=chosen,
    )  # fmt: skip


@require_safe
@page_for(rules.WORKERS)
def one(request: HttpRequest, actor: Actor, meeting_id: int) -> HttpResponse:
    """Show a meeting to those who keep it or sit at it: table, agenda, votes, minutes, resolutions, what comes next."""
    meeting = desk_meeting(actor, meeting_id)
    forum = queries.forum_of(meeting)
    kept = bool(rules.may_keep(actor, meeting))
    there = present_ids(meeting)
    rows = meeting.invitations.select_related("body", "person").order_by("side", "pk")
    names = queries.sides_of(forum)
    shown = {
        "meeting": meeting,
        "tone": TONES[MeetingState(meeting.state)],
        "forum": forum,
        "forum_name": name_of(forum),
        "kept": kept,
        "steps": [verb for verb in MEETINGS.verbs_from(meeting.state) if kept and verb != "publish"],
        "places": [(row, names.get(row.side, ""), row.pk in there) for row in rows],
        "items": talked_over(meeting, forum),
        "resolutions": resolutions_of(meeting),
        "speeches": meeting.speeches.select_related("invitation").order_by("number"),
        "versions": draft_versions(meeting),
        "turnout": queries.attendance(meeting),
        "history": meeting.steps.order_by("-number"),
        "open": meeting.state == MeetingState.OPEN,
        **the_table(meeting, forum),
    }
    return render(request, "meetings/desk/meeting.html", shown)


@require_POST
@page_for(rules.WORKERS)
def press(request: HttpRequest, actor: Actor, meeting_id: int, name: str, row_id: int) -> HttpResponse:
    """Do what needs no form: mark somebody as there or gone, bring an item before the meeting, count a vote."""
    desk_meeting(actor, meeting_id)
    acts = {
        "present": lambda: actions.mark_present(actor=actor, meeting_id=meeting_id, invitation_id=row_id),
        "paper": lambda: actions.mark_present(actor=actor, meeting_id=meeting_id, invitation_id=row_id, how="paper"),
        "left": lambda: actions.mark_left(actor=actor, meeting_id=meeting_id, invitation_id=row_id),
        "uninvite": lambda: actions.take_invitation_back(actor=actor, meeting_id=meeting_id, invitation_id=row_id),
        "item": lambda: actions.open_item(actor=actor, meeting_id=meeting_id, item_id=row_id),
        "drop-item": lambda: actions.remove_item(actor=actor, meeting_id=meeting_id, item_id=row_id),
        "count": lambda: actions.count_motion(actor=actor, meeting_id=meeting_id, motion_id=row_id),
    }
    if name not in acts:
        raise NotFound
    try:
        acts[name]()
    except (NotFound, NotSignedIn):
        raise
    except JinlinError as error:
        messages.error(request, str(error))
    return redirect(f"{reverse('meetings:desk-one', args=[meeting_id])}#{name}")


@require_safe
@page_for(rules.WORKERS)
def room(request: HttpRequest, actor: Actor, meeting_id: int) -> HttpResponse:
    """Show the screen of the room, large and renewed by itself: the item, who is there, the vote, the code to sign in."""
    meeting = desk_meeting(actor, meeting_id)
    rules.may_keep(actor, meeting).enforce()
    forum = queries.forum_of(meeting)
    table = the_table(meeting, forum)
    motion = table["motion"] or meeting.motions.order_by("-number").first()
    path = reverse("meetings:sign-in", args=[meeting_id, code_now(meeting)])
    shown = {
        "meeting": meeting,
        "forum_name": name_of(forum),
        "items": meeting.items.order_by("number"),
        "current": meeting.items.filter(opened_at__isnull=False).order_by("-opened_at").first(),
        "shown_motion": motion,
        "hands": motion.votes.count() if motion else 0,
        "picture": qr_picture(request.build_absolute_uri(path)),
        "resolutions": resolutions_of(meeting),
        **table,
    }
    return render(request, "meetings/room.html", shown)


@require_safe
@page_for(rules.WORKERS)
def export(request: HttpRequest, actor: Actor, form: str) -> HttpResponse:
    """Give the resolutions of the meetings that a list shows as a spreadsheet."""
    wanted = WantedForm(request.GET, forums=forum_choices())
    rows = queries.narrowed(rules.visible_to(actor), wanted.cleaned_data if wanted.is_valid() else {})
    found = Resolution.objects.filter(meeting__in=rows.values("pk"))
    if form == "csv":
        answer: HttpResponse = StreamingHttpResponse(
            csv_lines(exports.HEADS, exports.resolutions(found)), content_type="text/csv; charset=utf-8"
        )
    else:
        buffer = io.BytesIO()
        write_workbook(buffer, exports.HEADS, exports.resolutions(found), sheet=_("Resolutions"))
        answer = HttpResponse(buffer.getvalue(), content_type=XLSX_TYPE)
    answer["Content-Disposition"] = content_disposition_header(True, f"resolutions-{today():%Y%m%d}.{form}")
    return answer

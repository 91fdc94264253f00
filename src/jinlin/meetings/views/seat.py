"""One's own seat at a meeting, on the phone: sign in by the code on the screen, answer, vote, sign the minutes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jinlin.meetings import actions, queries, rules
from jinlin.meetings.forms import PlainForm, SignForm
from jinlin.meetings.models import Invitation, Meeting, Vote
from jinlin.meetings.views.showing import public_meeting, whole_text
from jinlin.platform.access import Actor, actor_of
from jinlin.platform.errors import JinlinError, NotFound, NotSignedIn
from jinlin.platform.forms import sent
from jinlin.platform.pages import READ_WRITE, step_page


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def sign_in(request: HttpRequest, meeting_id: int, code: str) -> HttpResponse:
    """Take one's seat with the code that was scanned from the screen; of two seats one is chosen."""
    actor, meeting = actor_of(request), public_meeting(meeting_id)
    seats = rules.seats_for(actor, meeting)
    form = PlainForm(sent(request))
    chosen = request.POST.get("seat", "")
    own = {str(seat.pk): seat.pk for seat in seats}
    wanted = own.get(chosen) or (seats[0].pk if len(seats) == 1 else None)

    def act() -> None:
        actions.sign_in(actor=actor, meeting_id=meeting_id, code=code, invitation_id=wanted, door=form.door())

    return step_page(
        request, form, act, template="meetings/sign_in.html", shown={"meeting": meeting, "seats": seats},
        done=_("You are signed in."), back=reverse("meetings:seat", args=[meeting_id]),
    )  # fmt: skip


@login_required
@never_cache
@require_safe
def seat(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Show one's seat: whether one is signed in, what is being voted on, and what one has chosen."""
    actor, meeting = actor_of(request), public_meeting(meeting_id)
    forum, seats = queries.forum_of(meeting), rules.seats_for(actor, meeting)
    if not seats:
        raise NotFound
    taken = (
        meeting.attendances.filter(person_id=actor.person_id, left_at__isnull=True).select_related("invitation").first()
    )
    motion = queries.open_motion(meeting)
    key = queries.seat_of(forum, taken.invitation) if taken else ""
    minutes = meeting.minutes.order_by("-number").first()
    shown = {
        "meeting": meeting,
        "seats": seats,
        "taken": taken,
        "motion": motion,
        "may_vote": bool(motion and key),
        "vote": motion.votes.filter(seat=key).first() if motion and key else None,
        "choices": Vote.Choice.choices,
        "last": meeting.motions.exclude(state="open").order_by("-number").first(),
        "current": meeting.items.filter(opened_at__isnull=False).order_by("-opened_at").first(),
        "minutes": minutes,
        "may_sign": bool(minutes) and bool(_to_sign(actor, meeting)),
    }
    return render(request, "meetings/seat.html", shown)


@login_required
@require_POST
def act(request: HttpRequest, meeting_id: int, name: str) -> HttpResponse:
    """Vote, leave, or answer the invitation, with one press of a button."""
    actor, meeting = actor_of(request), public_meeting(meeting_id)
    try:
        _pressed(actor, meeting, name, request.POST.get("of", ""))
        messages.success(request, _("Written down."))
    except (NotFound, NotSignedIn):
        raise
    except JinlinError as error:
        messages.error(request, str(error))
    return redirect("meetings:seat", meeting_id=meeting_id)


def _pressed(actor: Actor, meeting: Meeting, name: str, value: str) -> None:
    if name == "vote":
        actions.cast(actor=actor, meeting_id=meeting.pk, choice=value)
    elif name == "leave":
        actions.sign_out(actor=actor, meeting_id=meeting.pk)
    elif name in {"comes", "cannot"}:
        for row in rules.seats_for(actor, meeting):
            actions.reply_to_invitation(actor=actor, meeting_id=meeting.pk, invitation_id=row.pk, comes=name == "comes")
    else:
        raise NotFound


def _to_sign(actor: Actor, meeting: Meeting) -> list[Invitation]:
    """Return the seats of the actor for which the newest minutes are not signed yet."""
    minutes = meeting.minutes.order_by("-number").first()
    signed = set(minutes.signatures.values_list("invitation_id", flat=True)) if minutes else set()
    came = set(meeting.attendances.values_list("invitation_id", flat=True))
    return [row for row in rules.seats_for(actor, meeting) if row.pk in came - signed]


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def sign(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Read the minutes and sign them, with an objection where one has one."""
    actor, meeting = actor_of(request), public_meeting(meeting_id)
    minutes, seats = meeting.minutes.order_by("-number").first(), _to_sign(actor, meeting)
    if minutes is None or not seats:
        raise NotFound
    form = SignForm(sent(request), seats=[(row.pk, row.name) for row in seats], initial={"invitation": seats[0].pk})

    def signed() -> None:
        given = form.cleaned_data
        common = {"actor": actor, "meeting_id": meeting_id, "minutes_id": minutes.pk, "door": form.door()}
        if given["objection"]:
            actions.object_to_minutes(**common, invitation_id=given["invitation"], objection=given["objection"])
        else:
            actions.sign_minutes(**common, invitation_id=given["invitation"])

    return step_page(
        request, form, signed, template="meetings/sign.html",
        shown={"meeting": meeting, "minutes": minutes, "text": whole_text(meeting, minutes)},
        done=_("Signed."), back=reverse("meetings:seat", args=[meeting_id]),
    )  # fmt: skip

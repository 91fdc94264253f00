"""The pages that ask for what a step of a meeting needs, and take it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from jinlin.algorithms.place_codes import Level
from jinlin.disclosure.rules import redacted
from jinlin.meetings import actions, forms, queries, rules
from jinlin.meetings.actions.recording import seen_version
from jinlin.meetings.models import Meeting, Motion
from jinlin.meetings.queries.seats import present_ids
from jinlin.meetings.views.showing import desk_meeting, whole_text
from jinlin.organisations.models import Body
from jinlin.platform.access import Actor
from jinlin.platform.dates import LOCAL
from jinlin.platform.errors import NotFound, Words
from jinlin.platform.forms import KeyedForm, sent
from jinlin.platform.pages import READ_WRITE, page_for, step_page
from jinlin.playbooks.wording import name_of

Build = Callable[[HttpRequest, Meeting], KeyedForm]
Act = Callable[[dict[str, Any], Any, int], object]
"""Calls the action with actor, meeting and door, the form that was filled in, and the row that the address names."""


@dataclass(frozen=True)
class StepPage:
    """The page of one step: what it is called, what is asked, the form, the action."""

    button: Words
    asks: Words
    build: Build
    act: Act


def _plain(form: type[KeyedForm]) -> Build:
    return lambda request, meeting: form(sent(request), seen=str(meeting.version))


def _change(request: HttpRequest, meeting: Meeting) -> KeyedForm:
    starts, ends = meeting.starts_at.astimezone(LOCAL), meeting.ends_at and meeting.ends_at.astimezone(LOCAL)
    initial = {
        "title": meeting.title, "day": starts.date(), "begins": starts.time(), "ends": ends.time() if ends else None,
        "room": meeting.room, "words": meeting.words,
    }  # fmt: skip
    return forms.ChangeForm(sent(request), seen=str(meeting.version), initial=initial)


def _close(request: HttpRequest, meeting: Meeting) -> KeyedForm:
    return forms.CloseForm(sent(request), seen=str(meeting.version))


def bodies_near(meeting: Meeting) -> list[tuple[int, str]]:
    """Return the bodies at the meeting's community and above it, which can be asked to the table or given work."""
    code = meeting.place_code
    above = [code[:level] for level in (Level.SUBDISTRICT, Level.DISTRICT)]
    here = Q(place_code__startswith=code[: Level.COMMUNITY]) | Q(place_code__in=above)
    return list(Body.objects.filter(here, active=True).order_by("name").values_list("pk", "name"))


def _invite(request: HttpRequest, meeting: Meeting) -> KeyedForm:
    forum = queries.forum_of(meeting)
    sides = queries.sides_of(forum).items()
    kept = [(key, name) for key, name in sides if not forum.roll or key == queries.GUESTS]
    return forms.InviteForm(sent(request), bodies=bodies_near(meeting), sides=kept)


def _seats(meeting: Meeting) -> list[tuple[int, str]]:
    names = queries.sides_of(queries.forum_of(meeting))
    rows = meeting.invitations.order_by("pk")
    return [(row.pk, f"{names[row.side]} · {row.name}" if row.side in names else row.name) for row in rows]


def _view(request: HttpRequest, meeting: Meeting) -> KeyedForm:
    return forms.ViewForm(sent(request), seats=_seats(meeting))


def _speech(request: HttpRequest, meeting: Meeting) -> KeyedForm:
    spoken = set(meeting.speeches.values_list("invitation_id", flat=True))
    rows = meeting.invitations.select_related("body").exclude(pk__in=spoken).order_by("pk")
    return forms.SpeechForm(
        sent(request), seats=[(row.pk, f"{row.body.name if row.body else ''} {row.name}") for row in rows]
    )


def _votes(request: HttpRequest, meeting: Meeting) -> KeyedForm:
    there, forum = present_ids(meeting), queries.forum_of(meeting)
    motion = queries.open_motion(meeting)
    given = dict(motion.votes.values_list("seat", "choice")) if motion else {}
    rows, initial = [], {}
    for seat in queries.seats_of(meeting, forum):
        taken = [row for row in seat.invitations if row.pk in there]
        if taken:
            rows.append((taken[0].pk, seat.name))
            initial[f"seat_{taken[0].pk}"] = given.get(seat.key, "")
    return forms.VotesForm(sent(request), seats=rows, initial=initial)


def _resolve(request: HttpRequest, meeting: Meeting) -> KeyedForm:
    items = [(item.pk, str(item)) for item in meeting.items.order_by("number")]
    passed = meeting.motions.filter(state=Motion.State.PASSED).order_by("-number")
    return forms.ResolutionForm(
        sent(request), bodies=bodies_near(meeting), items=items, motions=passed.values_list("pk", "words")
    )


def _minutes(request: HttpRequest, meeting: Meeting) -> KeyedForm:
    last = meeting.minutes.order_by("-number").first()
    initial = {"words": last.words} | {f"part_{n}": text for n, text in last.parts.items()} if last else {}
    items = [(item.number, str(item)) for item in meeting.items.order_by("number")]
    return forms.MinutesForm(sent(request), items=items, seen=seen_version(last), initial=initial)


def _publish(request: HttpRequest, meeting: Meeting) -> KeyedForm:
    last = meeting.minutes.order_by("-number").first()
    words = redacted(whole_text(meeting, last)) if last else ""
    return forms.PublishForm(sent(request), seen=str(meeting.version), initial={"public_words": words})


def _newest(meeting_id: int) -> int:
    found = Meeting.objects.get(pk=meeting_id).minutes.order_by("-number").values_list("pk", flat=True).first()
    if found is None:
        raise NotFound
    return found


def _sign(request: HttpRequest, meeting: Meeting) -> KeyedForm:
    return forms.SignForm(sent(request), seats=_seats(meeting))


def _signed(common: dict[str, Any], form: Any, _row: int) -> object:
    given = form.cleaned_data | {"minutes_id": _newest(common["meeting_id"])}
    about = {"minutes_id": given["minutes_id"], "invitation_id": given["invitation"]}
    if given["objection"]:
        return actions.object_to_minutes(**common, **about, objection=given["objection"])
    return actions.sign_minutes(**common, **about)


def _viewed(common: dict[str, Any], form: Any, row: int) -> object:
    given = dict(form.cleaned_data)
    about = {name: given[name] for name in ("stance", "words", "written")}
    return actions.give_view(**common, item_id=row, invitation_id=given["invitation"], **about)


def _asked(common: dict[str, Any], form: Any, _row: int) -> object:
    given = form.cleaned_data
    return actions.invite(**common, side=given["side"], body=Body.objects.filter(pk=given["body"]).first())


STEPS: dict[str, StepPage] = {
    "announce": StepPage(
        pgettext_lazy("meeting", "Announce it"), _("Those invited are told, and whoever raised its matters hears why."),
        _plain(forms.PlainForm), lambda common, _form, _row: actions.announce_meeting(**common),
    ),
    "open": StepPage(
        pgettext_lazy("meeting", "Open it"), _("From now on seats are taken, things are put to the vote and resolved."),
        _plain(forms.PlainForm), lambda common, _form, _row: actions.open_meeting(**common),
    ),
    "close": StepPage(
        pgettext_lazy("meeting", "Close it"),
        _("Leave day and time empty if it ends now. Owners and those who raised something are told."),
        _close, lambda common, form, _row: actions.close_meeting(**common, ended_at=form.ended_at()),
    ),
    "change": StepPage(
        pgettext_lazy("meeting", "Change it"), _("Those invited are told once it is announced."),
        _change, lambda common, form, _row: actions.change_meeting(**common, changed=form.changed()),
    ),
    "cancel": StepPage(
        pgettext_lazy("meeting", "Call it off"), _("Say why; everybody reads it."),
        _plain(forms.WordsForm), lambda common, form, _row: actions.cancel_meeting(**common, words=form.cleaned_data["words"]),
    ),
    "item": StepPage(
        _("Put something on the agenda"), _("Everybody reads it before the meeting."), _plain(forms.ItemForm),
        lambda common, form, _row: actions.add_item(
            **common, title=form.cleaned_data["title"], words=form.cleaned_data["words"]),
    ),
    "invite": StepPage(_("Invite somebody besides"), _("Choose the body and its side of the table."), _invite, _asked),
    "answer": StepPage(
        _("Write the answer"), _("Whoever raised it reads it once the meeting is closed."), _plain(forms.WordsForm),
        lambda common, form, row: actions.answer_item(**common, item_id=row, answer=form.cleaned_data["words"]),
    ),
    "view": StepPage(_("Write down a view"), _("Each side has one view of an item; a later one replaces it."), _view, _viewed),
    "speech": StepPage(
        _("Write down a speech"), _("Everybody on the list speaks once."), _speech,
        lambda common, form, _row: actions.note_speech(
            **common, invitation_id=form.cleaned_data["invitation"], words=form.cleaned_data["words"]),
    ),
    "motion": StepPage(
        _("Put it to the vote"), _("Say what a yes means."), _plain(forms.WordsForm),
        lambda common, form, row: actions.put_to_vote(**common, item_id=row, words=form.cleaned_data["words"]),
    ),
    "votes": StepPage(
        _("Write down the raised hands"), _("Those who are there, seat by seat; until the count they can be changed."), _votes,
        lambda common, form, _row: actions.record_votes(**common, choices=form.choices()),
    ),
    "resolve": StepPage(
        _("Write down a resolution"), _("Who does what, by when."), _resolve,
        lambda common, form, _row: actions.resolve(**common, new=form.new_resolution()),
    ),
    "minutes": StepPage(
        _("Write the minutes"), _("Once somebody has signed them, a change makes the next version."), _minutes,
        lambda common, form, _row: actions.write_minutes(**common, words=form.cleaned_data["words"], parts=form.parts()),
    ),
    "sign": StepPage(
        _("Enter a signature"), _("For participants who signed on paper, with an objection where they have one."), _sign, _signed,
    ),
    "publish": StepPage(
        _("Publish the minutes"), _("Everybody reads them from then on."), _publish,
        lambda common, form, _row: actions.publish_minutes(
            **common, minutes_id=_newest(common["meeting_id"]), public_words=form.cleaned_data["public_words"]),
    ),
}  # fmt: skip
"""The steps by the words of their addresses."""
NAMES = {"starts_at": "begins", "ends_at": "ends", "ended_at": "ends", "answer": "words", "item_id": "item"}


@require_http_methods(READ_WRITE)
@page_for(rules.WORKERS)
def step(request: HttpRequest, actor: Actor, meeting_id: int, name: str, row_id: int = 0) -> HttpResponse:
    """Ask for what a step needs, and take it."""
    if name not in STEPS:
        raise NotFound
    meeting, page = desk_meeting(actor, meeting_id), STEPS[name]
    rules.may_keep(actor, meeting).enforce()
    form = page.build(request, meeting)

    def act() -> None:
        page.act({"actor": actor, "meeting_id": meeting_id, "door": form.door()}, form, row_id)

    shown = {
        "meeting": meeting,
        "page": page,
        "forum_name": name_of(queries.forum_of(meeting)),
        "item": meeting.items.filter(pk=row_id).first(),
        "motion": queries.open_motion(meeting) if name == "votes" else None,
    }
    back = reverse("meetings:desk-one", args=[meeting_id])
    return step_page(
        request,
        form,
        act,
        template="meetings/desk/step.html",
        shown=shown,
        done=_("Written down."),
        back=back,
        names=NAMES,
    )

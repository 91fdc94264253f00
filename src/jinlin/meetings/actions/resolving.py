"""Resolutions: what was decided, who does it by when, what it becomes, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.disclosure.rules import refuse_personal
from jinlin.meetings import rules
from jinlin.meetings.actions.common import LONGEST, RUNNING, at_meeting, audited, the_item
from jinlin.meetings.actions.voting import must_be_able_to_decide
from jinlin.meetings.models import AgendaItem, Meeting, Motion, Resolution
from jinlin.meetings.queries.forums import forum_of
from jinlin.meetings.queries.seats import standing_of
from jinlin.meetings.states import RESOLUTIONS, ResolutionState, ResolutionVerb
from jinlin.organisations.models import Body
from jinlin.organisations.queries import members_of
from jinlin.platform.access import SYSTEM, Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import LOCAL, now, today
from jinlin.platform.errors import Invalid, NotFound, WrongState
from jinlin.platform.messages import notify
from jinlin.platform.rulings import Ruling
from jinlin.platform.sends import ANY_DOOR, Door
from jinlin.platform.stepping import Steps, Taken, locked_row, write_line, write_taken
from jinlin.platform.works import Brief, make
from jinlin.playbooks.schema import Forum

MOST_SITES = 50
BATCH = 500
GIVEN = gettext_lazy("Decided, and for you to carry out: %(words)s (%(meeting)s)")
OVERDUE = gettext_lazy("Past its day and not carried out: %(words)s (%(meeting)s)")
MADE = gettext_lazy("Carried out: %(words)s (%(meeting)s)")


@dataclass(frozen=True)
class NewResolution:
    """What is done, by which body, by when; the item and the vote that it rests on, and the sites that it consists of.

    The day may follow before the meeting is closed.
    """

    words: str
    body: Body | None
    due_on: date | None = None
    item_id: int | None = None
    motion_id: int | None = None
    sites: Sequence[str] = ()


def resolve(*, actor: Actor, meeting_id: int, new: NewResolution, door: Door = ANY_DOOR) -> Resolution:
    """Write a resolution down: of a vote that passed, or of a table that could decide and agreed without one.

    Raises:
        NotFound, NotAllowed, RepeatedSend, KeyReused.
        Invalid: without an owner, for a day before the meeting, and for words that cannot stand.
        WrongState: for a vote that did not pass, or while the table cannot decide.
    """
    if new.body is None:
        raise Invalid(fields={"body": _("A decision needs somebody who carries it out.")})
    contents = ["resolve", new.words, new.body.pk, new.due_on, new.item_id, new.motion_id, list(new.sites)]
    with at_meeting(actor, meeting_id, door, contents, states=RUNNING) as meeting:
        forum = forum_of(meeting)
        item, motion = _rests_on(meeting, forum, new)
        made = Resolution.objects.create(
            meeting=meeting, item=item, motion=motion, number=meeting.resolutions.count() + 1, made_at=now(),
            words=rules.clean_for(forum, new.words, field="words", longest=300, public=True), body=new.body,
            due_on=_day(meeting, new.due_on), sites=_sites(new.sites),
        )  # fmt: skip
        write_line(actor, made, ResolutionVerb.RESOLVE)
        audited(actor, "resolve", meeting, resolution=made.pk, body=new.body.pk)
    return made


def _rests_on(meeting: Meeting, forum: Forum, new: NewResolution) -> tuple[AgendaItem | None, Motion | None]:
    item = the_item(meeting, new.item_id) if new.item_id is not None else None
    if new.motion_id is None:
        if forum.votes != "none":
            must_be_able_to_decide(rules.may_decide(forum, standing_of(meeting, forum, item)))
        return item, None
    motion = meeting.motions.select_related("item").filter(pk=new.motion_id).first()
    if motion is None:
        raise NotFound
    if motion.state != Motion.State.PASSED:
        raise WrongState(_("This vote did not pass; nothing follows from it."))
    return item or motion.item, motion


def _day(meeting: Meeting, due_on: date | None) -> date | None:
    if due_on is not None and due_on < meeting.starts_at.astimezone(LOCAL).date():
        raise Invalid(fields={"due_on": _("This day lies before the meeting.")})
    return due_on


def _sites(sites: Sequence[str]) -> list[str]:
    rows = [rules.clean(site, field="sites", longest=80) for site in sites if site.strip()]
    if len(rows) > MOST_SITES or len(set(rows)) < len(rows):
        raise Invalid(fields={"sites": _("Name each place once, %(most)s at most.") % {"most": MOST_SITES}})
    refuse_personal(("sites", site) for site in rows)
    return rows


def set_day_of_resolution(
    *, actor: Actor, resolution_id: int, due_on: date, words: str = "", door: Door = ANY_DOOR
) -> Resolution:
    """Set by when a resolution is carried out, or move the day with the reason.

    Raises:
        NotFound, NotAllowed, WrongState, Stale, RepeatedSend, KeyReused; Invalid for a day that cannot be.
    """
    said = rules.clean(words, field="words", longest=LONGEST, needed=False)
    with STEPS.sent(actor, resolution_id, ResolutionVerb.SET_DAY, door, [said, due_on]) as row:
        if row.due_on is not None and not said:
            raise Invalid(fields={"words": _("Say why the day is moved.")})
        columns = {"due_on": _day(row.meeting, due_on), "warned_at": None}
        STEPS.advance(actor, row, ResolutionVerb.SET_DAY, words=said, columns=columns)
    return row


def make_of_resolution(*, actor: Actor, resolution_id: int, kind: str, door: Door = ANY_DOOR) -> Resolution:
    """Make something to work on of a resolution, such as a case or a project, and keep the two linked.

    Raises:
        NotFound, NotAllowed, Stale, RepeatedSend, KeyReused; Invalid for a kind that cannot be made, and what the making of it
            raises; WrongState: once something was made of it.
    """
    with STEPS.sent(actor, resolution_id, ResolutionVerb.BECOME, door, [kind]) as row:
        if row.made:
            raise WrongState(_("Something was made of it already."))
        made = make(actor, kind, _brief(row))
        STEPS.advance(actor, row, ResolutionVerb.BECOME, words=made, columns={"made": made})
    return row


def _brief(row: Resolution) -> Brief:
    said = [row.meeting.title, *row.sites]
    return Brief(
        source=f"resolution:{row.pk}", title=row.words[:60], text="\n".join([row.words, *said]),
        place_code=row.meeting.place_code, body_id=row.body_id, due_on=row.due_on, parts=tuple(row.sites),
    )  # fmt: skip


def finish_resolution(*, actor: Actor, resolution_id: int, result: str, door: Door = ANY_DOOR) -> Resolution:
    """Report what was done; without a result it stays open.

    Raises:
        NotFound, NotAllowed, WrongState, Stale, RepeatedSend, KeyReused; Invalid without a result.
    """
    return _end(actor, resolution_id, ResolutionVerb.FINISH, result, door)


def drop_resolution(*, actor: Actor, resolution_id: int, result: str, door: Door = ANY_DOOR) -> Resolution:
    """Say why a resolution is not carried out. Raises: as `finish_resolution`."""
    return _end(actor, resolution_id, ResolutionVerb.DROP, result, door)


def _end(actor: Actor, resolution_id: int, verb: ResolutionVerb, result: str, door: Door) -> Resolution:
    words = rules.clean(result, field="result", longest=LONGEST)
    refuse_personal([("result", words)])
    columns = {"result": words, "closed_at": now()}
    return STEPS.take(actor, resolution_id, verb, door, words=words, columns=columns)


def warn_of_overdue() -> int:
    """Tell the bodies whose resolutions are past their day, once for each day that was set; return how many."""
    late = Resolution.objects.filter(state=ResolutionState.RUNNING, due_on__lt=today(), warned_at__isnull=True)
    with transaction.atomic():
        rows = list(late.select_for_update(of=("self",)).select_related("meeting").order_by("pk")[:BATCH])
        for row in rows:
            tell_owner(row, OVERDUE)
        Resolution.objects.filter(pk__in=[row.pk for row in rows]).update(warned_at=now())
        if rows:
            record_change(
                SYSTEM, "meetings.warn_of_overdue", rows[0], place_code=rows[0].meeting.place_code, rows=len(rows)
            )
    return len(rows)


def tell_owner(row: Resolution, words: object = GIVEN) -> None:
    """Leave a notice with the body that carries a resolution out."""
    values = {"words": row.words, "meeting": row.meeting.title}
    notify(members_of(row.body_id, today()), words, values, link=f"/desk/meetings/resolutions/{row.pk}/")


def _locked(_actor: Actor, resolution_id: int) -> Resolution:
    return locked_row(Resolution, resolution_id, "meeting__body", "body")


def _may(actor: Actor, _verb: ResolutionVerb, row: Resolution) -> Ruling:
    return rules.may_with_resolution(actor, row)


def _about(row: Resolution) -> Mapping[str, Any]:
    return {"place_code": row.meeting.place_code}


def _follow(taken: Taken[Resolution]) -> None:
    if taken.verb == ResolutionVerb.FINISH:
        row = taken.row
        values = {"words": row.words, "meeting": row.meeting.title}
        notify(members_of(row.meeting.body_id, today()), MADE, values, link=f"/meetings/{row.meeting_id}/")


STEPS: Steps[Resolution] = Steps(
    audited="meetings.{verb}_resolution", table=RESOLUTIONS, lock=_locked, may=_may, about=_about, write=write_taken,
    follow=_follow,
)  # fmt: skip
"""How a resolution takes its steps."""

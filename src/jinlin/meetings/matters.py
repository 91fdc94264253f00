"""What meetings are to other apps: works done for their matters, ways to begin one, and resolutions as matters of their own."""

from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jinlin.meetings import rules
from jinlin.meetings.models import Meeting, Motion, Resolution
from jinlin.meetings.queries.results import attendance
from jinlin.meetings.states import MeetingState, ResolutionState
from jinlin.organisations.queries import members_of
from jinlin.platform.access import Actor
from jinlin.platform.dates import today
from jinlin.platform.works import Matter, Outcome, Purpose, Way, Work, describes, offer_way, tells_works

NEW = "/desk/meetings/new/"
ENDS = {Motion.State.PASSED: Outcome.PASSED, Motion.State.FAILED: Outcome.FAILED}

offer_way(Way(Purpose.DISCUSS, "meeting", _("Call a meeting"), NEW))
offer_way(Way(Purpose.DECIDE, "meeting", _("Decide at a meeting"), NEW))


@describes("resolution")
def describe_resolution(actor: Actor, resolution_id: int) -> Matter | None:
    """Describe a resolution: everybody may know of one, those who carry it out or keep the meeting work on it."""
    row = Resolution.objects.select_related("meeting", "body").filter(pk=resolution_id).first()
    if row is None or (row.meeting.state != MeetingState.CLOSED and not rules.may_with_resolution(actor, row)):
        return None
    return Matter(
        subject=f"resolution:{row.pk}",
        title=row.words,
        text=row.result,
        place_code=row.meeting.place_code,
        url=f"/meetings/{row.meeting_id}/",
        may_work=bool(rules.may_with_resolution(actor, row)),
        done=row.state == ResolutionState.DONE,
        followers=lambda: set(members_of(row.body_id, today())),
    )


@tells_works
def meetings_for(subject: str) -> Iterable[Work]:
    """Tell the meetings at which a matter was talked over, and the votes that were taken about it."""
    about = Q(subject=subject) | Q(items__subject=subject)
    for meeting in Meeting.objects.filter(about).exclude(state=MeetingState.CANCELLED).distinct():
        yield _talk(subject, meeting)
        yield from _votes(subject, meeting)


def _talk(subject: str, meeting: Meeting) -> Work:
    """Return the talk; its sides are those of the table with the kinds of the bodies that came or wrote."""
    closed = meeting.state == MeetingState.CLOSED
    came = attendance(meeting)
    facts = {"forum": meeting.forum, "invited": came.invited, "came": came.came}
    return Work(
        subject=subject, purpose=Purpose.DISCUSS, title=meeting.title, url=f"/meetings/{meeting.pk}/",
        begun_at=meeting.opened_at or meeting.made_at, concluded_at=meeting.ends_at if closed else None,
        outcome=Outcome.DONE if closed else None, sides=_sides(meeting), facts=facts,
    )  # fmt: skip


def _sides(meeting: Meeting) -> frozenset[str]:
    heard = Q(attendances__isnull=False) | Q(views__written=True)
    pairs = meeting.invitations.filter(heard).values_list("side", "body__kind")
    return frozenset(name for pair in pairs for name in pair if name)


def _votes(subject: str, meeting: Meeting) -> Iterator[Work]:
    about = Q(item__subject=subject) | (Q(item__subject="") if meeting.subject == subject else Q(pk__in=[]))
    for motion in meeting.motions.filter(about).exclude(state=Motion.State.STOPPED):
        yield Work(
            subject=subject, purpose=Purpose.DECIDE, title=motion.words, url=f"/meetings/{meeting.pk}/",
            begun_at=motion.opened_at, concluded_at=motion.ended_at, outcome=ENDS.get(Motion.State(motion.state)),
            sides=_sides(meeting), facts={name: getattr(motion, name) for name in ("base", "present", "yes", "no", "abstain")},
        )  # fmt: skip

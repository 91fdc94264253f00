"""The minutes of a meeting: written in versions, signed by participants, published once a person has looked through them."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from jinlin.disclosure.rules import refuse_personal
from jinlin.meetings import rules
from jinlin.meetings.actions.common import (
    HELD,
    LONGEST,
    LONGEST_MINUTES,
    STEPS,
    anybody_signed_in,
    at_meeting,
    audited,
    own_or_kept,
    the_invitation,
)
from jinlin.meetings.models import Meeting, Minutes, SignOff
from jinlin.meetings.queries.forums import forum_of
from jinlin.meetings.states import MeetingVerb
from jinlin.platform.access import Actor
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid, Stale, WrongState
from jinlin.platform.sends import ANY_DOOR, Door


def write_minutes(
    *, actor: Actor, meeting_id: int, words: str, parts: Mapping[str, str] | None = None, door: Door = ANY_DOOR
) -> Minutes:
    """Write the minutes, as a whole and by item ({number of the item: words}).

    Until somebody has signed them or they are published they can be changed; after that this makes the next version, and
    the one before stays. `door.seen` is the version that the writer saw.

    Raises:
        NotFound, NotAllowed, WrongState, Stale, RepeatedSend, KeyReused; Invalid for words that cannot stand.
    """
    contents = ["minutes", words, sorted((parts or {}).items())]
    with at_meeting(actor, meeting_id, door, contents, states=HELD) as meeting:
        last = _last(meeting)
        if door.seen and door.seen != seen_version(last):
            raise Stale
        columns = _checked(meeting, words, parts or {})
        if last is not None and (columns["words"], columns["parts"]) == (last.words, last.parts):
            return last
        if last is None or last.published_at or last.signatures.exists():
            last = Minutes(meeting=meeting, number=last.number + 1 if last else 1)
        for name, value in columns.items():
            setattr(last, name, value)
        last.written_at, last.written_by_id = now(), actor.account_id
        last.save()
        audited(actor, "write_minutes", meeting, number=last.number)
    return last


def seen_version(last: Minutes | None) -> str:
    """Return what a page shows of the newest version, so that nobody writes over what they have not read."""
    return f"{last.number}:{last.written_at.timestamp():.3f}" if last else "0"


def _last(meeting: Meeting) -> Minutes | None:
    return meeting.minutes.order_by("-number").first()


def _checked(meeting: Meeting, words: str, parts: Mapping[str, str]) -> dict[str, object]:
    forum = forum_of(meeting)
    numbers = {str(number) for number in meeting.items.values_list("number", flat=True)}
    unknown = sorted(set(parts) - numbers)
    if unknown:
        raise Invalid(fields={"parts": _("There is no item %(number)s on the agenda.") % {"number": unknown[0]}})
    cleaned = {
        number: rules.clean_for(forum, text, field=f"part_{number}", longest=LONGEST_MINUTES, needed=False)
        for number, text in parts.items()
    }
    return {
        "words": rules.clean_for(forum, words, field="words", longest=LONGEST_MINUTES),
        "parts": {number: text for number, text in sorted(cleaned.items()) if text},
    }


def sign_minutes(
    *, actor: Actor, meeting_id: int, minutes_id: int, invitation_id: int, door: Door = ANY_DOOR
) -> SignOff:
    """Sign a version of the minutes, or enter that a participant has signed them on paper.

    Raises:
        NotFound, NotAllowed, RepeatedSend, KeyReused; WrongState: for a version that is not the newest, somebody who was not
            there, or a second signature.
    """
    return _sign(actor, meeting_id, minutes_id, invitation_id, "", door)


def object_to_minutes(
    *, actor: Actor, meeting_id: int, minutes_id: int, invitation_id: int, objection: str, door: Door = ANY_DOOR
) -> SignOff:
    """Sign with an objection, which is kept and shown. Raises: as `sign_minutes`; Invalid for words that cannot stand."""
    words = rules.clean(objection, field="objection", longest=LONGEST)
    refuse_personal([("objection", words)])
    return _sign(actor, meeting_id, minutes_id, invitation_id, words, door)


def _sign(actor: Actor, meeting_id: int, minutes_id: int, invitation_id: int, objection: str, door: Door) -> SignOff:
    contents = ["sign", minutes_id, invitation_id, objection]
    with at_meeting(actor, meeting_id, door, contents, states=HELD, may=anybody_signed_in) as meeting:
        last, invitation = _last(meeting), the_invitation(meeting, invitation_id)
        own_or_kept(actor, meeting, invitation).enforce()
        if last is None or last.pk != minutes_id:
            raise WrongState(_("There is a newer version of the minutes; read that one first."))
        if not invitation.attendances.exists():
            raise WrongState(_("Those who were at the table sign the minutes."))
        if last.signatures.filter(invitation=invitation).exists():
            raise WrongState(_("This version is signed for that seat already."))
        own = invitation in rules.seats_for(actor, meeting)
        made = SignOff.objects.create(
            minutes=last, invitation=invitation, person_id=actor.person_id if own else None, objection=objection,
            at=now(), entered_by_id=actor.account_id,
        )  # fmt: skip
        audited(actor, "sign_minutes", meeting, number=last.number, objects=bool(objection))
    return made


def publish_minutes(
    *, actor: Actor, meeting_id: int, minutes_id: int, public_words: str, door: Door = ANY_DOOR
) -> Minutes:
    """Publish what a person has looked through and confirmed; each later version is published anew.

    Raises:
        NotFound, NotAllowed, Stale, RepeatedSend, KeyReused; WrongState: before the meeting is closed, or for a version that is
            not the newest or is published already; Invalid: where something personal is still in it.
    """
    with STEPS.sent(actor, meeting_id, MeetingVerb.PUBLISH, door, [minutes_id, public_words]) as meeting:
        last = _last(meeting)
        if last is None or last.pk != minutes_id:
            raise WrongState(_("There is a newer version of the minutes; read that one first."))
        if last.published_at is not None:
            raise WrongState(_("This version is published already."))
        words = rules.clean(public_words, field="public_words", longest=2 * LONGEST_MINUTES)
        refuse_personal([("public_words", words)])
        STEPS.advance(actor, meeting, MeetingVerb.PUBLISH)
        last.public_words, last.published_at, last.published_by_id = words, now(), actor.account_id
        last.save(update_fields=["public_words", "published_at", "published_by_id"])
    return last

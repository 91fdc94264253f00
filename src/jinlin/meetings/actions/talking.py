"""What the sides think of an item, and who of the speakers spoke."""

from django.utils.translation import gettext as _

from jinlin.meetings import rules
from jinlin.meetings.actions.common import (
    BEFORE_END,
    LONGEST,
    LONGEST_VIEW,
    RUNNING,
    anybody_signed_in,
    at_meeting,
    audited,
    own_or_kept,
    the_invitation,
    the_item,
)
from jinlin.meetings.models import Speech, View
from jinlin.meetings.queries.forums import forum_of
from jinlin.platform.access import Actor
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid, WrongState
from jinlin.platform.sends import ANY_DOOR, Door


def give_view(
    *,
    actor: Actor,
    meeting_id: int,
    item_id: int,
    invitation_id: int,
    stance: str,
    words: str,
    written: bool = False,
    door: Door = ANY_DOOR,
) -> View:
    """Write down what a seat thinks of an item, or send it in: before the meeting in writing only. A later one replaces it.

    Raises:
        NotFound, NotAllowed, RepeatedSend, KeyReused; WrongState: for a spoken view of somebody who is not there.
        Invalid: for an unknown stance, or words that cannot stand.
    """
    contents = ["view", item_id, invitation_id, stance, words]
    with at_meeting(actor, meeting_id, door, contents, states=BEFORE_END, may=anybody_signed_in) as meeting:
        item, invitation = the_item(meeting, item_id), the_invitation(meeting, invitation_id)
        own_or_kept(actor, meeting, invitation).enforce()
        if stance not in View.Stance.values:
            raise Invalid(fields={"stance": _("Choose one from the list.")})
        if not written and not invitation.attendances.exists():
            raise WrongState(_("They were not there; what they sent in is a view in writing."))
        columns = {
            "stance": stance, "written": written, "at": now(), "entered_by_id": actor.account_id,
            "words": rules.clean_for(forum_of(meeting), words, field="words", longest=LONGEST_VIEW, public=True),
        }  # fmt: skip
        view, _new = View.objects.update_or_create(item=item, invitation=invitation, defaults=columns)
        audited(actor, "give_view", meeting, item=item.pk, side=invitation.side, stance=stance)
    return view


def note_speech(*, actor: Actor, meeting_id: int, invitation_id: int, words: str, door: Door = ANY_DOOR) -> Speech:
    """Write down that somebody on the list of speakers has spoken, and what about.

    Raises:
        NotFound, NotAllowed, WrongState, RepeatedSend, KeyReused.
        Invalid: for a second speech, at a table without speakers, or words that cannot stand.
    """
    with at_meeting(actor, meeting_id, door, ["speech", invitation_id, words], states=RUNNING) as meeting:
        forum, invitation = forum_of(meeting), the_invitation(meeting, invitation_id)
        if not forum.speakers:
            raise Invalid(_("This table has no list of speakers."))
        if meeting.speeches.filter(invitation=invitation).exists():
            raise Invalid(fields={"invitation": _("They have spoken already; everybody speaks once.")})
        said = rules.clean_for(forum, words, field="words", longest=LONGEST, public=True)
        number = meeting.speeches.count() + 1
        made = Speech.objects.create(meeting=meeting, invitation=invitation, number=number, words=said, at=now())
        audited(actor, "note_speech", meeting, number=number)
    return made

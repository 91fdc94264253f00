"""The agenda of a meeting: what is put on it, what is before the meeting now, and the answer to each matter."""

from django.db.models import Max
from django.utils.translation import gettext as _

from jinlin.meetings import rules
from jinlin.meetings.actions.common import BEFORE_END, LONGEST, LONGEST_ITEM, RUNNING, at_meeting, audited, the_item
from jinlin.meetings.models import AgendaItem
from jinlin.meetings.queries.forums import forum_of
from jinlin.platform.access import Actor
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid, NotAllowed, WrongState
from jinlin.platform.sends import ANY_DOOR, Door
from jinlin.platform.works import matter_of


def add_item(
    *, actor: Actor, meeting_id: int, title: str, words: str = "", subject: str = "", door: Door = ANY_DOOR
) -> AgendaItem:
    """Put something on the agenda, a matter among others; everybody reads it before the meeting.

    Raises:
        NotFound, NotAllowed, WrongState, RepeatedSend, KeyReused.
        Invalid: without words, with personal data, or for a matter that is on it already.
    """
    with at_meeting(actor, meeting_id, door, ["item", title, subject], states=BEFORE_END) as meeting:
        forum = forum_of(meeting)
        if subject and not matter_of(actor, subject).may_work:
            raise NotAllowed(_("A meeting about a matter is called by those who work on it."))
        if subject and meeting.items.filter(subject=subject).exists():
            raise Invalid(fields={"subject": _("This matter is on the agenda already.")})
        last = meeting.items.aggregate(last=Max("number"))["last"] or 0
        made = AgendaItem.objects.create(
            meeting=meeting, number=last + 1, subject=subject,
            title=rules.clean_for(forum, title, field="title", longest=LONGEST_ITEM, public=True),
            words=rules.clean_for(forum, words, field="words", longest=LONGEST, needed=False, public=True),
        )  # fmt: skip
        audited(actor, "add_item", meeting, item=made.pk)
    return made


def remove_item(*, actor: Actor, meeting_id: int, item_id: int, door: Door = ANY_DOOR) -> None:
    """Take something off the agenda that nobody has talked about. Raises: as `add_item`; WrongState once it was opened."""
    with at_meeting(actor, meeting_id, door, ["remove", item_id], states=BEFORE_END) as meeting:
        item = the_item(meeting, item_id)
        if item.opened_at or item.views.exists() or item.motions.exists() or item.resolutions.exists():
            raise WrongState(_("It was talked about already; that stays written down."))
        audited(actor, "remove_item", meeting, item=item.pk)
        item.delete()


def open_item(*, actor: Actor, meeting_id: int, item_id: int, door: Door = ANY_DOOR) -> AgendaItem:
    """Bring an item before the meeting, as the screen in the room shows. Raises: as `add_item`."""
    with at_meeting(actor, meeting_id, door, ["open", item_id], states=RUNNING) as meeting:
        item = the_item(meeting, item_id)
        item.opened_at = now()
        item.save(update_fields=["opened_at"])
        audited(actor, "open_item", meeting, item=item.pk)
    return item


def answer_item(*, actor: Actor, meeting_id: int, item_id: int, answer: str, door: Door = ANY_DOOR) -> AgendaItem:
    """Write the answer that a matter got at the meeting; whoever raised it reads it once the meeting is closed.

    Raises:
        NotFound, NotAllowed, WrongState, RepeatedSend, KeyReused; Invalid for words that cannot stand.
    """
    with at_meeting(actor, meeting_id, door, ["answer", item_id, answer], states=RUNNING) as meeting:
        item = the_item(meeting, item_id)
        item.answer = rules.clean_for(forum_of(meeting), answer, field="answer", longest=LONGEST, public=True)
        item.answered_at, item.answered_by_id = now(), actor.account_id
        item.save(update_fields=["answer", "answered_at", "answered_by_id"])
        audited(actor, "answer_item", meeting, item=item.pk)
    return item

"""Paper slips, entered by the house: each slip has a number and counts once, whoever enters it again."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jinlin.opinions import rules
from jinlin.opinions.actions.voting import Ballot, cast
from jinlin.opinions.models import Conversation, Participant, Picture, SlipBatch
from jinlin.opinions.states import TalkState
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid, WrongState
from jinlin.platform.sends import ANY_DOOR, Door, sent_once
from jinlin.platform.stepping import locked_row

LONGEST_NUMBER = 20


@dataclass(frozen=True)
class Slip:
    """A slip: the number printed on it, which tells nobody's name, and what is ticked."""

    number: str
    ballots: Sequence[Ballot]


def enter_slips(*, actor: Actor, conversation_id: int, slips: Sequence[Slip], door: Door = ANY_DOOR) -> SlipBatch:
    """Enter paper slips as one batch: all or none. Who entered it is on record, what is ticked belongs to the slip.

    Raises:
        NotFound, NotAllowed, RepeatedSend, KeyReused; WrongState while the conversation is not open.
        Invalid: no slip, one without a number or without a tick, a number that was entered before.
    """
    contents = [
        conversation_id,
        [[slip.number, [(one.statement_id, one.value) for one in slip.ballots]] for slip in slips],
    ]
    with sent_once(f"account:{actor.account_id}", door.key, contents) as send:
        send.raise_if_known()
        conversation = locked_row(Conversation, conversation_id, visible=rules.at_desk(actor))
        rules.keeps(actor, conversation.place_code).enforce()
        if conversation.state != TalkState.OPEN:
            raise WrongState
        _refuse_faults(conversation, slips)
        batch = SlipBatch.objects.create(conversation=conversation, at=now(), by_id=actor.account_id, slips=len(slips))
        picture = Picture.objects.select_for_update().get(conversation=conversation)
        for slip in slips:
            key = rules.key_of_slip(conversation.pk, slip.number)
            row = Participant.objects.create(conversation=conversation, key=key, voice=key, batch=batch)
            cast(picture, row, list(slip.ballots))
        record_change(actor, "opinions.enter_slips", batch, place_code=conversation.place_code, slips=len(slips))
        send.keep(batch)
    return batch


def _refuse_faults(conversation: Conversation, slips: Sequence[Slip]) -> None:
    numbers = [slip.number for slip in slips]
    if not slips or not all(0 < len(number) <= LONGEST_NUMBER for number in numbers):
        raise Invalid(fields={"number": _("Each slip has a number of at most 20 characters.")})
    if not all(slip.ballots for slip in slips):
        raise Invalid(fields={"number": _("Nothing is ticked on this slip.")})
    keys = {rules.key_of_slip(conversation.pk, number): number for number in numbers}
    known = conversation.participants.filter(key__in=keys).values_list("key", flat=True).first()
    if known or len(keys) < len(numbers):
        number = keys[known] if known else max(numbers, key=numbers.count)
        said = _("Slip %(number)s was entered before; each counts once.") % {"number": number}
        raise Invalid(fields={"number": said})

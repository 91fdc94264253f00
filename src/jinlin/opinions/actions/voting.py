"""Votes on statements: one for each person and statement, to be changed while the conversation is open."""

from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import gettext as _

from jinlin.opinions import rules
from jinlin.opinions.actions.saying import open_for
from jinlin.opinions.keeping import Votes, as_json, from_json
from jinlin.opinions.models import Participant, Picture, Statement, Vote
from jinlin.opinions.states import StatementState
from jinlin.people.supports import voice_of
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.errors import Invalid, NotFound, NotSignedIn
from jinlin.platform.sends import ANY_DOOR, Door, sent_once


@dataclass(frozen=True)
class Ballot:
    """What somebody thinks of a statement, and whether it is important to them."""

    statement_id: int
    value: int
    important: bool = False


def vote(*, actor: Actor, conversation_id: int, ballot: Ballot, door: Door = ANY_DOOR) -> Participant:
    """Vote on a statement, or change one's vote; the opinion groups count it at once.

    Nothing but the vote itself says what was chosen: not the audit trail, and no row names the person.

    Raises:
        NotSignedIn, RepeatedSend, KeyReused; NotFound for a statement that is not shown there; WrongState while it is not
        open; NotAllowed for who does not live there; Invalid for a vote that there is not.
    """
    if actor.person_id is None:
        raise NotSignedIn
    if ballot.value not in Vote.Value.values:
        raise Invalid(fields={"value": _("Agree, pass or disagree.")})
    contents = [conversation_id, ballot.statement_id, ballot.value, ballot.important]
    with sent_once(f"account:{actor.account_id}", door.key, contents) as send:
        conversation = open_for(actor, conversation_id)
        rules.may_speak(actor, conversation).enforce()
        picture = Picture.objects.select_for_update().get(conversation=conversation)
        key = rules.key_of(conversation.pk, actor.person_id)
        voice = rules.voice_key(conversation.pk, voice_of(actor.person_id))
        participant, is_new = Participant.objects.get_or_create(
            conversation=conversation, key=key, defaults={"voice": voice}
        )
        if is_new:
            record_change(actor, "opinions.take_part", conversation, place_code=conversation.place_code)
        cast(picture, participant, [ballot])
        send.keep(participant)
    return participant


def cast(picture: Picture, participant: Participant, ballots: list[Ballot]) -> None:
    """Write votes of one participant and bring the picture, which is locked, up to date. Raises: NotFound."""
    conversation_id = picture.conversation_id
    shown = Statement.objects.filter(conversation_id=conversation_id, state=StatementState.SHOWN)
    wanted = {ballot.statement_id for ballot in ballots}
    if shown.filter(pk__in=wanted).count() != len(wanted):
        raise NotFound
    was = votes_of(participant)
    for ballot in ballots:
        chosen = {"value": ballot.value, "important": ballot.important}
        Vote.objects.update_or_create(participant=participant, statement_id=ballot.statement_id, defaults=chosen)
    new = wanted - {statement for statement, _value in was}
    Statement.objects.filter(pk__in=new).update(seen=F("seen") + 1)
    _move(picture, participant, was)


def votes_of(participant: Participant) -> Votes:
    """Return the votes of a participant."""
    return list(participant.votes.values_list("statement_id", "value"))


def _move(picture: Picture, participant: Participant, was: Votes) -> None:
    """Count the participant out as they were and in as they are, at the place where they belong now."""
    kept = from_json(picture.landscape)
    if kept is not None:
        now = votes_of(participant)
        group = kept.group_of(now)
        picture.landscape = as_json(kept.moved((participant.group, was), (group, now)))
        if group != participant.group:
            participant.group = group
            participant.save(update_fields=["group"])
    picture.stale = True
    picture.save(update_fields=["landscape", "stale"])

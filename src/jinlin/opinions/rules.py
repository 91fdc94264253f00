"""Who prepares and checks conversations, who speaks in them, what can be said, and what may be told of the votes."""

import re

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.chinese_text import find_personal, fold
from jinlin.algorithms.chinese_text.insults import find_insult
from jinlin.opinions.models import Conversation, Statement
from jinlin.opinions.states import IN_PUBLIC, StatementVerb, TalkVerb
from jinlin.platform.access import Actor, Grant, Role, in_scope
from jinlin.platform.crypto import keyed_hash
from jinlin.platform.errors import Words
from jinlin.platform.rulings import YES, Ruling, no
from jinlin.territory.models import Place
from jinlin.territory.providers import own_homes

KEEPERS = frozenset({Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY, Role.SUBDISTRICT_OFFICER, Role.DISTRICT_OFFICER})
"""They prepare conversations, check statements and enter slips, each for their own area."""
LOOKERS = KEEPERS | {Role.AUDITOR}
SHORTEST, LONGEST = 5, 140
FEWEST = 5
"""Below so many people nothing is told apart: no group, and no figure of a group."""

NO_PERSONAL: Words = _("Everybody reads this: leave names, telephone and identity numbers and addresses out.")
NO_INSULT: Words = _("This hurts people. Say what should be different, not what you think of whom.")
ONE_THOUGHT: Words = _("One thought in 5 to 140 characters, please.")
ONE_LINE: Words = _("One statement at a time, please: this has several lines.")


def reading(actor: Actor) -> list[Grant]:
    """Return the actor's grants over whole places; a post for one estate or grid keeps no conversation of the community."""
    return [grant for grant in actor.grants_as(LOOKERS) if grant.zone_id is None]


def at_desk(actor: Actor) -> QuerySet[Conversation]:
    """Return the conversations of the places for which the actor answers or which they audit."""
    return Conversation.objects.all() if actor.is_system else Conversation.objects.filter(in_scope(reading(actor)))


def visible_to(actor: Actor) -> QuerySet[Conversation]:
    """Return what everybody reads, and what the actor keeps."""
    return Conversation.objects.filter(Q(state__in=IN_PUBLIC) | Q(pk__in=at_desk(actor).values("pk")))


def keeps(actor: Actor, place_code: str) -> Ruling:
    """Say whether the actor prepares and checks conversations of this place."""
    mine = (grant for grant in reading(actor) if grant.role in KEEPERS)
    if actor.is_system or any(grant.covers(place_code) for grant in mine):
        return YES
    return no(_("Only the community of the place, or who stands above it, keeps its conversations."))


def may_keep(actor: Actor, _verb: TalkVerb, conversation: Conversation) -> Ruling:
    """Say whether the actor may take a step of a conversation, whatever its state."""
    return keeps(actor, conversation.place_code)


def may_check(actor: Actor, _verb: StatementVerb, statement: Statement) -> Ruling:
    """Say whether the actor may show or hide a statement, whatever its state."""
    return keeps(actor, statement.conversation.place_code)


def may_speak(actor: Actor, conversation: Conversation) -> Ruling:
    """Say whether the actor lives where the conversation is held; each person speaks, also several of one home."""
    here = Place.objects.filter(code__in=own_homes(actor), code__startswith=conversation.place_code)
    if conversation.zone_id is not None:
        here = here.filter(Q(grid_id=conversation.zone_id) | Q(estate_id=conversation.zone_id))
    if here.exists():
        return YES
    return no(_("Those who live there speak here. Everybody can read it. If you live there, say so under “Mine”."))


def key_of(conversation_id: int, person_id: int) -> str:
    """Return how a person is known within one conversation, and nowhere else."""
    return keyed_hash("opinion-participant", f"{conversation_id}:{person_id}")


def key_of_slip(conversation_id: int, number: str) -> str:
    """Return how a paper slip is known, so that it counts once."""
    return keyed_hash("opinion-slip", f"{conversation_id}:{number}")


def voice_key(conversation_id: int, voice: str) -> str:
    """Return how a household is known within one conversation, for counting alone."""
    return keyed_hash("opinion-voice", f"{conversation_id}:{voice}")


def fault_of(text: str) -> Words:
    """Return why a statement cannot stand, or an empty string."""
    if "\n" in text:
        return ONE_LINE
    if not SHORTEST <= len(text) <= LONGEST or len(set(folded(text))) < 2:
        return ONE_THOUGHT
    if find_personal(text):
        return NO_PERSONAL
    return NO_INSULT if find_insult(text) else ""


def folded(text: str) -> str:
    """Return the form in which the same statement is known again: without marks, blanks and variants."""
    return re.sub(r"[\W_]+", "", fold(text))

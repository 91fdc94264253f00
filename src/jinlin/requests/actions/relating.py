"""Two requests that have to do with one another, wherever they lie; each keeps its own answer."""

from django.db.models import Q
from django.utils.translation import gettext as _

from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid, NotFound
from jinlin.platform.sends import sent_once
from jinlin.requests import rules
from jinlin.requests.actions.merging import seen_by_number
from jinlin.requests.actions.steps import Door, locked
from jinlin.requests.models import Relation, Request

LONGEST_NOTE = 200
NO_DOOR = Door()


def relate_request(
    *, actor: Actor, request_id: int, to: str, word: str, note: str = "", door: Door = NO_DOOR
) -> Request:
    """Say that a request has to do with another, whose number is `to`; officers read the tie on both pages.

    Raises:
        Invalid: for a number that the actor does not see, itself, or two that are related already; NotAllowed, NotFound,
            Stale, RepeatedSend.
    """
    words = rules.clean_words(note, longest=LONGEST_NOTE, field="note", needed=False)
    with sent_once(f"account:{actor.account_id}", door.key, [request_id, "relate", to.strip(), word, words]) as send:
        other = seen_by_number(actor, to, field="to")
        request = locked(actor, request_id, door.seen_version)
        rules.may_note_internally(actor, request).enforce()
        _must_be_new(request, other)
        made = Relation.objects.create(
            request=request, other=other, word=Relation.Word(word), note=words, at=now(), actor_id=actor.account_id
        )
        record_change(actor, "requests.relate", made, place_code=request.place_code, request=request.pk, other=other.pk)
        send.keep(request)
    return request


def _must_be_new(request: Request, other: Request) -> None:
    if request.pk == other.pk:
        raise Invalid(fields={"to": _("This is the request itself; choose another number.")})
    pair = Q(request=request, other=other) | Q(request=other, other=request)
    if Relation.objects.filter(pair).exists():
        raise Invalid(fields={"to": _("The two are related already.")})


def unrelate_request(*, actor: Actor, request_id: int, relation_id: int, door: Door = NO_DOOR) -> Request:
    """Take the tie between two requests away.

    Raises:
        NotFound, NotAllowed, Stale, RepeatedSend.
    """
    with sent_once(f"account:{actor.account_id}", door.key, [request_id, "unrelate", relation_id]) as send:
        request = locked(actor, request_id, door.seen_version)
        rules.may_note_internally(actor, request).enforce()
        tie = Relation.objects.filter(Q(request=request) | Q(other=request), pk=relation_id).first()
        if tie is None:
            raise NotFound
        record_change(
            actor, "requests.unrelate", tie, place_code=request.place_code, request=tie.request_id, other=tie.other_id
        )
        tie.delete()
        send.keep(request)
    return request

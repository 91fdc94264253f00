"""What talks and decisions elsewhere do to requests: a decision becomes one, and the answer of a talk stands on it."""

from jinlin.organisations.models import Body
from jinlin.platform.access import Actor
from jinlin.platform.sends import sent_once
from jinlin.requests import rules
from jinlin.requests.actions.intake import Report, take_in_decided
from jinlin.requests.actions.locating import Where
from jinlin.requests.actions.steps import Change, carry_out, locked
from jinlin.requests.models import Channel, Request
from jinlin.requests.states import TABLE, Verb


def take_in_decision(
    *, actor: Actor, title: str, text: str, place_code: str, body_id: int | None, basis: str
) -> Request:
    """Take in what was decided elsewhere, accepted and given to the body that carries it out; its own rule was asked there.

    Raises:
        Invalid: for words or a place that cannot be.
    """
    report = Report(text=text, title=title[: rules.LONGEST_TITLE], channel=Channel.WALK_IN, where=Where(place_code))
    request = take_in_decided(actor, report)
    body = Body.objects.filter(pk=body_id or 0, active=True).first()
    with sent_once(f"account:{actor.account_id}", "", [request.pk]) as send:
        carry_out(actor, request, Verb.ACCEPT, Change(), send)
        if body is not None:
            carry_out(actor, request, Verb.DISPATCH, Change({"body_id": body.pk}, internal_note=basis), send)
    return request


def note_answer_of_talk(*, actor: Actor, request_id: int, answer: str) -> Request:
    """Put what a talk answered on a request, for whoever raised it to read; one that has ended stays as it is.

    Raises:
        NotFound; Invalid for words that cannot be.
    """
    words = rules.clean_words(answer, longest=1_000, field="answer")
    with sent_once(f"account:{actor.account_id}", "", [request_id, words]) as send:
        request = locked(actor, request_id, None)
        if request.state in TABLE.sources(Verb.MEET):
            carry_out(actor, request, Verb.MEET, Change(note=words), send)
    return request

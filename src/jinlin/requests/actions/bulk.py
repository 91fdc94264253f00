"""One step for many requests: tried first without a change, then done for all of them or for none."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from django.utils.translation import gettext_lazy as _

from jinlin.organisations.models import Duty
from jinlin.organisations.queries import duties_at
from jinlin.platform.access import Actor
from jinlin.platform.errors import Invalid, NotFound, Stale, Words
from jinlin.platform.sends import Send, sent_once
from jinlin.requests import rules
from jinlin.requests.actions.steps import Change, advance
from jinlin.requests.models import Request
from jinlin.requests.states import TABLE, Verb
from jinlin.requests.triage import is_sure

MOST_AT_ONCE = 500


class CannotDo(Exception):
    """Why one of many requests cannot take the step."""

    def __init__(self, reason: Words) -> None:
        self.reason = reason


@dataclass(frozen=True)
class Seen:
    """A request as the person saw it in the trial."""

    id: int
    version: int


@dataclass(frozen=True)
class Trial:
    """What a step would do to each of many requests: those that can take it with what it would change, and those that cannot."""

    verb: Verb
    doable: list[tuple[Request, Change]] = field(default_factory=list)
    refused: list[tuple[Request, Words]] = field(default_factory=list)

    @property
    def seen(self) -> list[Seen]:
        """What has to be handed to `bulk_step` for exactly these."""
        return [Seen(request.pk, request.version) for request, _change in self.doable]


Prepare = Callable[[Request], Change]


def try_bulk(*, actor: Actor, verb: Verb, request_ids: Iterable[int]) -> Trial:
    """Say for each request whether the step is possible and, where it is not, why; nothing changes.

    Raises:
        Invalid: for none, for more than 500, or for a step that is not made for many.
    """
    ids = _limited(request_ids)
    prepare = _preparation(verb)
    rows = rules.visible_to(actor).filter(pk__in=ids).select_related("body", "suggestion").order_by("received_at", "pk")
    trial = Trial(verb)
    for request in rows:
        try:
            trial.doable.append((request, _prepared(actor, verb, request, prepare)))
        except CannotDo as refusal:
            trial.refused.append((request, refusal.reason))
    return trial


def bulk_step(*, actor: Actor, verb: Verb, seen: Sequence[Seen], key: str = "") -> int:
    """Take the step for all of these requests in one transaction, or for none of them; return how many.

    Raises:
        Stale: if one of them has changed since it was tried.
        NotFound: for one that the actor does not see.
        Invalid: if one of them cannot take the step any more; RepeatedSend, KeyReused.
    """
    ids = _limited(one.id for one in seen)
    prepare, each = _preparation(verb), Send("", "")
    with sent_once(f"account:{actor.account_id}", key, ["bulk", verb, sorted(ids)]) as send:
        rows = rules.visible_to(actor).filter(pk__in=ids).select_for_update(of=("self",)).order_by("pk")
        found = {request.pk: request for request in rows}
        for one in seen:
            request = _unchanged(found, one)
            advance(actor, request, verb, _prepared_or_invalid(actor, verb, request, prepare), each)
        send.keep(request)
    return len(seen)


def _limited(request_ids: Iterable[int]) -> list[int]:
    ids = list(dict.fromkeys(request_ids))
    if not ids:
        raise Invalid(_("No request was chosen."), remedy=_("Tick some rows, or choose the whole page."))
    if len(ids) > MOST_AT_ONCE:
        raise Invalid(
            _("At most %(most)s requests go at once; these are %(count)s.") % {"most": MOST_AT_ONCE, "count": len(ids)},
            remedy=_("Narrow the list with a filter and do the rest afterwards."),
        )
    return ids


def _unchanged(found: dict[int, Request], one: Seen) -> Request:
    if one.id not in found:
        raise NotFound
    if found[one.id].version != one.version:
        raise Stale
    return found[one.id]


def _prepared(actor: Actor, verb: Verb, request: Request, prepare: Prepare) -> Change:
    if request.state not in TABLE.sources(verb):
        raise CannotDo(_("It is “%(state)s” already.") % {"state": request.get_state_display()})
    ruling = rules.may(actor, verb, request)
    if not ruling:
        raise CannotDo(ruling.reason)
    return prepare(request)


def _prepared_or_invalid(actor: Actor, verb: Verb, request: Request, prepare: Prepare) -> Change:
    try:
        return _prepared(actor, verb, request, prepare)
    except CannotDo as refusal:
        raise Invalid(f"{request.number}: {refusal.reason}", remedy=_("Try again; none of them was changed.")) from None


def _preparation(verb: Verb) -> Prepare:
    """Return how one request is prepared for the step; what many share is looked up once."""
    if verb == Verb.ACCEPT:
        return _acceptance
    if verb == Verb.SIGN:
        return lambda _request: Change()
    if verb == Verb.DISPATCH:
        return _dispatch()
    raise Invalid(_("This step is done one by one."))


def _acceptance(request: Request) -> Change:
    """Take the category that a person has given, or else the suggested one of which triage is sure; the trial shows it."""
    if request.category:
        return Change()
    suggested = getattr(request, "suggestion", None)
    if suggested is None or not suggested.category:
        raise CannotDo(_("No category is suggested; accept it by itself."))
    if not is_sure(suggested.confidence):
        raise CannotDo(_("Triage is not sure of the category; look at it and accept it by itself."))
    return Change({"category": suggested.category, "urgency": suggested.urgency})


def _dispatch() -> Prepare:
    @cache
    def first_duty(place_code: str, zones: tuple[int | None, ...], category: str) -> Duty | None:
        found = duties_at(task=Duty.Task.HANDLE, place_code=place_code, zone_ids=zones, category=category)
        return found[0] if found else None

    def prepare(request: Request) -> Change:
        if not request.category:
            raise CannotDo(_("It has no category yet, so that nobody is suggested."))
        duty = first_duty(request.place_code, (request.grid_id, request.estate_id), request.category)
        if duty is None:
            raise CannotDo(_("The duty list names nobody for it."))
        return Change({"body": duty.body}, internal_note=duty.basis)

    return prepare

"""The one way up for a request: link by link of the chain below a rung, then rung by rung; nothing falls between two."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.organisations.models import Body
from jinlin.organisations.queries import holders_of, members_of
from jinlin.platform.access import SYSTEM, Actor, Role
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid
from jinlin.platform.messages import notify
from jinlin.platform.sends import Send, sent_once
from jinlin.platform.wording import labelled
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import Rung
from jinlin.playbooks.wording import level_named
from jinlin.requests import rules
from jinlin.requests.actions.chain import must_have_above
from jinlin.requests.actions.handling import LONGEST_NOTE, NO_DOOR
from jinlin.requests.actions.parts import AskedPart, ask_parts
from jinlin.requests.actions.steps import Change, Door, advance, locked
from jinlin.requests.models import Passage, Request, RequestPart, Urgency
from jinlin.requests.models.ladder import RungKind
from jinlin.requests.queries.ladder import (
    Standing,
    first_standing,
    invited_to,
    level_of,
    link_above,
    origin_kind,
    rungs_above,
)
from jinlin.requests.states import Verb

CAME_UP = gettext_lazy("%(number)s %(title)s came up to you. Reason: %(reason)s")
NOBODY = gettext_lazy("%(number)s %(title)s: nobody stands on the rung of %(level)s; it went on to the next one.")


def climb_request(*, actor: Actor, request_id: int, reason: str, to_level: str = "", door: Door = NO_DOOR) -> Request:
    """Take a request up to the next link of its chain below the next rung, else to the next rung that somebody stands on.

    `to_level` skips levels, in an emergency only.

    Raises:
        Invalid: without a reason, above the top, for a level that is skipped without the emergency mark, and where nobody
            stands on any rung above; and what `take_step` raises.
    """
    words = rules.clean_words(reason, longest=LONGEST_NOTE, field="reason")
    return _climb(actor, request_id, words, door, to_level=to_level)


def hand_up_request(*, actor: Actor, request_id: int, reason: str, door: Door = NO_DOOR) -> Request:
    """Take a request up by the same way, inside the chain of its body only.

    Raises:
        Invalid: without a reason, at the top of the chain, and where the chain is broken; and what `climb_request` raises.
    """
    words = rules.clean_words(reason, longest=LONGEST_NOTE, field="reason")
    return _climb(actor, request_id, words, door, inside_chain=True)


def _climb(
    actor: Actor, request_id: int, words: str, door: Door, *, to_level: str = "", inside_chain: bool = False
) -> Request:
    with sent_once(f"account:{actor.account_id}", door.key, [request_id, Verb.CLIMB, words, to_level]) as send:
        request = locked(actor, request_id, door.seen_version)
        rules.may(actor, Verb.CLIMB, request).enforce()
        if inside_chain:
            must_have_above(request.body)
        link = link_above(request)
        if link is not None and not to_level:
            return _to_link(actor, request, link, words, send)
        return _to_rung(actor, request, _taken(request, _wanted(request, to_level, link)), words, send)


def _to_link(actor: Actor, request: Request, link: Body, words: str, send: Send) -> Request:
    _reach(request, level_of(current_playbook(), link.kind), RungKind.LINK, link)
    columns = {"body_id": link.pk, "rung": RungKind.LINK}
    advance(actor, request, Verb.CLIMB, Change(columns, internal_note=words), send)
    _notify(request, members_of(link, today()), words)
    return request


def _to_rung(actor: Actor, request: Request, taken: Standing, words: str, send: Send) -> Request:
    _reach(request, taken.rung.level, taken.rung.kind, taken.body)
    columns = {"body_id": taken.body.pk, "rung": taken.rung.kind}
    advance(actor, request, Verb.CLIMB, Change(columns, internal_note=_line(taken, words)), send)
    _tell(request, taken, words)
    return _whistle(request, taken, words) if taken.rung.kind == RungKind.WHISTLE else request


def _whistle(request: Request, taken: Standing, words: str) -> Request:
    """Call the departments of the rung to the spot, each with a part of its own; those that help already are not called twice."""
    helping = set(RequestPart.objects.filter(request=request).values_list("body_id", flat=True))
    called = [body for body in invited_to(taken.rung, request) if body.pk not in {*helping, taken.body.pk}]
    if not called:
        return request
    parts = [AskedPart(body.pk, words, RequestPart.Role.WHISTLED) for body in called]
    return ask_parts(actor=SYSTEM, request_id=request.pk, parts=parts)


def _wanted(request: Request, to_level: str, link: Body | None) -> Sequence[Rung]:
    above = rungs_above(request)
    if not above:
        raise Invalid(_("It stands on the highest rung; there is no level above it."))
    if not to_level or (above[0].level == to_level and link is None):
        return above
    fitting = [index for index, rung in enumerate(above) if rung.level == to_level]
    if not fitting:
        raise Invalid(fields={"to_level": _("There is no such level above it.")})
    if request.urgency != Urgency.EMERGENCY:
        why = _("Levels are skipped in an emergency only: mark it as one first, or take it up one level.")
        raise Invalid(fields={"to_level": why})
    return above[fitting[0] :]


def _taken(request: Request, rungs: Sequence[Rung]) -> Standing:
    taken = first_standing(rungs, request)
    if taken is not None:
        return taken
    raise Invalid(
        _("Nobody stands on any rung above it."),
        remedy=_("Ask the community to fill the posts there, or pass it on by hand."),
    )


def _reach(request: Request, level: str, kind: str, body: Body) -> None:
    """Note where it comes up to; where it sets out from is noted with the first stop that it reaches."""
    if not request.rung:
        origin = level_of(current_playbook(), request.body.kind)
        _note(request, origin, origin_kind(request.body.kind), request.body, request.received_at)
    _note(request, level, kind, body, now())


def _note(request: Request, level: str, kind: str, body: Body, at: datetime) -> None:
    """Note a stop once: a rung by its level and kind, a body of the chain by itself."""
    known, more = {"level": level, "kind": kind}, {"body": body, "at": at}
    if kind == RungKind.LINK:
        known, more = {"body": body, "kind": kind}, {"level": level, "at": at}
    Passage.objects.update_or_create(request=request, **known, defaults=more)


def _line(taken: Standing, words: str) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        place = level_named(current_playbook(), taken.rung.level)
        said = labelled(f"{place} {RungKind(taken.rung.kind).label}", words)
        empty = [level_named(current_playbook(), rung.level) for rung in taken.empty]
        return "\n".join([said, *(labelled(_("nobody on the rung"), level) for level in empty)])


def _notify(request: Request, people: list[int], words: str) -> None:
    named = {"number": request.number, "title": request.title, "reason": words}
    notify(people, CAME_UP, named, link=f"/desk/requests/{request.pk}")


def _tell(request: Request, taken: Standing, words: str) -> None:
    named = {"number": request.number, "title": request.title}
    link = f"/desk/requests/{request.pk}"
    _notify(request, taken.people, words)
    for rung in taken.empty:
        level = level_named(current_playbook(), rung.level)
        notify(_in_charge(request, taken), NOBODY, {**named, "level": level}, link=link)


def _in_charge(request: Request, taken: Standing) -> list[int]:
    """Return who sees to it that an empty rung is filled: the administrators, and those whom the request has reached."""
    administrators = holders_of([Role.ADMINISTRATOR], place_code=request.place_code, on=today())
    return [*administrators, *taken.people]

"""Side procedures of a request: one person asks, another one above grants or refuses; each is a line of the history."""

from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.organisations.queries import holders_of, members_of
from jinlin.people.models import Account
from jinlin.platform.access import Actor, Role
from jinlin.platform.dates import LOCAL, now, today
from jinlin.platform.errors import NotAllowed, NotFound, WrongState
from jinlin.platform.messages import notify
from jinlin.platform.sends import Send, sent_once
from jinlin.platform.wording import labelled
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import Approval as Procedure
from jinlin.requests import rules
from jinlin.requests.actions.effects import GRANTED
from jinlin.requests.actions.handling import LONGEST_NOTE, NO_DOOR
from jinlin.requests.actions.pausing import run_clocks, stop_clocks
from jinlin.requests.actions.steps import Change, Door, advance, locked
from jinlin.requests.asked import NOTHING_ASKED, Asked, asked_words, kept_asked
from jinlin.requests.models import Approval, Request
from jinlin.requests.rules import approvals as approving
from jinlin.requests.states import Verb

STATE = Approval.State
ASKED = gettext_lazy("%(number)s %(title)s: “%(kind)s” was asked for, please decide. %(words)s")
GRANTED_WORDS = gettext_lazy("%(number)s %(title)s: “%(kind)s” was granted. %(words)s")
REFUSED_WORDS = gettext_lazy("%(number)s %(title)s: “%(kind)s” was refused. %(words)s")


def ask_approval(
    *, actor: Actor, request_id: int, kind: str, reason: str, asked: Asked = NOTHING_ASKED, door: Door = NO_DOOR
) -> Request:
    """Ask for a side procedure with a reason; those who decide are told, and the clock stands if the playbook says so.

    Raises:
        Invalid: without a reason, or for something that goes too far; NotAllowed: too late, too often, or with nobody there
            who decides; and what `take_step` raises.
    """
    words = rules.clean_words(reason, longest=LONGEST_NOTE, field="reason")
    contents = [request_id, Verb.ASK, kind, words, str(asked)]
    with sent_once(f"account:{actor.account_id}", door.key, contents) as send:
        request = locked(actor, request_id, door.seen_version)
        procedure = _askable(actor, request, kind)
        approval = _written(actor, request, procedure, words, asked)
        deciders = _deciders(procedure, approval, request)
        approval.save(force_insert=True)
        if procedure.stops_while_asked:
            stop_clocks(request, approval, approval.asked_at)
        change = Change({"asked": request.asked + 1}, internal_note=_line(approval, words))
        advance(actor, request, Verb.ASK, change, send)
        _tell(deciders, ASKED, approval, words)
    return request


def _askable(actor: Actor, request: Request, kind: str) -> Procedure:
    rules.may(actor, Verb.ASK, request).enforce()
    for procedure in approving.askable(rules.parts_by_post(actor, request), request):
        if procedure.kind == kind:
            approving.may_ask_now(procedure, request, now(), request.approvals.all()).enforce()
            return procedure
    raise NotAllowed(_("This cannot be asked for here now."))


def _written(actor: Actor, request: Request, procedure: Procedure, words: str, asked: Asked) -> Approval:
    return Approval(
        request=request,
        kind=procedure.kind,
        asked_by_id=actor.account_id,
        asked_at=now(),
        place_code=rules.area_of(actor, request),
        reason=words,
        wish=kept_asked(procedure, request, asked),
    )


def _deciders(procedure: Procedure, approval: Approval, request: Request) -> list[int]:
    """Return the persons who can decide.

    Raises:
        NotAllowed: when there is nobody; what is asked of nobody would lie for ever.
    """
    area = min(approval.place_code, request.place_code, key=len)
    holders = holders_of(map(Role, procedure.decided_by), place_code=area, on=today())
    others = set(holders) - {_asker(approval)}
    if approval.kind == Approval.Kind.APPEAL:
        others -= set(members_of(request.body_id, today()))
    if not others:
        why = _("Nobody but you holds a post that decides about it: %(roles)s.")
        raise NotAllowed(why % {"roles": approving.who_decides(procedure)})
    return sorted(others)


def _asker(approval: Approval) -> int | None:
    return Account.objects.filter(pk=approval.asked_by_id).values_list("person_id", flat=True).first()


def grant_approval(
    *, actor: Actor, request_id: int, approval_id: int, words: str = "", door: Door = NO_DOOR
) -> Request:
    """Grant what was asked for; what follows from it happens at once.

    Raises:
        WrongState: when it is decided already, or the request has moved on; NotAllowed: for the asker, and for a post
            that does not decide about it; and what `take_step` raises.
    """
    said = rules.clean_words(words, longest=LONGEST_NOTE, field="words", needed=False)
    with sent_once(f"account:{actor.account_id}", door.key, [request_id, Verb.GRANT, approval_id, said]) as send:
        approval = _to_be_decided(actor, request_id, approval_id, Verb.GRANT, door)
        _close(approval, STATE.GRANTED, actor, said)
        _grant(actor, approval, send)
        _tell([_asker(approval)], GRANTED_WORDS, approval, said)
    return approval.request


def refuse_approval(*, actor: Actor, request_id: int, approval_id: int, words: str, door: Door = NO_DOOR) -> Request:
    """Refuse what was asked for, with the reason that the asker reads; the clock runs on.

    Raises:
        Invalid: without a reason; and what `grant_approval` raises.
    """
    said = rules.clean_words(words, longest=LONGEST_NOTE, field="words")
    with sent_once(f"account:{actor.account_id}", door.key, [request_id, Verb.REFUSE, approval_id, said]) as send:
        approval = _to_be_decided(actor, request_id, approval_id, Verb.REFUSE, door)
        _close(approval, STATE.REFUSED, actor, said)
        _end_without(actor, approval, Verb.REFUSE, send)
        _tell([_asker(approval)], REFUSED_WORDS, approval, said)
    return approval.request


def take_back_approval(*, actor: Actor, request_id: int, approval_id: int, door: Door = NO_DOOR) -> Request:
    """Take back what one asked for oneself, as long as it is not decided; the clock runs on.

    Raises:
        NotAllowed: for everybody but the asker; and what `grant_approval` raises.
    """
    with sent_once(f"account:{actor.account_id}", door.key, [request_id, Verb.TAKE_BACK, approval_id]) as send:
        approval = _waiting(locked(actor, request_id, door.seen_version), approval_id)
        if approval.asked_by_id != actor.account_id:
            raise NotAllowed(_("Only whoever asked takes it back."))
        _close(approval, STATE.TAKEN_BACK, actor, "")
        _end_without(actor, approval, Verb.TAKE_BACK, send)
    return approval.request


def _to_be_decided(actor: Actor, request_id: int, approval_id: int, verb: Verb, door: Door) -> Approval:
    request = locked(actor, request_id, door.seen_version)
    approval = _waiting(request, approval_id)
    rules.may(actor, verb, request).enforce()
    approving.may_decide(actor, approval, request).enforce()
    return approval


def _waiting(request: Request, approval_id: int) -> Approval:
    approval = request.approvals.filter(pk=approval_id).first()
    if approval is None:
        raise NotFound
    if approval.state != STATE.ASKED:
        told = _("Somebody else was first; it is %(state)s.") % {"state": approval.get_state_display()}
        raise WrongState(told)
    approval.request = request
    return approval


def _close(approval: Approval, state: str, actor: Actor, words: str) -> None:
    approval.state, approval.words = state, words
    approval.decided_by_id, approval.decided_at = actor.account_id, now()
    approval.save(update_fields=["state", "words", "decided_by_id", "decided_at"])


def _grant(actor: Actor, approval: Approval, send: Send) -> None:
    request, at = approval.request, approval.decided_at or now()
    procedure = current_playbook().approval_of(approval.kind)
    if procedure is None or request.state not in procedure.states:
        raise WrongState(_("The request has moved on, so that it cannot be granted any more; refuse it."))
    _turn_pause(procedure, approval, at)
    effect = GRANTED[Approval.Kind(approval.kind)]
    columns = {"asked": request.asked - 1, **effect.columns(request, approval, at)}
    change = Change(columns, note=_told(procedure, request), internal_note=_line(approval, approval.words))
    advance(actor, request, Verb.GRANT, change, send)
    effect.after(actor, request, approval)


def _turn_pause(procedure: Procedure, approval: Approval, at: datetime) -> None:
    if procedure.stops_while_asked and not procedure.stops_after:
        run_clocks(approval.request, approval, at)
    if procedure.stops_after and not procedure.stops_while_asked:
        stop_clocks(approval.request, approval, at)


def _told(procedure: Procedure, request: Request) -> str:
    """Return what the reporter reads, with the deadline that holds now."""
    due = request.promised_at
    return procedure.told.format(number=request.number, due=f"{due.astimezone(LOCAL):%Y-%m-%d %H:%M}" if due else "")


def _end_without(actor: Actor, approval: Approval, verb: Verb, send: Send) -> None:
    request = approval.request
    run_clocks(request, approval, approval.decided_at or now())
    change = Change({"asked": request.asked - 1}, internal_note=_line(approval, approval.words))
    advance(actor, request, verb, change, send)


def _name(approval: Approval) -> str:
    """Return what the place calls the procedure, in the language of the house."""
    procedure = current_playbook().approval_of(approval.kind)
    return procedure.name if procedure else str(approval.get_kind_display())


def _line(approval: Approval, words: str) -> str:
    """Return what the history says among officers, in the language of the house."""
    with translation.override(settings.LANGUAGE_CODE):
        said = [part for part in (asked_words(approval.wish), words) if part]
        return labelled(_name(approval), "；".join(said)) if said else _name(approval)


def _tell(people: list[int | None], template: str, approval: Approval, words: str) -> None:
    request = approval.request
    with translation.override(settings.LANGUAGE_CODE):
        name = _name(approval)
    values = {"number": request.number, "title": request.title, "kind": name, "words": words}
    notify([one for one in people if one is not None], template, values, link=f"/desk/requests/{request.pk}")

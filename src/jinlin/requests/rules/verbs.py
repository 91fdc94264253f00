"""Who may take which step of a request."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from jinlin.platform.access import Actor
from jinlin.platform.dates import now
from jinlin.platform.rulings import YES, Ruling, no
from jinlin.platform.wording import in_a_row
from jinlin.playbooks.here import current_playbook
from jinlin.requests.models import Request
from jinlin.requests.rules import approvals as approving
from jinlin.requests.rules.parts import ENTRY_ROLES, PARTS_BY_POST, Part, parts_played
from jinlin.requests.states import OWED, STEPS_OF_PARTS, TABLE, State, Verb
from jinlin.territory.models import Place

WHO_MAY: dict[Verb, set[Part]] = {
    Verb.ACCEPT: {Part.RECEPTION},
    Verb.COORDINATE: {Part.COORDINATOR},
    Verb.DECLINE: {Part.RECEPTION},
    Verb.CLASSIFY: {Part.RECEPTION},
    Verb.RELOCATE: {Part.RECEPTION},
    Verb.DISPATCH: {Part.RECEPTION},
    Verb.TRANSFER: {Part.RECEPTION, Part.HANDLER},
    Verb.SEND_BACK: {Part.HANDLER},
    Verb.SIGN: {Part.HANDLER},
    Verb.START: {Part.HANDLER},
    Verb.REPORT: {Part.HANDLER, Part.COORDINATOR},
    Verb.HANDLE: {Part.HANDLER, Part.COORDINATOR},
    Verb.CALL_BACK: {Part.RECEPTION},
    Verb.CLOSE: {Part.REPORTER, Part.RECEPTION, Part.SYSTEM},
    Verb.SETTLE: {Part.COORDINATOR},
    Verb.REWORK: {Part.REPORTER, Part.RECEPTION},
    Verb.REOPEN: {Part.REPORTER, Part.RECEPTION},
    Verb.RESUBMIT: {Part.REPORTER, Part.RECEPTION},
    Verb.WITHDRAW: {Part.REPORTER},
    Verb.ADD: {Part.REPORTER, Part.RECEPTION, Part.HANDLER, Part.ENTERED},
    Verb.MERGE: {Part.RECEPTION},
    Verb.UNMERGE: {Part.RECEPTION, Part.SYSTEM},
    Verb.SPLIT: {Part.RECEPTION, Part.HANDLER, Part.SYSTEM},
    Verb.PART_SIGN: {Part.HELPER, Part.RECEPTION, Part.HANDLER},
    Verb.PART_RETURN: {Part.HELPER, Part.RECEPTION, Part.HANDLER},
    Verb.PART_DONE: {Part.HELPER, Part.RECEPTION, Part.HANDLER},
    Verb.PART_OFF: {Part.RECEPTION, Part.HANDLER},
    Verb.ESCALATE: {Part.SYSTEM},
    Verb.LEAD: {Part.LEADER},
    Verb.ASK: {Part.HANDLER, Part.RECEPTION},
    Verb.GRANT: {Part.DECIDER},
    Verb.REFUSE: {Part.DECIDER},
    Verb.TAKE_BACK: {Part.HANDLER, Part.RECEPTION},
    Verb.CLIMB: {Part.HANDLER, Part.RECEPTION},
    Verb.CONVENE: {Part.HANDLER},
    Verb.MEET: {Part.HANDLER},
    Verb.RESUME: {Part.HANDLER, Part.RECEPTION, Part.SYSTEM},
    Verb.JUDGE: {Part.RECEPTION},
}


def may(actor: Actor, verb: Verb, request: Request) -> Ruling:
    """Say whether the actor's part in the request gives them this step; the state is asked elsewhere."""
    return _ruling(parts_played(actor, request, WHO_MAY[verb]), verb, request)


def _ruling(parts: set[Part], verb: Verb, request: Request) -> Ruling:
    if parts & WHO_MAY[verb]:
        return (
            _in_time(verb, request)
            and _parts_come_first(verb, request)
            and _call_back_comes_first(parts, verb, request)
            and _approvals_allow(parts, verb, request)
        )
    return no(_("This step belongs to somebody else's part in the request."))


def _in_time(verb: Verb, request: Request) -> Ruling:
    return may_take_up_again(request) if verb in {Verb.REOPEN, Verb.RESUBMIT} else YES


def may_take_up_again(request: Request) -> Ruling:
    """Say whether the days in which the place takes up again what has ended are still running."""
    if request.closed_at is None:
        return YES
    reopening = current_playbook().reopening
    if request.state not in reopening.states:
        return no(_("Here nothing is taken up again from this state; raise it anew."))
    if request.closed_at + timedelta(days=reopening.days) >= now():
        return YES
    words = _("It ended more than %(days)s days ago; raise it anew, the earlier one stays readable.")
    return no(words % {"days": reopening.days})


def _parts_come_first(verb: Verb, request: Request) -> Ruling:
    if verb in STEPS_OF_PARTS and not request.parts_owed:
        return no(_("No part of it is owed by anybody."))
    if verb not in {Verb.HANDLE, Verb.MERGE} or not request.parts_owed:
        return YES
    bodies = in_a_row(request.parts.filter(state__in=OWED).values_list("body__name", flat=True))
    words = _("A part is still owed by %(bodies)s. Wait for the answer, or call the part off with a reason.")
    return no(words % {"bodies": bodies})


def _call_back_comes_first(parts: set[Part], verb: Verb, request: Request) -> Ruling:
    closing = verb in {Verb.CLOSE, Verb.REWORK}
    if closing and not parts & {Part.REPORTER, Part.SYSTEM} and request.state != State.CALL_BACK:
        return no(_("Without the reporter's own rating, a call-back has to be made first."))
    return YES


def _approvals_allow(parts: set[Part], verb: Verb, request: Request) -> Ruling:
    if verb == Verb.ASK and not approving.askable(parts, request):
        return no(_("Nothing can be asked for here now."))
    if verb in {Verb.CONVENE, Verb.MEET} and request.rung != "meeting":
        return no(_("It does not stand on the rung of a joint meeting."))
    return approving.stands_open(verb, request)


def kinds_by_post(actor: Actor, request: Request) -> set[str]:
    """Return the kinds of approval that the actor's posts let them ask for in the request's state."""
    return {row.kind for row in approving.askable(parts_played(actor, request, PARTS_BY_POST), request)}


def verbs_of_reporter(request: Request) -> set[Verb]:
    """Return the steps that whoever raised it may take now."""
    return {verb for verb in open_verbs(request) if _ruling({Part.REPORTER}, verb, request)}


def verbs_by_post(actor: Actor, request: Request) -> set[Verb]:
    """Return the steps that the actor's posts let them take now, without a look into the database.

    What they may do because they raised it themselves is not among them; that is done at the resident's door.
    """
    parts = parts_played(actor, request, {*PARTS_BY_POST, Part.ENTERED})
    return {verb for verb in open_verbs(request) if _ruling(parts, verb, request)}


def open_verbs(request: Request) -> list[Verb]:
    """Return the steps that the request's state allows, whoever takes them."""
    return [Verb(verb) for verb in TABLE.verbs_from(request.state)]


def possible_verbs(actor: Actor, request: Request) -> list[Verb]:
    """Return the steps that this actor may take now."""
    parts = parts_played(actor, request)
    return [verb for verb in open_verbs(request) if _ruling(parts, verb, request)]


def may_enter_for_others(actor: Actor, place: Place | None) -> Ruling:
    """Say whether the actor may enter what somebody else says there, by telephone, at the desk or on a visit.

    Where no place is given, it is enough to hold such a post anywhere.
    """
    grants = actor.grants_as(ENTRY_ROLES)
    if any(place is None or grant.covers(place.code, (place.grid_id, place.estate_id)) for grant in grants):
        return YES
    return no(
        _("Only the community's staff, grid members and neighbour heads enter requests for others, in their area.")
    )


def may_note_internally(actor: Actor, request: Request) -> Ruling:
    """Say whether the actor may leave a word among officers."""
    if parts_played(actor, request, {Part.RECEPTION, Part.HANDLER}):
        return YES
    return no(_("Only those who receive or handle the request write notes among officers."))

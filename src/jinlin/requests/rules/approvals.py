"""What may be asked for in a request, by whom, and who decides: the rules of side procedures, as the playbook has them."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from jinlin.algorithms.place_codes import is_within
from jinlin.platform.access import Actor, Role
from jinlin.platform.rulings import YES, Ruling, no
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import Approval as Procedure
from jinlin.playbooks.wording import name_of
from jinlin.requests.models import Approval, Clock, Request
from jinlin.requests.states import Verb

BY_APPROVAL = {Verb.SEND_BACK: Approval.Kind.RETURN, Verb.TRANSFER: Approval.Kind.TRANSFER}
"""Steps that anybody with the part takes, unless the playbook has a side procedure for them."""
CLOSED_WHILE_SUSPENDED = frozenset(
    {Verb.DISPATCH, Verb.TRANSFER, Verb.SEND_BACK, Verb.SIGN, Verb.START, Verb.HANDLE, Verb.DECLINE, Verb.CLIMB}
)


def procedures() -> tuple[Procedure, ...]:
    """Return the side procedures of the place."""
    return current_playbook().approval


def deciding_roles() -> set[Role]:
    """Return the roles that decide about anything."""
    return {Role(role) for row in procedures() for role in row.decided_by}


def stands_open(verb: Verb, request: Request) -> Ruling:
    """Say whether a side procedure has closed this step: one that needs an approval here, or one during a suspension."""
    if request.suspended_until is not None and verb in CLOSED_WHILE_SUSPENDED:
        return no(_("It is suspended until %(day)s; end the suspension first.") % {"day": request.suspended_until})
    if verb == Verb.RESUME and request.suspended_until is None:
        return no(_("It is not suspended."))
    if verb in {Verb.GRANT, Verb.REFUSE, Verb.TAKE_BACK} and not request.asked:
        return no(_("Nothing waits for a decision here."))
    kind = BY_APPROVAL.get(verb)
    procedure = current_playbook().approval_of(kind.value) if kind else None
    if procedure is not None:
        return no(_("Here this needs an approval: ask for “%(name)s”.") % {"name": name_of(procedure)})
    return YES


def askable(parts: Iterable[str], request: Request) -> list[Procedure]:
    """Return what those with these parts may ask for in the request's state, before looking at deadline and number."""
    held = set(parts)
    return [row for row in procedures() if request.state in row.states and held & set(row.asked_by)]


def may_ask_now(procedure: Procedure, request: Request, at: datetime, before: Iterable[Approval]) -> Ruling:
    """Say whether it can be asked for at this moment; `before` is what was asked for in this request before.

    The rules, with the reason that the asker reads: in time, not twice at once, not more often than the playbook allows.
    """
    same = [row for row in before if row.kind == procedure.kind]
    name = {"name": name_of(procedure)}
    if any(row.state == Approval.State.ASKED for row in same):
        return no(_("“%(name)s” was asked for already and waits for a decision.") % name)
    granted = sum(row.state == Approval.State.GRANTED for row in same)
    if procedure.often is not None and granted >= procedure.often:
        return no(_("“%(name)s” is granted %(often)s times at most.") % {**name, "often": procedure.often})
    if procedure.kind == Approval.Kind.SUSPENSION and request.suspended_until is not None:
        return no(_("It is suspended already."))
    return _in_time(procedure, request, at)


def _in_time(procedure: Procedure, request: Request, at: datetime) -> Ruling:
    if not procedure.before_due or request.stopped_at is not None:
        return YES
    due = request.promises.get(Clock.Milestone.FINAL)
    if due is None:
        return no(_("No final answer is owed at present, so there is nothing to extend."))
    if datetime.fromisoformat(due) < at:
        why = _("“%(name)s” is asked for before the deadline, and that has passed. The rule: %(rule)s")
        return no(why % {"name": name_of(procedure), "rule": procedure.basis or _("before the deadline")})
    return YES


def may_decide(actor: Actor, approval: Approval, request: Request) -> Ruling:
    """Say whether the actor decides: another person, in a post that the playbook names, at least as high as the asker's."""
    if approval.asked_by_id is not None and actor.account_id == approval.asked_by_id:
        return no(_("Whoever asks does not decide; another person does."))
    procedure = current_playbook().approval_of(approval.kind)
    if procedure is None:
        return no(_("The work method of this place has no such procedure any more; it can only be taken back."))
    zones = (request.grid_id, request.estate_id)
    if approval.kind == Approval.Kind.APPEAL and any(grant.body_id == request.body_id for grant in actor.grants):
        return no(_("The body that is judged does not decide about its own rating."))
    for grant in actor.grants_as({Role(role) for role in procedure.decided_by}):
        if grant.covers(request.place_code, zones) and is_within(approval.place_code, grant.place_code):
            return YES
    return no(
        _("This is decided by: %(roles)s, at least as high as whoever asked.") % {"roles": who_decides(procedure)}
    )


def who_decides(procedure: Procedure) -> str:
    """Return the posts that decide, in words."""
    posts = [post for post in current_playbook().post if post.role in procedure.decided_by]
    return "、".join(dict.fromkeys(name_of(post) for post in posts))

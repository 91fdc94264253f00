"""The steps of a proposal: sent to forums with a reason, not taken up, answered on the ground of minutes, withdrawn."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.algorithms.chinese_text import find_personal
from jinlin.deliberation import rules
from jinlin.deliberation.models import Proposal, Route
from jinlin.deliberation.states import PROPOSALS, ProposalVerb
from jinlin.organisations.models import Body
from jinlin.people.supports import subject_of, supporters_of
from jinlin.platform.access import Actor
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid, Words, WrongState
from jinlin.platform.messages.notices import notify
from jinlin.platform.sends import ANY_DOOR, Door
from jinlin.platform.stepping import Steps, Taken, locked_row
from jinlin.platform.works import Brief, Outcome, Purpose, make, works_for

LONGEST_REASON, LONGEST_ANSWER = 300, 2_000
V = ProposalVerb
TOLD: Mapping[ProposalVerb, Words] = {
    V.ROUTE: gettext_lazy("Your proposal is being talked over: %(title)s."),
    V.DECLINE: gettext_lazy("Your proposal was not taken up; read why: %(title)s."),
    V.MERGE: gettext_lazy("Your proposal goes on together with another one: %(title)s."),
    V.SEPARATE: gettext_lazy("Your proposal goes on by itself again: %(title)s."),
    V.ANSWER: gettext_lazy("There is an answer to a proposal: %(title)s."),
}
"""What whoever proposed it hears of a step that somebody else took; of an answer those hear who support it, too."""


def unfit(words: str, most: int, *, needed: bool = True) -> Words:
    """Return why words cannot stand where everybody reads them, or an empty string."""
    said = words.strip()
    if needed and not said:
        return _("Please say it in a few words.")
    if len(said) > most:
        return _("At most %(most)s characters.") % {"most": most}
    return _("Everybody reads this: leave names, telephone and identity numbers out.") if find_personal(said) else ""


def _clean(words: str, most: int, field: str = "words") -> str:
    if why := unfit(words, most):
        raise Invalid(fields={field: why})
    return words.strip()


def route(*, actor: Actor, proposal_id: int, forums: Sequence[str], reason: str, door: Door = ANY_DOOR) -> Proposal:
    """Send a proposal to one or more forums, with the reason why there; it may be sent to further ones later.

    Raises:
        NotFound, NotAllowed, WrongState, Stale, RepeatedSend, KeyReused.
        Invalid: no forum, one that the place does not have, one that it was sent to before, or no reason.
    """
    said, wanted = _clean(reason, LONGEST_REASON, "reason"), list(dict.fromkeys(forums))
    known = {row.key for row in rules.forums()}
    if not wanted or not set(wanted) <= known:
        raise Invalid(fields={"forums": _("Choose one forum or more from the list.")})
    with STEPS.sent(actor, proposal_id, V.ROUTE, door, [said, wanted]) as proposal:
        if proposal.routes.filter(forum__in=wanted).exists():
            raise Invalid(fields={"forums": _("It was sent there before.")})
        STEPS.advance(actor, proposal, V.ROUTE, words=said)
        Route.objects.bulk_create(Route(proposal=proposal, forum=key, reason=said, at=now()) for key in wanted)
    return proposal


def decline(*, actor: Actor, proposal_id: int, answer: str, door: Door = ANY_DOOR) -> Proposal:
    """Do not take a proposal up, with the answer why. Raises: as `route`."""
    said = _clean(answer, LONGEST_ANSWER, "answer")
    columns = {"answer": said, "answered_at": now()}
    return STEPS.take(actor, proposal_id, V.DECLINE, door, words=said, columns=columns)


def answer(
    *, actor: Actor, proposal_id: int, answer: str, becomes: str = "", body: Body | None = None, door: Door = ANY_DOOR
) -> Proposal:
    """Answer a proposal after it was talked over; `becomes` says what is made of it, such as a request, for `body`.

    Raises:
        NotFound, NotAllowed, Stale, RepeatedSend, KeyReused, and what the app raises that makes it.
        WrongState: not routed, or no talk about it has been concluded with its minutes.
        Invalid: without an answer, or with personal data in it.
    """
    said = _clean(answer, LONGEST_ANSWER, "answer")
    with STEPS.sent(actor, proposal_id, V.ANSWER, door, [said, becomes, body and body.pk]) as proposal:
        STEPS.may(actor, V.ANSWER, proposal).enforce()
        if not was_talked_over(proposal):
            raise WrongState(
                _("A conclusion rests on the minutes of a talk, and no talk about it has been closed yet.")
            )
        columns = {"answer": said, "answered_at": now()}
        if becomes:
            brief = Brief(
                f"proposal:{proposal.pk}", proposal.title, said, proposal.place_code, body.pk if body else None
            )
            columns["became"] = make(actor, becomes, brief)
        STEPS.advance(actor, proposal, V.ANSWER, words=said, columns=columns)
    return proposal


def was_talked_over(proposal: Proposal) -> bool:
    """Say whether a talk about the proposal has come to its end, with whatever result."""
    talks = (work for work in works_for(f"proposal:{proposal.pk}") if work.purpose == Purpose.DISCUSS)
    return any(work.outcome in {Outcome.DONE, Outcome.PASSED, Outcome.FAILED} and work.concluded_at for work in talks)


def withdraw(*, actor: Actor, proposal_id: int, door: Door = ANY_DOOR) -> Proposal:
    """Withdraw what one has proposed. Raises: as `route`."""
    return STEPS.take(actor, proposal_id, V.WITHDRAW, door)


def _locked(actor: Actor, proposal_id: int) -> Proposal:
    return locked_row(Proposal, proposal_id, visible=rules.visible_to(actor))


def _about(proposal: Proposal) -> Mapping[str, Any]:
    return {"place_code": proposal.place_code, "person_id": proposal.person_id}


def _follow(taken: Taken[Proposal]) -> None:
    proposal, words = taken.row, TOLD.get(ProposalVerb(taken.verb))
    if words is None:
        return
    told = {proposal.person_id} if proposal.person_id else set()
    if taken.verb in {V.ANSWER, V.DECLINE}:
        joined = list(proposal.joined.values_list("pk", "person_id"))
        told |= {person for _pk, person in joined if person}
        subjects = [subject_of("proposal", pk) for pk in (proposal.pk, *(pk for pk, _person in joined))]
        told |= supporters_of(subjects, now())
    notify(told - {taken.actor.person_id}, words, {"title": proposal.title}, link=f"/proposals/{proposal.pk}/")


STEPS = Steps(audited="deliberation.{verb}", table=PROPOSALS, lock=_locked, may=rules.may, about=_about, follow=_follow)

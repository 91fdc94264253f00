"""The end of a request: the reporter's rating or the call-back closes it or sends it back; silence closes it in time."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from jinlin.platform.access import SYSTEM, Actor
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid
from jinlin.platform.sends import sent_once
from jinlin.platform.tasks import Tally, one_by_one
from jinlin.playbooks.here import current_playbook
from jinlin.requests import rules
from jinlin.requests.actions.reopening import take_up_again
from jinlin.requests.actions.steps import Change, Door, advance, locked, take_step
from jinlin.requests.models import CallBack, Outcome, Rating, Request, Step
from jinlin.requests.publishing import keep_public_rating
from jinlin.requests.states import State, Verb


@dataclass(frozen=True)
class Judgement:
    """What the person says of the handling: was there an answer, is it solved, are they satisfied."""

    responded: bool
    solved: str
    satisfied: str
    comment: str = ""

    @property
    def sends_back(self) -> bool:
        """Not solved means that it goes back to work; dissatisfaction with solved work does not."""
        return self.solved == Rating.Solved.NO


def rate_request(
    *, actor: Actor, request_id: int, judgement: Judgement, ask_again: bool = True, door: Door | None = None
) -> Request:
    """Let the reporter judge the handling: solved closes it; not solved sends it back, unless they leave it at that.

    Raises:
        Invalid: for an answer that is none of the choices; and what `take_step` raises.
    """
    return _judge(actor, request_id, judgement, ask_again=ask_again, by_call_back=False, door=door or Door())


def begin_call_back(*, actor: Actor, request_id: int, door: Door | None = None) -> Request:
    """Take a handled request for a call-back (回访).

    Raises:
        What `take_step` raises.
    """
    return take_step(actor=actor, request_id=request_id, verb=Verb.CALL_BACK, change=Change(), door=door or Door())[0]


def record_call_back(
    *, actor: Actor, request_id: int, judgement: Judgement, ask_again: bool = True, door: Door | None = None
) -> Request:
    """Write down what the reporter said in a call-back; it counts like their own rating.

    Raises:
        Invalid, and what `take_step` raises.
    """
    return _judge(actor, request_id, judgement, ask_again=ask_again, by_call_back=True, door=door or Door())


def record_failed_call_back(*, actor: Actor, request_id: int, reason: str, door: Door | None = None) -> Request:
    """Close a request whose reporter could not be reached; such a call-back is not valid and counts in no rate.

    A valid judgement that the reporter gave before counts on.

    Raises:
        Invalid: without a reason; and what `take_step` raises.
    """
    words = rules.clean_words(reason, longest=500, field="reason")
    with sent_once(f"account:{actor.account_id}", (door or Door()).key, [request_id, "failed", words]) as send:
        request = locked(actor, request_id, (door or Door()).seen_version)
        advance(actor, request, Verb.CLOSE, Change(internal_note=words), send)
        write_rating(request, by_call_back=True, valid=False, comment=words)
    return request


def write_rating(request: Request, **judged: Any) -> Rating:
    """Write a judgement of a locked request, under the rating scheme of the day; it ends a call-back that was drawn.

    It is the newest from now on, unless it says only that nobody was reached where a valid one counts already.
    """
    before = request.ratings.filter(newest=True)
    newest = judged.get("valid", True) or not before.filter(valid=True).exists()
    if newest:
        before.update(newest=False)
    scheme = current_playbook().rating_on(today()).version
    rating: Rating = request.ratings.create(at=now(), scheme=scheme, newest=newest, **judged)
    if rating.by_call_back:
        CallBack.objects.filter(request=request, rating=None).update(rating=rating)
    return rating


def record_late_call_back(
    *, actor: Actor, request_id: int, judgement: Judgement, ask_again: bool = True, door: Door | None = None
) -> Request:
    """Write down what the reporter of a closed request said in a call-back.

    Not solved, it is closed without being fixed, and taken up again where the place's days allow, unless they leave it.

    Raises:
        Invalid: for an answer that is none of the choices; and what `take_step` raises.
    """
    comment, door = _checked(judgement), door or Door()
    contents = [request_id, Verb.JUDGE, judgement.solved, judgement.satisfied, comment]
    with sent_once(f"account:{actor.account_id}", door.key, contents) as send:
        request = locked(actor, request_id, door.seen_version)
        advance(actor, request, Verb.JUDGE, Change(_outcome(judgement), note=comment), send)
        _write_judgement(request, judgement, comment, by_call_back=True)
        if judgement.sends_back and ask_again and rules.may(actor, Verb.REOPEN, request):
            take_up_again(actor, request, comment, send)
    return request


def _checked(judgement: Judgement) -> str:
    """Return the words of a judgement, cleaned."""
    if judgement.solved not in Rating.Solved or judgement.satisfied not in Rating.Satisfied:
        raise Invalid(fields={"solved": _("Please answer both questions.")})
    return rules.clean_words(judgement.comment, longest=1000, field="comment", needed=False)


def _write_judgement(request: Request, judgement: Judgement, comment: str, *, by_call_back: bool) -> Rating:
    rating = write_rating(
        request,
        by_call_back=by_call_back,
        responded=judgement.responded,
        solved=judgement.solved,
        satisfied=judgement.satisfied,
        comment=comment,
    )
    keep_public_rating(request, rating)
    return rating


def _outcome(judgement: Judgement) -> dict[str, str]:
    """Return what the judgement says of the outcome: not solved is closed without being fixed, whatever the answer said."""
    return {"outcome": Outcome.NOT_FIXED} if judgement.sends_back else {}


def _judge(
    actor: Actor, request_id: int, judgement: Judgement, *, ask_again: bool, by_call_back: bool, door: Door
) -> Request:
    comment = _checked(judgement)
    verb = Verb.REWORK if judgement.sends_back and ask_again else Verb.CLOSE
    contents = [request_id, verb, judgement.solved, judgement.satisfied, comment]
    with sent_once(f"account:{actor.account_id}", door.key, contents) as send:
        request = locked(actor, request_id, door.seen_version)
        advance(actor, request, verb, Change(_outcome(judgement), note=comment), send)
        _write_judgement(request, judgement, comment, by_call_back=by_call_back)
    return request


def close_unrated() -> Tally:
    """Close what was handled longer ago than the rating period without a word from the reporter."""
    scheme = current_playbook().rating_on(today())
    limit = now() - timedelta(days=scheme.rating_days)
    handled = Step.objects.filter(request=OuterRef("pk"), verb=Verb.HANDLE)
    waiting = Request.objects.filter(Exists(handled), ~Exists(handled.filter(at__gt=limit)), state=State.HANDLED)
    return one_by_one(_close_unrated, list(waiting.values_list("pk", flat=True)))


def _close_unrated(request_id: int) -> Request:
    return take_step(actor=SYSTEM, request_id=request_id, verb=Verb.CLOSE, change=Change(), door=Door())[0]

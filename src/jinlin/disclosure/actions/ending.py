"""Ends notices whose period is over and whose objections are answered, and counts provisional last days again."""

from django.db import transaction

from jinlin.disclosure.actions.posting import period_from
from jinlin.disclosure.actions.steps import STEPS, locked
from jinlin.disclosure.models import PublicNotice
from jinlin.disclosure.rules.notices import can_end, still_missing
from jinlin.disclosure.states import NoticeState, NoticeVerb
from jinlin.platform.access import SYSTEM, Actor
from jinlin.platform.dates import local_day, now, today
from jinlin.platform.errors import WrongState
from jinlin.platform.sends import ANY_DOOR, Door
from jinlin.platform.tasks import Tally, one_by_one
from jinlin.platform.wording import in_a_row


def end_notice(*, actor: Actor, notice_id: int, door: Door = ANY_DOOR) -> PublicNotice:
    """End a notice whose period is over and whose objections are all answered; it stays in the archive.

    Raises:
        NotFound, NotAllowed, Stale, RepeatedSend, KeyReused; WrongState that says what is still missing.
    """
    with STEPS.sent(actor, notice_id, NoticeVerb.END, door, []) as notice:
        missing = still_missing(notice) if notice.state == NoticeState.POSTED else []
        if missing:
            raise WrongState(in_a_row(missing))
        STEPS.advance(actor, notice, NoticeVerb.END, columns={"ended_at": now()})
    return notice


def end_if_ready(notice: PublicNotice) -> None:
    """End a locked notice if nothing keeps it any more; the transaction is the caller's."""
    if notice.state == NoticeState.POSTED and can_end(notice):
        STEPS.advance(SYSTEM, notice, NoticeVerb.END, columns={"ended_at": now()})


def end_over() -> Tally:
    """End every notice whose period is over and that nothing keeps."""
    over = PublicNotice.objects.filter(state=NoticeState.POSTED, last_day__lt=today()).order_by("last_day", "pk")
    return one_by_one(_end_one, list(over.values_list("pk", flat=True)))


def _end_one(notice_id: int) -> bool:
    with transaction.atomic():
        notice = locked(SYSTEM, notice_id)
        end_if_ready(notice)
    return notice.state == NoticeState.ENDED


def recount() -> Tally:
    """Count the last day of running notices again that rest on a year whose official notice was not out.

    A day that was told is never brought forward: people rely on it.
    """
    waiting = PublicNotice.objects.filter(state=NoticeState.POSTED, provisional=True, last_day__gte=today())
    return one_by_one(_recount_one, list(waiting.values_list("pk", flat=True)))


def _recount_one(notice_id: int) -> bool:
    with transaction.atomic():
        notice = locked(SYSTEM, notice_id)
        if notice.posted_at is None or notice.last_day is None:
            return False
        found = period_from(local_day(notice.posted_at), notice.days, notice.unit)
        changed = {"last_day": max(found.day, notice.last_day), "provisional": found.provisional}
        if all(getattr(notice, name) == value for name, value in changed.items()):
            return False
        STEPS.advance(SYSTEM, notice, NoticeVerb.RECOUNT, words=f"{changed['last_day']}", columns=changed)
        notice.editions.filter(number=notice.edition).update(**changed, put_off=found.put_off)
    return True

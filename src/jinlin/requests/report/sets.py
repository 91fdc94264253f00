"""Named sets of requests: each figure counts two of them, and the list opens any of them by its name."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jinlin.platform.errors import Words
from jinlin.requests.models import Clock, Rating, Request, Step
from jinlin.requests.report.levels import LEVEL_SETS, Narrow
from jinlin.requests.states import State, Verb

M = Clock.Milestone


def _judged(*more: Q) -> Narrow:
    """Select by the newest judgement of each request."""
    own = Rating.objects.filter(*more, request=OuterRef("pk"), newest=True)
    return lambda requests, now: requests.filter(Exists(own))


def _stepped(*verbs: Verb) -> Narrow:
    steps = Step.objects.filter(request=OuterRef("pk"), verb__in=verbs)
    return lambda requests, now: requests.filter(Exists(steps))


def _never(among: Narrow, *verbs: Verb) -> Narrow:
    steps = Step.objects.filter(request=OuterRef("pk"), verb__in=verbs)
    return lambda requests, now: among(requests, now).exclude(Exists(steps))


def _both(*narrows: Narrow) -> Narrow:
    def narrow(requests: QuerySet[Request], now: datetime) -> QuerySet[Request]:
        for one in narrows:
            requests = one(requests, now)
        return requests

    return narrow


def _promised(milestone: str) -> Narrow:
    return lambda requests, now: promised(requests, milestone, now)


def _kept(milestone: str) -> Narrow:
    return lambda requests, now: promised(requests, milestone, now).exclude(_missed(milestone, now))


def _broken(milestone: str) -> Narrow:
    return lambda requests, now: promised(requests, milestone, now).filter(_missed(milestone, now))


def promised(requests: QuerySet[Request], milestone: str, now: datetime) -> QuerySet[Request]:
    """Return the requests whose promise was met, late or not, or is overdue: open overdue ones stay in the denominator."""
    clocks = Clock.objects.filter(request=OuterRef("pk"), milestone=milestone)
    return requests.filter(Exists(clocks.filter(Q(met=True) | Q(ended_at__isnull=True, due_at__lt=now))))


def _missed(milestone: str, now: datetime) -> Exists:
    late = Q(met=True, ended_at__gt=F("due_at")) | Q(ended_at__isnull=True, due_at__lt=now)
    return Exists(Clock.objects.filter(late, request=OuterRef("pk"), milestone=milestone))


def _not_declined(requests: QuerySet[Request], now: datetime) -> QuerySet[Request]:
    return requests.exclude(state=State.DECLINED)


_VALID = Q(valid=True)
_FILED = _stepped(Verb.ACCEPT, Verb.COORDINATE)
_DISPATCHED = _stepped(Verb.DISPATCH)
_HANDLED = _stepped(Verb.HANDLE)

SETS: dict[str, tuple[Words, Narrow]] = {
    "rated": (_("rated or called back"), _judged(_VALID)),
    "responded": (_("judged: there was an answer"), _judged(_VALID, Q(responded=True))),
    "solved": (_("judged: solved"), _judged(_VALID, Q(solved=Rating.Solved.YES))),
    "unsolved": (_("judged: not solved"), _judged(_VALID, Q(solved=Rating.Solved.NO))),
    "satisfied": (_("judged: satisfied"), _judged(_VALID, Q(satisfied=Rating.Satisfied.YES))),
    "mostly": (_("judged: mostly satisfied"), _judged(_VALID, Q(satisfied=Rating.Satisfied.MOSTLY))),
    "unsatisfied": (_("judged: not satisfied"), _judged(_VALID, Q(satisfied=Rating.Satisfied.NO))),
    "left_out": (_("left out of the rates"), _judged(Q(valid=False))),
    "answer_due": (_("final answer given or overdue"), _promised(M.FINAL)),
    "answer_in_time": (_("final answer in time"), _kept(M.FINAL)),
    "answer_late": (_("final answer late or overdue"), _broken(M.FINAL)),
    "handled_due": (_("final answer given, of those due"), _both(_promised(M.FINAL), _HANDLED)),
    "dispatch_due": (_("dispatched or overdue"), _promised(M.DISPATCH)),
    "dispatch_in_time": (_("dispatched in time"), _kept(M.DISPATCH)),
    "filed": (_("filed"), _FILED),
    "filed_rightly": (_("filed and not declined afterwards"), _both(_FILED, _not_declined)),
    "dispatched": (_("dispatched to a body"), _DISPATCHED),
    "dispatched_rightly": (_("dispatched and never sent back"), _never(_DISPATCHED, Verb.SEND_BACK)),
    "handled": (_("handled at least once"), _HANDLED),
    "closed": (_("closed"), lambda requests, now: requests.filter(state=State.CLOSED, closed_at__isnull=False)),
    "reworked": (_("sent back for rework"), _both(_HANDLED, _stepped(Verb.REWORK))),
    **LEVEL_SETS,
}
"""{name: (words of the filter, how it narrows a list)}; an answer is `late` from its deadline on, given or not."""


def among(requests: QuerySet[Request], name: str, now: datetime) -> QuerySet[Request]:
    """Return those of `requests` that are in the set of this name. Raises KeyError for an unknown one."""
    return SETS[name][1](requests, now)

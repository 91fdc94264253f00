"""Filings: whether one is accepted, which wait, and for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, Q, QuerySet

from jinlin.organisations import rules
from jinlin.organisations.models import Body, Filing, FilingAnswer
from jinlin.organisations.states import FilingState
from jinlin.platform.access import Actor
from jinlin.playbooks.schema import Filing as FilingKind
from jinlin.playbooks.schema import Playbook, Post


@dataclass(frozen=True)
class Wanted:
    """Which filings a list shows: kind and state, and whether only those that wait for the reader's own bodies."""

    kind: str = ""
    state: str = ""
    mine: bool = False


def accepted_filing(*, kind: str, person_id: int | None = None, body_id: int | None = None) -> Filing | None:
    """Return the newest accepted filing of a kind about this person and this body, None where there is none.

    A body matches as the `subject` of the filing, or as the one that filed it where it has no subject.
    """
    rows = Filing.objects.filter(kind=kind, state=FilingState.ACCEPTED)
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    if body_id is not None:
        rows = rows.filter(subject_id=body_id) | rows.filter(subject__isnull=True, by_id=body_id)
    return rows.order_by("-decided_at", "-pk").first()


def filings(actor: Actor, wanted: Wanted) -> QuerySet[Filing]:
    """Return the filings that the actor may see and wants to, with the bodies and answers."""
    rows = rules.filings_visible_to(actor)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.mine:
        waiting = FilingAnswer.objects.filter(verdict="", body__in=rules.bodies_of(actor).values("pk"))
        rows = rows.filter(pk__in=waiting.values("filing_id"), state=FilingState.PENDING)
    return with_answers(rows)


def with_answers(rows: QuerySet[Filing]) -> QuerySet[Filing]:
    """Return the filings with who filed them and what each body answered, in three queries."""
    answers = FilingAnswer.objects.filter(body__isnull=False).select_related("body").order_by("pk")
    return rows.select_related("by", "subject", "person").prefetch_related(Prefetch("answers", answers))


def kinds_filed_by(playbook: Playbook, body_kind: str) -> list[FilingKind]:
    """Return the kinds of matter that a body of this kind files at the desk; what holders of posts file is theirs."""
    return [kind for kind in playbook.filing if body_kind in kind.by and not kind.holders]


def bodies_with(posts: Iterable[Post], by: Body) -> QuerySet[Body]:
    """Return the bodies in the area of `by` that have one of these posts, proposals too, by name."""
    kinds = {kind for post in posts for kind in post.bodies}
    rows = Body.objects.filter(kind__in=kinds, place_code__startswith=by.place_code, ended_on__isnull=True)
    return (rows.filter(zone=by.zone_id) if by.zone_id else rows).order_by("name", "pk")


def published(playbook: Playbook) -> QuerySet[Filing]:
    """Return the accepted filings of the kinds that are open to everybody."""
    kinds = [kind.key for kind in playbook.filing if kind.published]
    return Filing.objects.filter(kind__in=kinds, state=FilingState.ACCEPTED).select_related("by", "subject")


def calls(playbook: Playbook) -> QuerySet[Filing]:
    """Return the calls, with how many applied and how many were accepted; the newest first."""
    kinds = [kind.key for kind in playbook.filing if kind.is_call]
    rows = Filing.objects.filter(kind__in=kinds, state=FilingState.ACCEPTED).select_related("by")
    applied = ~Q(followers__state=FilingState.WITHDRAWN) & Q(followers__isnull=False)
    rows = rows.annotate(
        applied=Count("followers", filter=applied),
        taken=Count("followers", filter=Q(followers__state=FilingState.ACCEPTED)),
    )
    return rows.order_by("-filed_at", "-pk")


def open_calls(playbook: Playbook, at: datetime) -> QuerySet[Filing]:
    """Return the calls to which something can still be filed."""
    return calls(playbook).filter(due_at__gt=at)

"""How a post closes, whatever closes it: its last day, recall, leaving, grids cut anew, or the end of its body."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from jinlin.organisations.models import Appointment

BATCH = 2_000
COLUMNS = ["accepted_on", "term_to", "ended_because", "listed"]


def close(posts: Iterable[Appointment], last_day: date, because: str = "") -> None:
    """Let posts end with the end of a day; what would count later only, and an offer, never begins.

    `because` is written where no reason stands yet. Those who stand in for a holder are closed by `close_with_deputies`.
    Part of an action's transaction.
    """
    rows = [_closed(post, last_day, because) for post in posts]
    Appointment.objects.bulk_update(rows, COLUMNS, batch_size=BATCH)


def _closed(post: Appointment, last_day: date, because: str) -> Appointment:
    begun = post.counts_from is not None and post.counts_from <= last_day
    if not begun:
        post.accepted_on, because = None, because or _("the post has ended")
    if post.term_from <= last_day:
        post.term_to = last_day
    post.ended_because = post.ended_because or because
    return post


def close_with_deputies(post: Appointment, last_day: date, because: str = "") -> None:
    """Let a post end with the end of a day, and those who stand in for its holder with it."""
    close([post], last_day, because)
    close(open_after(post.deputies.all(), last_day), last_day, _("the post has ended"))


def open_after(posts: QuerySet[Appointment], last_day: date) -> QuerySet[Appointment]:
    """Return the posts and open offers that would still be there after a day."""
    there = posts.filter(Q(term_to__isnull=True) | Q(term_to__gt=last_day))
    return there.exclude(accepted_on__isnull=True, ended_because__gt="")

"""Lets posts, bodies, coverage and duties follow when grids are cut anew, and tells the staff concerned."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jinlin.organisations.actions.closing import close
from jinlin.organisations.models import Appointment, Body, Coverage, Duty, Partnership, Task
from jinlin.organisations.queries import running_appointments
from jinlin.organisations.states import OPEN_WORK
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.messages import notify
from jinlin.territory.models import Zone
from jinlin.territory.providers import Recut, follow_recut


@follow_recut
def follow_grids(actor: Actor, recut: Recut) -> int:
    """Move what hangs on a grid that ends to its successor, and tell those who serve in the communities."""
    _tell(recut)
    return sum(_follow(actor, ended, heir, recut.day) for ended, heir in recut.ended.items())


def _follow(actor: Actor, ended: int, heir: int, day: date) -> int:
    bodies = Body.objects.filter(zone_id=ended, active=True).update(zone_id=heir)
    duties = Duty.objects.filter(zone_id=ended).update(zone_id=heir)
    tasks = Task.objects.filter(zone_id=ended, state__in=OPEN_WORK).update(zone_id=heir)
    posts = _move_posts(actor, _posts_at(ended, day), heir, day)
    ties = [_move_tie(tie, heir, day) for tie in _ties_at(ended, day)]
    return bodies + duties + tasks + len(posts) + len(ties)


def _posts_at(zone: int, day: date) -> list[Appointment]:
    """Return the posts that run on or begin later, and open offers; holders before those who stand in for them."""
    still_running = Q(term_to__isnull=True) | Q(term_to__gte=day)
    rows = Appointment.objects.select_for_update().filter(still_running, zone_id=zone)
    rows = rows.exclude(accepted_on__isnull=True, ended_because__gt="")
    return sorted(rows, key=lambda post: (post.deputises_id is not None, post.pk))


def _move_posts(actor: Actor, posts: list[Appointment], heir: int, day: date) -> list[Appointment]:
    """Move posts to the successor; a deputy goes on standing in for the line that its holder's post goes on in."""
    now_in: dict[int, Appointment] = {}
    for post in posts:
        before = post.pk
        if post.deputises_id in now_in:
            post.deputises = now_in[post.deputises_id]
        now_in[before] = _move_post(actor, post, heir, day)
    return list(now_in.values())


def _move_post(actor: Actor, post: Appointment, heir: int, day: date) -> Appointment:
    """Let a post go on over the successor: as a new line from the day on, or in place if it has not begun before."""
    if post.term_from >= day:
        post.zone_id = heir
        post.save(update_fields=["zone", "deputises"])
    else:
        post = _as_new_line(post, heir, day)
    place, person = post.place_code, post.person_id
    record_change(actor, "organisations.move_post", post, place_code=place, person_id=person, zone=heir)
    return post


def _as_new_line(post: Appointment, heir: int, day: date) -> Appointment:
    before = Appointment.objects.get(pk=post.pk)
    post.pk, post.zone_id, post.term_from = None, heir, day
    post.save(force_insert=True)
    close([before], day - timedelta(days=1), str(_("the grids were cut anew")))
    before.successor = post
    before.save(update_fields=["successor"])
    before.tasks.filter(state__in=OPEN_WORK).update(appointment=post)
    return post


def _ties_at(zone: int, day: date) -> list[Coverage | Partnership]:
    open_now = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    return [row for model in (Coverage, Partnership) for row in model.objects.filter(open_now, zone_id=zone)]


def _move_tie(tie: Coverage | Partnership, heir: int, day: date) -> Coverage | Partnership:
    """End a tie with the day before and begin it anew with the successor, unless that is in the same kind of care already.

    One that begins later only changes its grid.
    """
    taken = Coverage.objects.filter(kind=tie.kind, zone_id=heir, valid_to__isnull=True)
    goes_on = isinstance(tie, Partnership) or not taken.exists()
    until, first_day = tie.valid_to, max(day, tie.valid_from)
    if tie.valid_from < day:
        tie.valid_to = day - timedelta(days=1)
        tie.save(update_fields=["valid_to"])
        tie.pk = None
    if goes_on:
        tie.zone_id, tie.valid_from, tie.valid_to = heir, first_day, until
        tie.save()
    elif tie.pk:
        tie.valid_to = tie.valid_from - timedelta(days=1)
        tie.save(update_fields=["valid_to"])
    return tie


def _tell(recut: Recut) -> None:
    """Leave everybody who serves in the communities a notice."""
    staff = running_appointments(recut.day).filter(place_code__in=recut.communities)
    ended = "、".join(Zone.objects.filter(pk__in=recut.ended).order_by("label").values_list("name", flat=True))
    words = (
        _(
            "From %(day)s new grids are in force here; %(count)s buildings change their grid. These grids end: %(ended)s."
        )
        if ended
        else _("From %(day)s new grids are in force here; %(count)s buildings change their grid.")
    )
    values = {"day": recut.day, "count": len(recut.moved), "ended": ended}
    notify(staff.values_list("person_id", flat=True), words, values, link=_open_page(recut))


def _open_page(recut: Recut) -> str:
    """Return the address of the open page where everybody sees the new grids."""
    return f"/places/{recut.communities[0]}/" if len(recut.communities) == 1 else "/places/"

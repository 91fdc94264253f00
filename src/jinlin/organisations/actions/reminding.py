"""Tells those concerned of terms that end, of posts that fell vacant or long are, and of homes that nobody looks after."""

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.place_codes import Level
from jinlin.organisations.models import Appointment
from jinlin.organisations.queries import holders_of, serving, vacancies
from jinlin.organisations.queries.holders import ENDING_DAYS
from jinlin.organisations.rules.acting import KEEPERS
from jinlin.platform.access import SYSTEM, Role
from jinlin.platform.audit import record_change
from jinlin.platform.dates import today
from jinlin.platform.messages.notices import notify
from jinlin.platform.wording import in_a_row
from jinlin.playbooks.here import current_playbook
from jinlin.territory.queries.uncovered import buildings_without_neighbours, gaps_here

OFFICES = KEEPERS - {Role.ADMINISTRATOR}
LEFT = timedelta(days=2)
NO_NEIGHBOURS = "no_neighbours"
MOST_NAMED = 5


def remind_of_posts() -> int:
    """Tell holders whose term ends 60 days from today, and the offices of posts that fell vacant or are empty too long."""
    with transaction.atomic():
        ending = list(serving(today()).filter(term_to=today() + timedelta(days=ENDING_DAYS)).select_related("body"))
        for held in ending:
            _tell_of_end(held)
        told = len(ending) + _tell_of_leavers() + _tell_of_vacancies()
        if ending:
            record_change(SYSTEM, "organisations.remind_of_posts", ending[0], rows=told)
    return told


def _tell_of_end(held: Appointment) -> None:
    words = _("Your term as %(post)s at %(body)s ends on %(day)s.")
    values = {"post": held.post, "body": held.body.name, "day": held.term_to}
    notify([held.person_id], words, values, link=reverse("organisations:my-posts"))


def _tell_of_leavers() -> int:
    """Tell the offices of posts with a set number of holders whose last one has been gone for a whole day.

    A day is waited because who leaves today has held the post until yesterday, and may have done so after the last round.
    """
    playbook, day = current_playbook(), today()
    keys = {post.key for post in playbook.post if post.seats or post.needed}
    left = Appointment.objects.filter(key__in=keys, term_to=day - LEFT, accepted_on__isnull=False, body__active=True)
    gone = {_seat(row): row for row in left.filter(deputises__isnull=True).select_related("body", "zone")}
    held = serving(day, keys=keys).filter(body__in={row.body_id for row in gone.values()})
    empty = [gone[seat] for seat in gone.keys() - {_seat(row) for row in held}]
    for row in sorted(empty, key=lambda one: one.pk):
        words = _("%(post)s, %(place)s: vacant since %(day)s.")
        values = {"post": row.post, "place": row.body.name, "day": day - LEFT + timedelta(days=1)}
        offices = holders_of(OFFICES, place_code=row.place_code[: Level.COMMUNITY], on=day)
        notify(offices, words, values, link=reverse("organisations:body", args=[row.body_id]))
    return len(empty)


def _seat(row: Appointment) -> tuple[int, str, str, int | None]:
    return row.body_id, row.key, row.place_code, row.zone_id


def _tell_of_vacancies() -> int:
    playbook, day = current_playbook(), today()
    first_day = day - timedelta(days=playbook.norms.vacancy_alert_days + 1)
    late = [one for one in vacancies(playbook, day) if one.since == first_day]
    for one in late:
        words = _("%(post)s, %(place)s: vacant since %(day)s.")
        values = {"post": one.post.name, "place": one.spot.name, "day": one.since}
        offices = holders_of(OFFICES, place_code=one.spot.community_code, on=day)
        notify(offices, words, values, link=reverse("organisations:desk-vacancies"))
    return len(late)


def remind_of_blanks() -> int:
    """Tell each community of its buildings with homes in no neighbour area, where the place works with such areas."""
    if NO_NEIGHBOURS not in {gap.key for gap in gaps_here()}:
        return 0
    found: dict[str, list[str]] = defaultdict(list)
    for code, name in buildings_without_neighbours():
        found[code[: Level.COMMUNITY]].append(name)
    for code, names in found.items():
        words = _("Homes in no neighbour area in %(count)s buildings: %(names)s.")
        values = {"count": len(names), "names": in_a_row(names[:MOST_NAMED])}
        link = f"{reverse('territory:desk-uncovered')}?of={code}"
        notify(holders_of(OFFICES, place_code=code, on=today()), words, values, link=link)
    return len(found)

"""Tells those concerned once: of a term that ends within 60 days, and of a place that has been without a holder too long."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jinlin.organisations.models import Appointment
from jinlin.organisations.queries import holders_of, serving, vacancies
from jinlin.organisations.queries.holders import ENDING_DAYS
from jinlin.organisations.rules.acting import KEEPERS
from jinlin.platform.access import SYSTEM, Role
from jinlin.platform.audit import record_change
from jinlin.platform.dates import today
from jinlin.platform.messages.notices import notify
from jinlin.playbooks.here import current_playbook

OFFICES = KEEPERS - {Role.ADMINISTRATOR}


def remind_of_posts() -> int:
    """Tell holders whose term ends 60 days from today, and the offices of places that are empty too long since today."""
    with transaction.atomic():
        ending = list(serving(today()).filter(term_to=today() + timedelta(days=ENDING_DAYS)).select_related("body"))
        for held in ending:
            _tell_of_end(held)
        told = len(ending) + _tell_of_vacancies()
        if ending:
            record_change(SYSTEM, "organisations.remind_of_posts", ending[0], rows=told)
    return told


def _tell_of_end(held: Appointment) -> None:
    words = _("Your term as %(post)s at %(body)s ends on %(day)s.")
    values = {"post": held.post, "body": held.body.name, "day": held.term_to}
    notify([held.person_id], words, values, link=reverse("organisations:my-posts"))


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

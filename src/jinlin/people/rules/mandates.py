"""Who may act for whom."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jinlin.people.models import Mandate
from jinlin.platform.access import Actor
from jinlin.platform.dates import today
from jinlin.platform.rulings import YES, Ruling, no


def running_mandates(on: date) -> QuerySet[Mandate]:
    """Return the mandates that were granted and whose last day has not passed."""
    not_over = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    return Mandate.objects.filter(not_over, state=Mandate.State.GRANTED)


def principals_of(actor: Actor) -> QuerySet:
    """Return the persons for whom the actor may act today, as a subquery of their ids."""
    return running_mandates(today()).filter(agent_id=actor.person_id).values("principal_id")


def may_act_for(actor: Actor, person_id: int) -> Ruling:
    """Say whether the actor is this person, or holds their consent to act for them today."""
    if actor.person_id == person_id:
        return YES
    held = running_mandates(today()).filter(principal_id=person_id, agent_id=actor.person_id)
    if actor.is_signed_in and held.exists():
        return YES
    return no(_("This person has not given you the right to act for them."))

"""Who may act for whom, and who may see what about a person."""

from django.utils.translation import gettext_lazy as _

from jinlin.people.models import Mandate
from jinlin.platform.access import Actor
from jinlin.platform.rulings import YES, Ruling, no


def may_act_for(actor: Actor, person_id: int) -> Ruling:
    """Say whether the actor is this person, or holds their consent to act for them."""
    if actor.person_id == person_id:
        return YES
    held = Mandate.objects.filter(principal_id=person_id, agent_id=actor.person_id, state=Mandate.State.GRANTED)
    if actor.is_signed_in and held.exists():
        return YES
    return no(_("This person has not given you the right to act for them."))

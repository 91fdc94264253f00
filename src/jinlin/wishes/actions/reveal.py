"""Opens who wishes something, on record, for whoever fulfils it."""

from jinlin.people.models import Person
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_read
from jinlin.platform.errors import NotFound
from jinlin.wishes import rules


def reveal_wisher(*, actor: Actor, wish_id: int) -> Person:
    """Return the wisher with name and telephone number; the wisher can see that somebody looked.

    Raises:
        NotFound; NotAllowed for anybody but its claimer and the community.
    """
    wish = rules.visible_to(actor).select_related("person").filter(pk=wish_id).first()
    if wish is None:
        raise NotFound
    rules.may_see_wisher(actor, wish).enforce()
    record_read(actor, "wishes.reveal_wisher", wish, person_id=wish.person_id, place_code=wish.place_code)
    return wish.person

"""Opens who raised a request, once and on record."""

from jinlin.people.models import Person
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_read
from jinlin.platform.errors import NotFound
from jinlin.requests import rules
from jinlin.requests.actions.intake import Contact


def reveal_reporter(*, actor: Actor, request_id: int) -> Contact:
    """Return name and telephone number of whoever raised a request; the reporter can see who looked.

    Raises:
        NotAllowed: for somebody without a part in the handling, or an anonymous request.
        NotFound: where nobody is known.
    """
    request = rules.visible_to(actor).filter(pk=request_id).first()
    if request is None:
        raise NotFound
    rules.may_see_reporter(actor, request).enforce()
    person = Person.objects.filter(pk=request.reporter_id).first()
    if person is None:
        raise NotFound
    record_read(actor, "requests.reveal_reporter", request, person_id=person.pk, place_code=request.place_code)
    return Contact(person.name, person.phone)

"""The secret address of one's calendar: made, made anew, taken back."""

import secrets

from django.db import transaction

from jinlin.people.models import CalendarLink
from jinlin.people.tokens import token_digest
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now


def renew_calendar_link(*, actor: Actor) -> str:
    """Make the secret of one's calendar anew and return it, to be shown this once; the one before leads nowhere.

    Raises:
        NotSignedIn.
    """
    actor.must_be_signed_in()
    raw = secrets.token_urlsafe(32)
    with transaction.atomic():
        link, _made = CalendarLink.objects.update_or_create(
            account_id=actor.account_id, defaults={"digest": token_digest(raw), "made_at": now()}
        )
        record_change(actor, "people.renew_calendar_link", link, person_id=actor.person_id)
    return raw


def end_calendar_link(*, actor: Actor) -> None:
    """Take the address of one's calendar back; without one nothing happens.

    Raises:
        NotSignedIn.
    """
    actor.must_be_signed_in()
    with transaction.atomic():
        link = CalendarLink.objects.filter(account_id=actor.account_id).first()
        if link is not None:
            record_change(actor, "people.end_calendar_link", link, person_id=actor.person_id)
            link.delete()

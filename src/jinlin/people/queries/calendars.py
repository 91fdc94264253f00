"""Reads of the secret addresses of calendars."""

from jinlin.people.models import Account, CalendarLink
from jinlin.people.tokens import token_digest
from jinlin.platform.access import Actor


def calendar_link_of(actor: Actor) -> CalendarLink | None:
    """Return the secret address of the actor's calendar, if they have made one."""
    return CalendarLink.objects.filter(account_id=actor.account_id).first()


def account_of_calendar(secret: str) -> Account | None:
    """Return the account whose calendar a secret opens; None for any other, and for a closed account."""
    links = CalendarLink.objects.filter(digest=token_digest(secret), account__is_active=True)
    link = links.select_related("account").first()
    return link.account if link else None

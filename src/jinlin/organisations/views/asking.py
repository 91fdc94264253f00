"""What the administrator's pages ask first: who is there, and for which account."""

from django.http import HttpRequest

from jinlin.people.models import Account
from jinlin.people.rules import may_run_accounts
from jinlin.platform.access import Actor, actor_of
from jinlin.platform.errors import NotFound


def administrator(request: HttpRequest) -> Actor:
    """Return the actor, who is an administrator.

    Raises:
        NotAllowed.
    """
    actor = actor_of(request)
    may_run_accounts(actor).enforce()
    return actor


def account_or_404(account_id: int) -> Account:
    """Return the account with its person.

    Raises:
        NotFound.
    """
    account = Account.objects.select_related("person").filter(pk=account_id).first()
    if account is None:
        raise NotFound
    return account


def number(text: str) -> int:
    """Return the id that an address gives as text, 0 for anything that is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0

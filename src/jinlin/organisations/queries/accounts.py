"""The accounts of those who hold posts."""

from django.db.models import Q, QuerySet

from jinlin.organisations import rules
from jinlin.people.models import Account
from jinlin.people.phones import MOBILE
from jinlin.people.queries import account_by_phone
from jinlin.platform.access import Actor


def staff_accounts(actor: Actor, words: str = "") -> QuerySet[Account]:
    """Return the accounts that the actor keeps, by user name: with a post in their area, or made for a post to come.

    `words` are the beginning of a user name, or a whole telephone number that its owner has proved.
    """
    if MOBILE.fullmatch(words):
        known = account_by_phone(words)
        return Account.objects.filter(pk=known.pk if known else None).select_related("person")
    here = Q(person__appointments__in=rules.visible_to(actor))
    waiting = Q(person__appointments__isnull=True) & ~Q(username__startswith=Account.OWNERS_PREFIX)
    rows = Account.objects.filter(here | waiting, username__istartswith=words).select_related("person")
    return rows.order_by("username").distinct()

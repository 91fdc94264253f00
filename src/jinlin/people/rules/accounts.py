"""Who opens and closes accounts, reads the trail, and leaves."""

from django.utils.translation import gettext_lazy as _

from jinlin.people.models import Account
from jinlin.people.posts import terms_of
from jinlin.platform.access import Actor, Role
from jinlin.platform.dates import today
from jinlin.platform.rulings import YES, Ruling, no


def is_staff(actor: Actor) -> bool:
    """Say whether the actor holds a post other than neighbour head, and so needs a second factor to sign in."""
    return bool(actor.roles - {Role.NEIGHBOUR_HEAD})


def may_run_accounts(actor: Actor, place_code: str = "") -> Ruling:
    """Say whether the actor may create staff accounts and give posts (over the place, if one is named)."""
    grants = actor.grants_as({Role.ADMINISTRATOR})
    if actor.is_system or any(not place_code or grant.covers(place_code) for grant in grants):
        return YES
    return no(_("Only an administrator gives accounts and posts, each for their own area."))


def is_staff_account(account: Account) -> bool:
    """Say whether administrators keep this account: they made it, or its owner holds or held a post."""
    return not account.is_owners or bool(terms_of([account.person_id]))


def may_keep_account(actor: Actor, account: Account) -> Ruling:
    """Say whether the actor may reset, close and open this account: every post of its owner lies in their area.

    Posts that are over count only where there is no other; an account without any waits for its first post.
    """
    terms = terms_of([account.person_id])
    counted = [term for term in terms if term.until is None or term.until >= today()] or terms
    rulings = [may_run_accounts(actor), *(may_run_accounts(actor, term.place_code) for term in counted)]
    if all(rulings):
        return YES
    return no(_("The owner of this account holds a post outside your area; an administrator of that area does it."))


def may_reset(actor: Actor, account: Account) -> Ruling:
    """Say whether the actor may let the account start anew with a password."""
    if account.is_owners:
        return no(
            _("The owner opened this account by telephone and signs in with a code; nobody else sets its password.")
        )
    return may_keep_account(actor, account)


def may_read_trail(actor: Actor) -> Ruling:
    """Say whether the actor may read the audit trail of their area."""
    if actor.roles & {Role.AUDITOR}:
        return YES
    return no(_("Only an auditor reads the trail."))


def may_leave(actor: Actor) -> Ruling:
    """Say whether the actor may delete their account: not while they hold a post."""
    held = any(term.includes(today()) for term in terms_of([actor.person_id or 0]))
    if actor.grants or held:
        return no(_("You hold a post. Leave it, or ask whoever gave it to end it; then you can delete the account."))
    return YES

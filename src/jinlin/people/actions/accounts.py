"""What opens, changes and closes accounts: the means to sign in."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from jinlin.people import rules
from jinlin.people.codes import PASSWORD_LENGTH, USERNAME_LENGTH, in_groups, new_code
from jinlin.people.models import Account, Person
from jinlin.people.phones import clean_mobile, clean_phone, masked_phone, phone_index
from jinlin.people.posts import asked_among
from jinlin.people.queries import account_by_phone
from jinlin.platform.access import SYSTEM, Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid, NotFound
from jinlin.platform.messages import put_in_outbox

UNUSED_FOR = timedelta(days=1)
UNPROVED = {
    "person__phone_proved_at__isnull": True,
    "last_login__isnull": True,
    "username__startswith": Account.OWNERS_PREFIX,
}
"""What tells an account that nobody has signed in to: made by `open_account`, its number not proved."""


def open_account(*, actor: Actor, phone: str) -> Account:
    """Return the account that waits for its owner to answer from this number, made now where there is none.

    It belongs to the person whom the household register knows by the number, else to somebody who was noted with it and
    asked to take a post, else to a new person. Nobody signs in to it before a code sent to the number has come back;
    until then a second try meets the same account.

    Raises:
        Invalid: for what is no mobile number.
    """
    digits = clean_mobile(phone)
    waiting = Account.objects.filter(person__phone_index=phone_index(digits), **UNPROVED).first()
    if waiting is not None:
        return waiting
    registered = Person.objects.filter(
        phone_index=phone_index(digits), phone_proved_at__isnull=False, account__isnull=True
    ).first()
    with transaction.atomic():
        person = (
            registered
            or _asked(digits)
            or Person.objects.create(phone=digits, phone_index=phone_index(digits), created_at=now())
        )
        account = Account(username=_new_username(), person=person, date_joined=now())
        account.set_unusable_password()
        account.save()
        record_change(actor, "people.open_account", account, person_id=person.pk)
    return account


def _asked(digits: str) -> Person | None:
    """Return the person without an account who was noted with a number when they were asked to take a post."""
    noted = Person.objects.filter(
        phone_index=phone_index(digits), phone_proved_at__isnull=True, account__isnull=True, erased_at__isnull=True
    )
    asked = asked_among(person.pk for person in noted)
    return next((person for person in noted.order_by("pk") if person.pk in asked), None)


def _new_username() -> str:
    """Return a user name that tells nothing about its owner."""
    return f"{Account.OWNERS_PREFIX}{new_code(USERNAME_LENGTH).lower()}"


def prove_phone(*, actor: Actor, account: Account, phone: str) -> Person:
    """Take a number as its owner's, after a code sent to it has come back; the number before it is told of the change.

    Raises:
        Invalid: when somebody else has proved the same number.
    """
    digits = clean_mobile(phone)
    person = Person.objects.get(pk=account.person_id)
    before = person.phone if person.phone_proved_at else ""
    if before == digits:
        return person
    person.phone, person.phone_index, person.phone_proved_at = digits, phone_index(digits), now()
    try:
        with transaction.atomic():
            person.save(update_fields=["phone", "phone_index", "phone_proved_at"])
            record_change(actor, "people.prove_phone", person, person_id=person.pk)
    except IntegrityError:
        raise Invalid(fields={"phone": _("This number belongs to another account.")}) from None
    if before:
        words = _("Your account now signs in with %(phone)s. If that was not you, call the community at once.")
        put_in_outbox(channel="sms", address=before, body=words % {"phone": masked_phone(digits)})
    return person


def forget_unproved_accounts() -> int:
    """Delete accounts that were opened more than a day ago and whose number nobody has proved; return how many."""
    old = list(Account.objects.filter(date_joined__lt=now() - UNUSED_FOR, **UNPROVED))
    waiting = asked_among(account.person_id for account in old)
    with transaction.atomic():
        for account in old:
            record_change(SYSTEM, "people.forget_unproved_account", account)
            # The person came with the account, so that nothing else can refer to it but the account; or waits for a post.
            (account if account.person_id in waiting else account.person).delete()
    return len(old)


def create_staff_account(*, actor: Actor, username: str, name: str, phone: str = "") -> tuple[Account, str]:
    """Create an account for somebody who will hold a post; return it with its first password, which is shown once.

    The number only says how to reach them; it signs in after its owner has proved it.

    Raises:
        NotAllowed: for anybody but an administrator.
        Invalid: for a user name that is taken or too short, a missing name, or a number that has an account already.
    """
    rules.may_run_accounts(actor).enforce()
    digits = clean_phone(phone) if phone else ""
    _check_staff_fields(username.strip(), name.strip(), digits)
    password = _first_password()
    with transaction.atomic():
        person = Person.objects.create(
            name=name.strip()[:60], phone=digits, phone_index=phone_index(digits), created_at=now()
        )
        account = Account(username=username.strip(), person=person, date_joined=now(), has_first_password=True)
        account.set_password(password)
        account.save()
        record_change(actor, "people.create_staff_account", account, person_id=person.pk)
    return account, password


def _check_staff_fields(username: str, name: str, digits: str) -> None:
    faults = {}
    if not 3 <= len(username) <= 64 or not username.replace("-", "").replace("_", "").replace(".", "").isalnum():
        faults["username"] = _("3 to 64 letters, digits, dots, dashes or underlines.")
    elif username.startswith(Account.OWNERS_PREFIX) or Account.objects.filter(username__iexact=username).exists():
        faults["username"] = _("This user name is taken; choose another one.")
    if not name:
        faults["name"] = _("Please enter the name.")
    known = account_by_phone(digits)
    if known is not None:
        faults["phone"] = _("This number has the account %(username)s already; give that one the post.") % {
            "username": known.username
        }
    if faults:
        raise Invalid(fields=faults)


def _first_password() -> str:
    return in_groups(new_code(PASSWORD_LENGTH))


def set_first_password(*, actor: Actor, account_id: int) -> tuple[Account, str]:
    """Let a staff account start anew: a new first password, shown once, no second factor, signed out everywhere.

    Raises:
        NotFound.
        NotAllowed: for anybody but an administrator of all its owner's posts, and for an account opened by telephone.
    """
    password = _first_password()
    with transaction.atomic():
        account = _staff_account(actor, account_id)
        rules.may_reset(actor, account).enforce()
        account.set_password(password)
        account.has_first_password = True
        account.save(update_fields=["password", "has_first_password"])
        Authenticator.objects.filter(user=account).delete()
        record_change(actor, "people.set_first_password", account, person_id=account.person_id)
    return account, password


def note_own_password(*, actor: Actor, account: Account) -> None:
    """Note that the owner has chosen the password, so that it need not be changed at the next sign-in."""
    with transaction.atomic():
        Account.objects.filter(pk=account.pk, has_first_password=True).update(has_first_password=False)
        record_change(actor, "people.choose_password", account, person_id=account.person_id)


def deactivate_account(*, actor: Actor, account_id: int) -> Account:
    """Close a staff account to its owner: sessions and tokens end at once, nothing is deleted.

    Raises:
        NotAllowed: for anybody but an administrator of all its owner's posts.
        NotFound.
        Invalid: for one's own account.
    """
    if account_id == actor.account_id:
        raise Invalid(_("You cannot close the account that you are using."))
    return _set_active(actor, account_id, active=False)


def reactivate_account(*, actor: Actor, account_id: int) -> Account:
    """Open a closed staff account again.

    Raises:
        NotAllowed: for anybody but an administrator of all its owner's posts.
        NotFound.
    """
    return _set_active(actor, account_id, active=True)


def _set_active(actor: Actor, account_id: int, *, active: bool) -> Account:
    with transaction.atomic():
        account = _staff_account(actor, account_id)
        account.is_active = active
        account.save(update_fields=["is_active"])
        verb = "people.reactivate_account" if active else "people.deactivate_account"
        record_change(actor, verb, account, person_id=account.person_id)
    return account


def _staff_account(actor: Actor, account_id: int) -> Account:
    rules.may_run_accounts(actor).enforce()
    rows = Account.objects.select_for_update(of=("self",)).select_related("person")
    account = rows.filter(pk=account_id).first()
    if account is None or not rules.is_staff_account(account):
        raise NotFound
    rules.may_keep_account(actor, account).enforce()
    return account


def sign_out_everywhere(*, actor: Actor) -> Account:
    """End all sessions of one's account; the caller keeps the present one alive.

    Raises:
        NotSignedIn.
    """
    actor.must_be_signed_in()
    with transaction.atomic():
        Account.objects.filter(pk=actor.account_id).update(session_generation=F("session_generation") + 1)
        account = Account.objects.get(pk=actor.account_id)
        record_change(actor, "people.sign_out_everywhere", account, person_id=actor.person_id)
    return account

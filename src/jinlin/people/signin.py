"""How people sign in: by telephone number and one-time code, by user name and password, staff with a second factor."""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.signals import password_changed, password_set
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_used
from django import forms
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.people import actions, rules
from jinlin.people.forms import MobileField
from jinlin.people.models import Account
from jinlin.people.phones import clean_mobile
from jinlin.people.queries import account_by_phone
from jinlin.platform import crypto
from jinlin.platform.access import Actor, actor_for, actor_of
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid
from jinlin.platform.limits import address_of, count_towards
from jinlin.platform.messages import put_in_outbox
from jinlin.region.districts import current_district

MOST_CODES, CODES_WINDOW = 10, timedelta(days=1)
MOST_CODES_OF_ADDRESS = 600
REAUTHENTICATION_SECONDS = 300
SECOND_FACTOR = "jinlin_second_factor"
"""What a session holds once a second factor was shown in it, or set up: the account it belongs to."""
MAIN_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class SignInAdapter(DefaultAccountAdapter):
    """Binds allauth to persons and the outbox."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": gettext_lazy("This account is closed. Call the community."),
        "enter_current_password": gettext_lazy("This is not your present password."),
        "incorrect_code": gettext_lazy("The code is not right. Compare it, or have a new one sent."),
        "incorrect_password": gettext_lazy("The password is not right."),
        "phone_taken": gettext_lazy("This number belongs to another account."),
        "phone_password_mismatch": gettext_lazy("User name or password is not right."),
        "username_password_mismatch": gettext_lazy("User name or password is not right."),
        "rate_limited": gettext_lazy("That was very often in a short time. Please wait a while."),
        "same_as_current": gettext_lazy("This is the number that you have already."),
        "too_many_login_attempts": gettext_lazy("That was wrong too often. Please wait five minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up on a page of its own: the first sign-in by code opens the account."""
        return False

    def phone_form_field(self, **kwargs: Any) -> forms.Field:
        """Take mainland mobile numbers as people write them."""
        return MobileField(**kwargs)

    def get_phone(self, user: Account) -> tuple[str, bool] | None:
        """Return the number that its owner has proved; one that was only noted signs nobody in."""
        person = user.person
        return (person.phone, True) if person.phone and person.phone_proved_at else None

    def get_user_by_phone(self, phone: str) -> Account | None:
        """Find the account of a proved number; None also for what is no number."""
        try:
            return account_by_phone(clean_mobile(phone))
        except Invalid:
            return None

    def set_phone(self, user: Account, phone: str, verified: bool) -> None:
        """Keep a number once it is proved, and not before."""
        if verified:
            self.set_phone_verified(user, phone)

    def set_phone_verified(self, user: Account, phone: str) -> None:
        """Take the number as its owner's."""
        actions.prove_phone(actor=Actor(user.pk, user.person_id), account=user, phone=phone)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that limits count by."""
        return address_of(request)

    def send_verification_code_sms(self, user: Account, phone: str, code: str, **kwargs: Any) -> None:
        """Put the code into the outbox; at most ten a day to one number.

        Raises:
            TooMany.
        """
        count_towards("code", phone, most=MOST_CODES, window=CODES_WINDOW)
        count_towards("code-from", address_of(context.request), most=MOST_CODES_OF_ADDRESS, window=CODES_WINDOW)
        words = _("[%(place)s] Your code is %(code)s, good for 10 minutes. Tell it to nobody.")
        self._send(phone, words % {"place": current_district().name, "code": code})

    def send_account_already_exists_sms(self, phone: str) -> None:
        """Tell the owner of a number that somebody tried to move it to another account."""
        words = _("[%(place)s] Somebody wanted to use this number for another account. Nothing was changed.")
        self._send(phone, words % {"place": current_district().name})

    def _send(self, phone: str, words: str) -> None:
        put_in_outbox(channel="sms", address=phone, body=words)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask nobody to prove themselves again who has just signed in."""
        request = context.request
        records = get_authentication_records(request, request.user)
        latest = max((record["at"] for record in records), default=0)
        just_now = now().timestamp() - latest < REAUTHENTICATION_SECONDS
        return not just_now and super().is_reauthentication_required(app=app, **kwargs)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Lead back to one's own page."""
        return "/me/"


class SecondFactorAdapter(DefaultMFAAdapter):
    """Binds allauth's second factors to accounts; their secrets are sealed like personal columns."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": gettext_lazy("Your post needs a second factor. Set up another one first."),
        "incorrect_code": gettext_lazy("The code is not right. Wait for the next one and try again."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return crypto.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret."""
        return crypto.decrypt(encrypted_text)

    def get_totp_issuer(self) -> str:
        """Return the name under which an authenticator app lists the code."""
        return current_district().name

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep staff from removing their last second factor."""
        owner = authenticator.user
        if not settings.JINLIN_STAFF_SECOND_FACTOR or not rules.is_staff(actor_for(owner.pk, owner.person_id)):
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=MAIN_FACTORS)
        return others.exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: Account, type: Authenticator.Type) -> str:
        """Return a first name for a passkey."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}


def second_factor_shown(request: HttpRequest) -> bool:
    """Say whether a second factor was shown, or set up, in this session."""
    return request.session.get(SECOND_FACTOR) == request.user.pk


@receiver([authenticator_added, authenticator_used])
def _remember_second_factor(request: HttpRequest, user: Account, authenticator: Authenticator, **more: Any) -> None:
    if authenticator.type in {*MAIN_FACTORS, Authenticator.Type.RECOVERY_CODES}:
        request.session[SECOND_FACTOR] = user.pk


@receiver(authenticator_removed)
def _forget_second_factor(request: HttpRequest, user: Account, **more: Any) -> None:
    if not Authenticator.objects.filter(user_id=user.pk, type__in=MAIN_FACTORS).exists():
        request.session.pop(SECOND_FACTOR, None)


@receiver([password_changed, password_set])
def _note_own_password(request: HttpRequest, user: Account, **more: Any) -> None:
    actions.note_own_password(actor=actor_of(request), account=user)

"""How people sign in: by telephone number and one-time code, by user name and password, staff with a second factor."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter


class SignInAdapter(DefaultAccountAdapter):
    """Binds allauth to persons and the outbox."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Binds allauth's second factors to accounts."""

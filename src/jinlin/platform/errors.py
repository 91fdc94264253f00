"""The few errors that actions raise; web, API and command line each turn them into words in one place."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

Words = Any
"""A string, or a lazy translation."""


class JinlinError(Exception):
    """Something that a person can understand and act upon: what happened, why, what to do next."""

    status = 400
    code = "error"
    what: Words = _("That did not work.")
    remedy: Words = _("Please check and try again, or call the community.")

    def __init__(self, why: Words = "", *, remedy: Words = "", fields: Mapping[str, Words] | None = None) -> None:
        self.why = why
        self.remedy = remedy or self.remedy
        self.fields = dict(fields or {})
        super().__init__(why)

    def __str__(self) -> str:
        return " ".join(str(part) for part in (self.what, self.why, self.remedy) if part)


class Invalid(JinlinError):
    """What was entered cannot be taken; `fields` says for each field why."""

    status = 422
    code = "invalid"
    what = _("It was not saved.")
    remedy = _("Please correct it and send it again; what you entered is still here.")


class NotAllowed(JinlinError):
    """The acting person has no right to this."""

    status = 403
    code = "not_allowed"
    what = _("You cannot do this.")
    remedy = _("If you think you should be able to, call the community.")


class NotSignedIn(JinlinError):
    """Nobody is signed in where somebody must be."""

    status = 401
    code = "not_signed_in"
    what = _("Please sign in first.")
    remedy = _("Sign in and try again; what you entered is kept.")


class NotFound(JinlinError):
    """There is no such thing, or this person may not know that there is."""

    status = 404
    code = "not_found"
    what = _("We could not find it.")
    remedy = _("Check the number or the link, or look it up from the first page.")


class Gone(JinlinError):
    """It was there, but its time is over: a link that has expired, say."""

    status = 410
    code = "gone"
    what = _("This is no longer valid.")
    remedy = _("Call the community, which can still find it by its number.")


class Stale(JinlinError):
    """Somebody else was first; nothing was overwritten."""

    status = 409
    code = "stale"
    what = _("Somebody else has changed this in the meantime.")
    remedy = _("Look at the current state and decide again; what you entered is still here.")


class WrongState(JinlinError):
    """The state that the thing is in does not allow this step."""

    status = 409
    code = "wrong_state"
    what = _("This step is not possible now.")
    remedy = _("Look at the current state to see which steps are open.")


class KeyReused(JinlinError):
    """An idempotency key came again with other contents."""

    status = 409
    code = "key_reused"
    what = _("This key was used before with other contents.")
    remedy = _("Send the same contents again, or use a new key.")


class TooMany(JinlinError):
    """Too often in too short a time."""

    status = 429
    code = "too_many"
    what = _("That was very often in a short time.")
    remedy = _("Please wait a while, or call the community.")

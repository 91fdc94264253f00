"""Tokens: what a caller who does not want to wait gets instead of the number, and turns into it later."""

from datetime import timedelta

from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _

from jinlin.platform.errors import NotFound

SALT = "open311-token"
LASTS = timedelta(days=90)
WISHES_TOKEN = "respond-async"  # noqa: S105 - a word of the header `Prefer` (RFC 7240)


def wishes_token(request: HttpRequest) -> bool:
    """Say whether the caller prefers a token, by the header `Prefer: respond-async`."""
    return WISHES_TOKEN in request.headers.get("Prefer", "").lower()


def token_of(number: str) -> str:
    """Return a token for a request's number."""
    return signing.dumps(number, salt=SALT)


def number_behind(token: str) -> str:
    """Return the number behind a token.

    Raises:
        NotFound: for one that is not ours or older than 90 days.
    """
    try:
        return signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        raise NotFound(_("This token was not found.")) from None

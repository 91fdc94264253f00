"""Following a request without an account: its number and its secret code open it to whoever holds both."""

from datetime import timedelta
from hmac import compare_digest

from django.utils.translation import gettext as _

from jinlin.platform.access import Actor
from jinlin.platform.dates import now
from jinlin.platform.errors import Gone, NotFound
from jinlin.platform.limits import count_towards
from jinlin.requests.codes import follow_digest
from jinlin.requests.models import Request

LASTS = timedelta(days=90)
"""How long after its end a request can still be followed by its code."""
MOST_TRIES = 60
TRIES_WINDOW = timedelta(hours=1)
PREFIX = "request:"
HALF_WIDTH = {0xFF01 + offset: 0x21 + offset for offset in range(94)}


def request_behind(*, number: str, code: str, sender: str) -> Request:
    """Return the request that number and code open, as a person may have typed them.

    `sender` is a network address, for the limit of tries.

    Raises:
        TooMany: after 60 tries within an hour from one address.
        NotFound: for a wrong number, a wrong code, or the code of another request; which of them is not told.
        Gone: 90 days after the request's end.
    """
    count_towards("follow", sender, most=MOST_TRIES, window=TRIES_WINDOW)
    plain_number, plain_code = _plain(number), _plain(code).replace("-", "").lower()
    found = Request.objects.filter(number=plain_number).first()
    known = found.follow_digest if found else ""
    if not compare_digest(follow_digest(plain_number, plain_code), known):
        raise NotFound(_("Number and code do not belong together."))
    must_be_followable(found)
    return found


def must_be_followable(request: Request) -> None:
    """Raises: Gone, once the time for following by code is over."""
    if request.closed_at is not None and request.closed_at + LASTS < now():
        raise Gone(_("A request can be followed by its code until 90 days after its end."))


def key_of(request_id: int) -> str:
    """Return the word by which an actor holds an opened request."""
    return f"{PREFIX}{request_id}"


def opened_ids(actor: Actor) -> list[int]:
    """Return the ids of the requests that codes have opened to the actor."""
    return [int(key.removeprefix(PREFIX)) for key in actor.opened if key.startswith(PREFIX)]


def _plain(typed: str) -> str:
    """Return what was typed in half width, without spaces and what cannot be seen."""
    return "".join(letter for letter in typed.translate(HALF_WIDTH) if letter.isprintable() and not letter.isspace())

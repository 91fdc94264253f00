"""What every address of the standard has in common: format, caller, jurisdiction, and errors in the standard's own shape.

The standard knows three numbers: 404 for what does not exist, 403 for a wrong or missing key, 400 for everything else.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from jinlin.api.authentication import actor_of_token
from jinlin.open311.formats import MEDIA_TYPES, XML, answer
from jinlin.platform.access import NOBODY, Actor
from jinlin.platform.errors import Gone, Invalid, JinlinError, NotAllowed, NotFound, NotSignedIn
from jinlin.region.districts import current_district

log = structlog.get_logger("jinlin.open311")
View = Callable[..., HttpResponse]
BEARER = "bearer "
THEIR_NAMES = {"text": "description", "place_code": "location", "place_text": "address_string", "photos": "media"}
"""Fields of ours, as a caller knows them."""
KEY_REFUSED, MISSING, UNFULFILLED, METHOD, BROKEN = 403, 404, 400, 405, 500


def endpoint(*methods: str) -> Callable[[View], View]:
    """Make a view an address of the standard for these methods; it gets the actor after the request.

    Only a key says who calls, never a cookie, so that no page elsewhere can act for somebody.
    """

    def made(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def page(request: HttpRequest, format_: str, **parts: Any) -> HttpResponse:
            if format_ not in MEDIA_TYPES:
                return _refused(XML, NotFound(_("There is XML and JSON: end the address with .xml or .json.")))
            if request.method not in methods:
                return _not_this_way(format_, methods)
            return _open_to_all(_answered(view, request, format_, parts))

        return page

    return made


def _open_to_all(response: HttpResponse) -> HttpResponse:
    """Let pages of others read the answer, which depends on no cookie."""
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _answered(view: View, request: HttpRequest, format_: str, parts: dict[str, Any]) -> HttpResponse:
    try:
        _check(request)
        return view(request, caller_of(request), format_=format_, **parts)
    except JinlinError as error:
        return _refused(format_, error)
    except (SuspiciousOperation, MultiPartParserError):
        return _refused(format_, Invalid(_("What was sent could not be read: a form in UTF-8 is expected.")))
    except Exception:
        log.exception("Open311 failed", path=request.path)
        words = _("Something went wrong here. Please tell us, and send it again later.")
        return errors(format_, [words], BROKEN)


def _check(request: HttpRequest) -> None:
    """Raises: Invalid for characters that no database keeps, NotFound for a place that is not served here."""
    for values in (request.GET, request.POST):
        if any("\0" in word for name, words in values.lists() for word in (name, *words)):
            raise Invalid(_("What was sent could not be read: a form in UTF-8 is expected."))
    asked = argument(request, "jurisdiction_id")
    if asked and asked not in {current_district().code, request.get_host().partition(":")[0]}:
        raise NotFound(_("jurisdiction_id %(asked)s is not served here.") % {"asked": asked[:64]})


def argument(request: HttpRequest, name: str) -> str:
    """Return an argument of the form or the address; one that is empty counts as not given."""
    return (request.POST.get(name) or request.GET.get(name) or "").strip()


def caller_of(request: HttpRequest) -> Actor:
    """Return whom the key (`api_key`, or a bearer token) acts for; nobody without one.

    Raises:
        NotSignedIn: for a wrong one.
    """
    header = request.headers.get("Authorization", "")
    bearer = header[len(BEARER) :].strip() if header.lower().startswith(BEARER) else ""
    key = argument(request, "api_key") or bearer
    return actor_of_token(key) if key else NOBODY


def must_have_key(actor: Actor) -> None:
    """Raises: NotSignedIn, for a call without a key."""
    if not actor.is_signed_in:
        raise NotSignedIn(_("This call needs an api_key; make one of your own under “keys”."))


def errors(format_: str, descriptions: list[str], code: int) -> HttpResponse:
    """Return the standard's errors, one for each description."""
    return answer(format_, "errors", [{"code": code, "description": words} for words in descriptions], status=code)


def _refused(format_: str, error: JinlinError) -> HttpResponse:
    return errors(format_, _descriptions(error), _status(error))


def _status(error: JinlinError) -> int:
    if isinstance(error, NotSignedIn | NotAllowed):
        return KEY_REFUSED
    return MISSING if isinstance(error, NotFound | Gone) else UNFULFILLED


def _descriptions(error: JinlinError) -> list[str]:
    """Return one sentence for each thing that is wrong; a wrong key is told as such, since no program signs in."""
    if error.fields:
        return [f"{THEIR_NAMES.get(name, name)}: {why}" for name, why in error.fields.items()]
    if isinstance(error, NotSignedIn) and not error.why:
        return [_("Invalid api_key: it is unknown, or its time is over.")]
    return [str(error.why or error.what)]


def _not_this_way(format_: str, methods: tuple[str, ...]) -> HttpResponse:
    response = errors(format_, [_("This address takes %(methods)s.") % {"methods": ", ".join(methods)}], METHOD)
    response["Allow"] = ", ".join(methods)
    return response


@csrf_exempt
def nothing_here(request: HttpRequest) -> HttpResponse:
    """Answer under an address that the standard does not have."""
    return errors(XML, [_("There is no such address; see /open311/discovery.xml.")], MISSING)

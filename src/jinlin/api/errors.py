"""Turns every error into one JSON shape: code, what, why, remedy, and reasons by field."""

import structlog
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from jinlin.algorithms.place_codes import InvalidPlaceCode
from jinlin.platform.answers import json_answer
from jinlin.platform.errors import Invalid, JinlinError, NotFound, NotSignedIn

log = structlog.get_logger("jinlin.api")


class ErrorWords(Schema):
    """What went wrong, in words that a person can act upon; `code` is for programs and stays the same."""

    code: str
    what: str
    why: str
    remedy: str
    fields: dict[str, str]


class ErrorOut(Schema):
    """The one shape of every error."""

    error: ErrorWords


class Unreadable(JinlinError):
    """What was sent is not in the form that it claims to have."""

    code = "unreadable"
    what = _("What was sent could not be read.")
    remedy = _("Send JSON in UTF-8, as the API's description says.")


class TooLarge(JinlinError):
    """More was sent than is taken at once."""

    status = 413
    code = "too_large"
    what = _("What was sent is too large.")
    remedy = _("Send less at once; photos are sent ahead, one by one.")


class Forged(JinlinError):
    """A browser session was used without its protection token."""

    status = 403
    code = "csrf"
    what = _("This was not sent from a page of ours.")
    remedy = _("Send the cookie's value in the header X-CSRFToken, or use a token of your own.")


class Broken(JinlinError):
    """The platform failed; nothing was changed."""

    status = 500
    code = "server_error"
    what = _("Something went wrong here.")
    remedy = _("Please send it again with the same key; it is never done twice.")


def error_response(error: JinlinError) -> HttpResponse:
    """Return the answer for an error that an action raised."""
    contents = {
        "code": error.code,
        "what": str(error.what),
        "why": str(error.why),
        "remedy": str(error.remedy),
        "fields": {name: str(why) for name, why in error.fields.items()},
    }
    return json_answer({"error": contents}, status=error.status)


def register(api: NinjaAPI) -> None:
    """Make the API answer with this shape only."""
    api.exception_handler(JinlinError)(lambda request, error: error_response(error))
    api.exception_handler(AuthenticationError)(lambda request, error: error_response(NotSignedIn()))
    api.exception_handler(Http404)(lambda request, error: error_response(NotFound()))
    api.exception_handler(InvalidPlaceCode)(
        lambda request, error: error_response(Invalid(fields={"place": str(error)}))
    )
    api.exception_handler(RequestDataTooBig)(lambda request, error: error_response(TooLarge()))
    api.exception_handler(SuspiciousOperation)(lambda request, error: error_response(Unreadable()))
    api.exception_handler(MultiPartParserError)(lambda request, error: error_response(Unreadable()))
    api.exception_handler(ValidationError)(_of_schema)
    api.exception_handler(HttpError)(_of_http)
    api.exception_handler(Exception)(_of_our_own)


def nothing_here(request: HttpRequest) -> HttpResponse:
    """Answer under an address that the API does not have."""
    return error_response(NotFound(remedy=_("The API's description at /api/v1/openapi.json names every address.")))


def _of_schema(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = {".".join(str(part) for part in entry["loc"][1:]) or "body": entry["msg"] for entry in error.errors}
    return error_response(
        Invalid(_("Some values do not have the form that the API's description names."), fields=fields)
    )


def _of_http(request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code == Forged.status:
        return error_response(Forged())
    return error_response(Unreadable())


def _of_our_own(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("the API failed", exc_info=error, path=request.path)
    return error_response(Broken())

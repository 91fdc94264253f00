"""The addresses of GeoReport v2: read a call, ask the requests app, answer in the caller's format."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from jinlin.open311.arguments import Wanted, wanted, yes
from jinlin.open311.bulk import PORTION, bulk_lines
from jinlin.open311.creating import create
from jinlin.open311.endpoints import endpoint, must_have_key
from jinlin.open311.formats import JSON, MEDIA_TYPES, answer
from jinlin.open311.records import Reader
from jinlin.open311.services import definition, existing_service
from jinlin.open311.services import services as every_service
from jinlin.open311.tokens import number_behind, token_of, wishes_token
from jinlin.open311.updates import add_update, updates
from jinlin.platform.access import Actor
from jinlin.platform.dates import LOCAL
from jinlin.platform.errors import NotFound
from jinlin.playbooks.queries import newest_adoption
from jinlin.requests.actions import Receipt

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
FIRST_CHANGESET = "2026-01-01 00:00"


@endpoint("GET")
def discovery(request: HttpRequest, actor: Actor, format_: str) -> HttpResponse:
    """Say where the service is, in which formats, and how to get a key."""
    adopted = newest_adoption()
    changeset = f"{adopted.at.astimezone(LOCAL):%Y-%m-%d %H:%M}" if adopted else FIRST_CHANGESET
    place = {
        "specification": SPECIFICATION,
        "url": request.build_absolute_uri("/open311/v2"),
        "changeset": changeset,
        "type": "test" if settings.JINLIN_DEMO else "production",
        "formats": [media_type.partition(";")[0] for media_type in MEDIA_TYPES.values()],
    }
    keys = request.build_absolute_uri(reverse("people:tokens"))
    contents = {
        "changeset": changeset,
        "contact": f"{settings.JINLIN_PLACE_NAME} {settings.JINLIN_PHONE}",
        "key_service": _("Sign in and make a key of your own: %(address)s") % {"address": keys},
        "endpoints": [place],
    }
    return answer(format_, "discovery", contents)


@endpoint("GET")
def services(request: HttpRequest, actor: Actor, format_: str) -> HttpResponse:
    """List what can be asked for."""
    return answer(format_, "services", every_service())


@endpoint("GET")
def service(request: HttpRequest, actor: Actor, format_: str, code: str) -> HttpResponse:
    """Say what is asked of requests for a service."""
    return answer(format_, "service_definition", definition(existing_service(code)))


@endpoint("GET", "POST")
def requests(request: HttpRequest, actor: Actor, format_: str) -> HttpResponse:
    """List requests, or create one."""
    if request.method == "POST":
        must_have_key(actor)
        return answer(format_, "service_requests", [_receipt(request, actor, create(request, actor))])
    asked = wanted(request)
    found = _reader(request, actor).page(asked)
    response = answer(format_, "service_requests", found.rows)
    if links := _links(request, asked, more=found.more):
        response["Link"] = links
    return response


def _receipt(request: HttpRequest, actor: Actor, made: Receipt) -> dict[str, Any]:
    number = made.request.number
    named = {"token": token_of(number)} if wishes_token(request) else {"service_request_id": number}
    return named | {"service_notice": _notice(made.request.promised_at), "account_id": str(actor.account_id)}


def _notice(due: datetime | None) -> str | None:
    return _("You get an answer by %(when)s.") % {"when": f"{due.astimezone(LOCAL):%Y-%m-%d %H:%M}"} if due else None


def _links(request: HttpRequest, asked: Wanted, *, more: bool) -> str:
    """Return the addresses of the pages beside this one (RFC 8288), without the caller's key."""
    pages = {"prev": asked.page - 1 if asked.page > 1 else 0, "next": asked.page + 1 if more else 0}
    query = request.GET.copy()
    query.pop("api_key", None)
    links = []
    for name, page in pages.items():
        if page:
            query["page"] = str(page)
            links.append(f'<{request.build_absolute_uri(request.path)}?{query.urlencode()}>; rel="{name}"')
    return ", ".join(links)


def _reader(request: HttpRequest, actor: Actor) -> Reader:
    return Reader(actor, request.build_absolute_uri, extended=yes(request, "extensions"))


@endpoint("GET")
def one_request(request: HttpRequest, actor: Actor, format_: str, number: str) -> HttpResponse:
    """Read one request."""
    try:
        row = _reader(request, actor).one(number)
    except NotFound:
        raise NotFound(_("service_request_id %(number)s was not found.") % {"number": number[:32]}) from None
    return answer(format_, "service_requests", [row])


@endpoint("GET")
def described_request(request: HttpRequest, actor: Actor, format_: str, number: str) -> HttpResponse:
    """Read one request under the address and in the shape of the standard's OpenAPI, which differ from its text."""
    row = _reader(request, actor).one(number)
    return answer(format_, "service_requests", row if format_ == JSON else [row])


@endpoint("GET")
def token(request: HttpRequest, actor: Actor, format_: str, token: str) -> HttpResponse:
    """Turn a token into the number of its request."""
    row = {"service_request_id": number_behind(token), "token": token}
    return answer(format_, "service_requests", [row])


@endpoint("GET", "POST")
def request_updates(request: HttpRequest, actor: Actor, format_: str) -> HttpResponse:
    """List the updates of the caller's requests, or add one."""
    must_have_key(actor)
    rows = [add_update(request, actor)] if request.method == "POST" else updates(request, actor)
    return answer(format_, "service_request_updates", rows)


@endpoint("GET")
def bulk(request: HttpRequest, actor: Actor, format_: str) -> StreamingHttpResponse:
    """Give the list whole, as the CSV of the bulk format."""
    told = Reader(actor, request.build_absolute_uri).every(wanted(request), PORTION)
    return StreamingHttpResponse(bulk_lines(told), content_type="text/csv; charset=utf-8")

"""Binds what a log line needs to each web request, and turns the errors of actions into pages."""

import time
from collections.abc import Callable
from secrets import token_hex

import structlog
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from jinlin.platform.errors import JinlinError, NotSignedIn
from jinlin.web.views import refusal

log = structlog.get_logger("jinlin.web")
SLOW_SECONDS = 1.0


class RequestLogMiddleware:
    """Gives every web request an id that its log lines carry, and logs the slow ones."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=token_hex(8), path=request.path):
            response = self.get_response(request)
            seconds = time.perf_counter() - started
            if seconds > SLOW_SECONDS:
                log.warning("slow page", seconds=round(seconds, 2), status=response.status_code)
        return response


class ErrorPageMiddleware:
    """Shows a `JinlinError` that a page did not handle itself as a page with what, why and a way out.

    Who is not signed in is sent to sign in and comes back to the page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NotSignedIn) and request.method == "GET":
            return redirect_to_login(request.get_full_path())
        return refusal(request, error) if isinstance(error, JinlinError) else None

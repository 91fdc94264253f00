"""Pages of the shell itself: display preferences and what is said when something goes wrong."""

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from jinlin.platform.errors import JinlinError, Words
from jinlin.web import context, display


@require_http_methods(["GET", "POST"])
def display_preferences(request: HttpRequest) -> HttpResponse:
    """Remember text mode, theme and language (`text`, `theme`, `lang`) and go back to `next`.

    A plain link does it too, so that a poster may carry a code such as `/display?text=large&next=/`.
    """
    wishes = request.POST if request.method == "POST" else request.GET
    goal = wishes.get("next", "/")
    safe = url_has_allowed_host_and_scheme(goal, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(goal if safe else "/")
    display.remember(request, response, {name: wishes.get(name, "") for name in ("text", "theme", "lang")})
    return response


def error_page(request: HttpRequest, status: int, what: Words, why: Words = "", remedy: Words = "") -> HttpResponse:
    """Say what happened, why and what to do next, with the telephone number."""
    return render(request, "web/error.html", {"what": what, "why": why, "remedy": remedy}, status=status)


def refusal(request: HttpRequest, error: JinlinError) -> HttpResponse:
    """Turn an error that an action raised into a page."""
    return error_page(request, error.status, error.what, error.why, error.remedy)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Handle 400."""
    return error_page(
        request, 400, _("The page could not read what was sent."), remedy=_("Go back, check it and send it again.")
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Handle 403."""
    return error_page(
        request,
        403,
        _("You cannot see this page."),
        _("Only those it concerns may see it."),
        _("Sign in with another account, or ask the community."),
    )


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Handle a form whose protection token is missing or old."""
    return error_page(
        request,
        403,
        _("The form was not sent."),
        _("It was open for too long, or cookies are switched off."),
        _("Go back, load the page again and send it once more; your draft is kept on this device."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Handle 404."""
    return error_page(
        request,
        404,
        _("There is no such page."),
        _("The address may be mistyped, or the page has moved."),
        _("Check the address, or start from the first page."),
    )


def conflict(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Handle 409."""
    return error_page(
        request,
        409,
        _("Somebody else was first."),
        _("This was changed while you were looking at it. Nothing was overwritten."),
        _("Load the page again, look at the new state and decide again."),
    )


def too_large(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Handle 413."""
    return error_page(
        request,
        413,
        _("It was not sent."),
        _("The files are too large together."),
        _("Send fewer or smaller photos; the text alone works too."),
    )


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Handle 429."""
    return error_page(
        request,
        429,
        _("That was very often in a short time."),
        remedy=_("Please wait a few minutes and try again, or call us."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Handle 500 without touching the database, which may be what failed."""
    shell = {**context.contact(request), "text": display.chosen(request, "text") or "standard"}
    words = {
        "what": _("Something went wrong here."),
        "why": _("It is our fault, not yours."),
        "remedy": _("Please try again in a few minutes, or call us."),
        "reference": structlog.contextvars.get_contextvars().get("request_id", ""),
        "shell": {**shell, "theme": display.chosen(request, "theme")},
    }
    return render(None, "web/error_plain.html", words, status=500)

"""Keeps the rights of staff closed until they have signed in as their post demands: own password, second factor."""

from collections.abc import Callable
from dataclasses import replace

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from jinlin.people.rules import is_staff
from jinlin.people.signin import second_factor_shown
from jinlin.platform.access import actor_of

DOORS = ("/desk/", "/cockpit/", "/field/")


class StaffSignInMiddleware:
    """Leaves staff without the grants of their posts, in every door and in the API, until nothing is wanting.

    On the pages of their doors it leads them to where they can supply it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        page, words = _wanting(request)
        if not page or not actor_of(request).grants:
            return self.get_response(request)
        request.actor = replace(actor_of(request), grants=())
        if request.path.startswith(DOORS):
            messages.warning(request, words)
            return HttpResponseRedirect(reverse(page))
        return self.get_response(request)


def _wanting(request: HttpRequest) -> tuple[str, str]:
    """Return the page where staff supply what is wanting, with the words that say why; two empty texts for nothing."""
    if not request.user.is_authenticated:
        return "", ""
    if request.user.has_first_password:
        return "account_change_password", _("Somebody else chose your password. Choose your own, then your pages open.")
    demanded = settings.JINLIN_STAFF_SECOND_FACTOR and not second_factor_shown(request)
    if demanded and is_staff(actor_of(request)):
        return "mfa_index", _("Your post needs a second factor. Set one up here, then your pages open.")
    return "", ""

"""The page where everybody signs in by telephone, and where they are led from there."""

from allauth.account.views import RequestLoginCodeView
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_GET

from jinlin.people import actions
from jinlin.platform.access import NOBODY, Actor, Role, actor_of

FIELD = {Role.GRID_MEMBER, Role.NEIGHBOUR_HEAD}
COCKPIT = {Role.SUBDISTRICT_OFFICER, Role.DISTRICT_OFFICER}
AREAS = (({Role.ADMINISTRATOR}, "/desk/accounts/"), ({Role.AUDITOR}, "/desk/audit/"), (COCKPIT, "/cockpit/"))


class SignInView(RequestLoginCodeView):
    """Asks for a number and sends a code to it; a number that nobody signs in with yet gets an account at once.

    Known and unknown numbers take the same way, so that nobody learns which of them have accounts.
    """

    def form_valid(self, form: Form) -> HttpResponse:
        """Open the account where there is none, then send the code."""
        if form._user is None:
            form._user = actions.open_account(actor=NOBODY, phone=form.cleaned_data["phone"])
        return super().form_valid(form)


sign_in = SignInView.as_view()


@login_required
@require_GET
def arrive(request: HttpRequest) -> HttpResponse:
    """Lead whoever has signed in to their door."""
    return redirect(next(filter(_exists, doors_of(actor_of(request))), "/"))


def doors_of(actor: Actor) -> list[str]:
    """Return the doors that somebody may be led to, the best first."""
    roles = actor.roles
    doors = [address for which, address in AREAS if roles & which]
    if roles - FIELD - COCKPIT - {Role.ADMINISTRATOR, Role.AUDITOR}:
        doors.append("/desk/")
    if roles & FIELD:
        doors.append("/field/")
    return [*doors, "/"]


def _exists(address: str) -> bool:
    try:
        resolve(address)
    except Resolver404:
        return False
    return True

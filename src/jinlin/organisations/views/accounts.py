"""The administrator's pages of staff accounts and their first passwords."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from jinlin.organisations import queries, rules
from jinlin.organisations.forms import StaffAccountForm
from jinlin.organisations.models import Appointment
from jinlin.organisations.views.asking import account_or_404, administrator
from jinlin.people import actions as people
from jinlin.people.models import Account
from jinlin.people.rules import is_staff_account, may_keep_account, may_reset
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid
from jinlin.platform.forms import sent, show_refusal, status_of
from jinlin.platform.pages import READ_WRITE

PAGE = 50


@login_required
@never_cache
@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """Show the staff accounts by user name; a whole telephone number finds the account that it signs in to."""
    actor = administrator(request)
    words, after = request.GET.get("q", "").strip(), request.GET.get("after", "")
    rows = list(queries.staff_accounts(actor, words).filter(username__gt=after)[: PAGE + 1])
    shown = rows[:PAGE]
    terms = queries.running_appointments(today()).filter(person__account__in=shown).select_related("body")
    posts: dict[int, list[Appointment]] = {}
    for appointment in terms:
        posts.setdefault(appointment.person_id, []).append(appointment)
    next_url = f"?{urlencode({'q': words, 'after': shown[-1].username})}" if len(rows) > PAGE else ""
    return render(
        request,
        "organisations/accounts.html",
        {
            "accounts": [(account, posts.get(account.person_id, [])) for account in shown],
            "secured": _with_second_factor(shown),
            "words": words,
            "next_url": next_url,
            "first_url": f"?{urlencode({'q': words})}" if after else "",
        },
    )


def _with_second_factor(accounts: list[Account]) -> set[int]:
    return set(Authenticator.objects.filter(user__in=accounts).values_list("user_id", flat=True))


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def new_account(request: HttpRequest) -> HttpResponse:
    """Open an account for somebody who will hold a post; its first password is shown this once."""
    actor = administrator(request)
    form = StaffAccountForm(sent(request))
    if form.is_bound and form.is_valid():
        try:
            account, password = people.create_staff_account(actor=actor, **form.cleaned_data)
            return render(request, "organisations/first_password.html", {"account": account, "password": password})
        except Invalid as error:
            show_refusal(form, error)
    return render(request, "organisations/new_account.html", {"form": form}, status=status_of(form))


@login_required
@never_cache
@require_GET
def account(request: HttpRequest, account_id: int) -> HttpResponse:
    """Show one account: whose it is, its posts now and before, and what can be done with it."""
    actor, found = administrator(request), account_or_404(account_id)
    terms = Appointment.objects.filter(person=found.person).select_related("body", "zone").order_by("-term_from", "-pk")
    day = today()
    shown = {
        "account": found,
        "is_staff": is_staff_account(found),
        "may_reset": may_reset(actor, found),
        "may_keep": may_keep_account(actor, found),
        "may_appoint": rules.may_appoint(actor, found.person_id),
        "posts": [(term, bool(rules.may_end(actor, term)), term.is_running(day)) for term in terms],
        "secured": bool(_with_second_factor([found])),
    }
    return render(request, "organisations/account.html", shown)


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def first_password(request: HttpRequest, account_id: int) -> HttpResponse:
    """Ask once more, then let an account start anew; the first password is shown this once."""
    actor, found = administrator(request), account_or_404(account_id)
    if request.method == "POST":
        found, password = people.set_first_password(actor=actor, account_id=account_id)
        return render(request, "organisations/first_password.html", {"account": found, "password": password})
    shown = {
        "act": _("Reset the sign-in of %(name)s") % {"name": found.username},
        "consequence": _(
            "The account is signed out everywhere, loses its second factor and gets a new first password."
        ),
        "action_url": reverse("organisations:first-password", args=[account_id]),
        "yes": _("Reset the sign-in"),
        "no": _("Leave it"),
        "back_url": reverse("organisations:account", args=[account_id]),
        "dangerous": True,
    }
    return render(request, "web/confirmation.html", shown)


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def deactivate(request: HttpRequest, account_id: int) -> HttpResponse:
    """Ask once more, then close an account."""
    actor, found = administrator(request), account_or_404(account_id)
    if request.method == "POST":
        people.deactivate_account(actor=actor, account_id=account_id)
        messages.success(request, _("The account is closed."))
        return redirect("organisations:account", account_id=account_id)
    shown = {
        "act": _("Close the account %(name)s") % {"name": found.username},
        "consequence": _(
            "Its owner is signed out at once and cannot sign in. Nothing is deleted; posts stay until ended."
        ),
        "action_url": reverse("organisations:deactivate", args=[account_id]),
        "yes": _("Close the account"),
        "no": _("Leave it open"),
        "back_url": reverse("organisations:account", args=[account_id]),
        "dangerous": True,
    }
    return render(request, "web/confirmation.html", shown)


@login_required
@require_http_methods(["POST"])
def reactivate(request: HttpRequest, account_id: int) -> HttpResponse:
    """Open a closed account again."""
    people.reactivate_account(actor=administrator(request), account_id=account_id)
    messages.success(request, _("The account is open again."))
    return redirect("organisations:account", account_id=account_id)

"""Deadlines as a calendar that telephones and offices subscribe to, by a secret address."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jinlin.algorithms.calendar_feed import Entry, calendar_feed
from jinlin.people.actions import end_calendar_link, renew_calendar_link
from jinlin.people.queries.calendars import account_of_calendar, calendar_link_of
from jinlin.platform.access import Actor, actor_for
from jinlin.platform.dates import now
from jinlin.platform.errors import NotFound
from jinlin.requests.models import Request
from jinlin.requests.queries.calendar import owed_by
from jinlin.requests.queries.choices import category_names
from jinlin.requests.views.desk.door import desk_page


@never_cache
@require_http_methods(["GET", "POST"])
@desk_page
def calendar(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Explain the calendar; make its address, which is shown this once."""
    address = ""
    if request.method == "POST":
        path = reverse("requests:calendar-feed", args=[renew_calendar_link(actor=actor)])
        address = request.build_absolute_uri(path)
    link = calendar_link_of(actor)
    return render(request, "requests/desk/calendar.html", {"address": address, "link": link})


@require_POST
@desk_page
def end(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take the address back."""
    end_calendar_link(actor=actor)
    messages.success(request, _("The address of the calendar leads nowhere now."))
    return redirect("requests:desk-calendar")


@never_cache
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Give the calendar of whoever made this address: numbers, categories and states; never what somebody wrote.

    Calendars are often kept on servers of others, so that it holds less than its owner may see.
    """
    account = account_of_calendar(secret)
    if account is None:
        raise NotFound
    names, made_at = category_names(), now()
    host = urlsplit(request.build_absolute_uri("/")).hostname or ""
    rows = owed_by(actor_for(account.pk, account.person_id))
    entries = [_entry(request, row, names.get(row.category, ""), host) for row in rows]
    contents = calendar_feed(_("Deadlines"), entries, made_at)
    return HttpResponse(contents, content_type="text/calendar; charset=utf-8")


def _entry(request: HttpRequest, row: Request, category: str, host: str) -> Entry:
    path = reverse("requests:desk-request", args=[row.pk])
    title = f"{row.number} {category}".strip()
    url = request.build_absolute_uri(path)
    return Entry(f"{row.number}@{host}", row.due_at, title, str(row.get_state_display()), url, row.version)

"""The bars of the four doors: an item shows as soon as its page exists, to those whose posts open it."""

from collections.abc import Set
from typing import NamedTuple

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from jinlin.assessment.rules import COCKPIT_ROLES
from jinlin.disclosure.rules import WORKERS as NOTICE_WORKERS
from jinlin.lists.rules import WORKERS
from jinlin.organisations.rules.acting import KEEPERS
from jinlin.people.rules import ROLL_READERS
from jinlin.platform.access import Role
from jinlin.playbooks.rules import SETTERS
from jinlin.requests.rules.call_backs import ROUND_READERS
from jinlin.territory.rules import PLACE_KEEPERS
from jinlin.volunteering.rules import HOSTS
from jinlin.webhooks.rules import HOOK_KEEPERS
from jinlin.wishes.rules import CHECKERS


class Item(NamedTuple):
    """One entry of a bar: the name of its page, its icon and its word; `roles` are those it is for, none for all."""

    page: str
    icon: str
    word: str | Promise
    roles: Set[Role] = frozenset()


class Link(NamedTuple):
    """An entry whose page exists, ready to show."""

    url: str
    icon: str
    word: str | Promise
    current: bool


OFFICE = frozenset(Role) - {Role.ADMINISTRATOR}

DOORS = {
    "resident": (
        Item("requests:home", "house", pgettext_lazy("bar", "Home")),
        Item("requests:raise", "camera", pgettext_lazy("bar", "Raise")),
        Item("deliberation:home", "messages-square", pgettext_lazy("bar", "Discuss")),
        Item("people:me", "user-round", pgettext_lazy("bar", "Mine")),
    ),
    "field": (
        Item("requests:field-today", "list-checks", pgettext_lazy("bar", "Today")),
        Item("requests:field-register", "clipboard-pen", pgettext_lazy("bar", "Register")),
        Item("requests:field-queue", "cloud-upload", pgettext_lazy("bar", "To send")),
    ),
    "desk": (
        Item("requests:desk-inbox", "inbox", pgettext_lazy("bar", "Inbox"), OFFICE),
        Item("requests:desk-list", "clipboard-list", pgettext_lazy("bar", "Requests"), OFFICE),
        Item("requests:desk-call-backs", "phone", pgettext_lazy("bar", "Call-backs"), ROUND_READERS),
        Item("deliberation:desk", "messages-square", pgettext_lazy("bar", "Discuss")),
        Item("voting:desk", "vote", pgettext_lazy("bar", "Votes")),
        Item("disclosure:desk", "megaphone", pgettext_lazy("bar", "Notices"), NOTICE_WORKERS),
        Item("people:desk-roll", "users-round", pgettext_lazy("bar", "Roll"), ROLL_READERS),
        Item("clusters:desk-list", "layers", pgettext_lazy("bar", "Common troubles"), OFFICE),
        Item("territory:desk-places", "map", pgettext_lazy("bar", "Places")),
        Item("organisations:desk-posts", "list-checks", pgettext_lazy("bar", "Posts"), KEEPERS),
        Item("territory:grid-plans", "layers", pgettext_lazy("bar", "Grids"), PLACE_KEEPERS),
        Item("volunteering:desk-board", "hand-heart", pgettext_lazy("bar", "Volunteering"), HOSTS),
        Item("wishes:desk-list", "hand-heart", pgettext_lazy("bar", "Wishes"), CHECKERS),
        Item("lists:desk-lists", "clipboard-list", pgettext_lazy("bar", "Lists"), WORKERS),
        Item("outreach:desk-rounds", "users-round", pgettext_lazy("bar", "Rounds"), WORKERS),
        Item("organisations:desk-bodies", "layers", pgettext_lazy("bar", "Bodies")),
        Item("organisations:desk-work", "list-checks", pgettext_lazy("bar", "Work")),
        Item("organisations:desk-filings", "file-check", pgettext_lazy("bar", "Filings")),
        Item("organisations:desk-sheets", "clipboard-pen", pgettext_lazy("bar", "Sheets"), KEEPERS),
        Item("property:desk-ledger", "book-open", pgettext_lazy("bar", "Ledger")),
        Item("assessment:desk-reports", "chart-column", pgettext_lazy("bar", "Reports")),
        Item("assessment:cockpit", "newspaper", pgettext_lazy("bar", "Cockpit"), COCKPIT_ROLES),
        Item("people:desk-audit", "eye", pgettext_lazy("bar", "Trail"), {Role.AUDITOR}),
        Item("organisations:desk-method", "layers", pgettext_lazy("bar", "Method"), SETTERS),
        Item("organisations:desk-accounts", "user-round", pgettext_lazy("bar", "Accounts"), {Role.ADMINISTRATOR}),
        Item("webhooks:hooks", "cloud-upload", pgettext_lazy("bar", "Webhooks"), HOOK_KEEPERS),
    ),
    "cockpit": (
        Item("assessment:cockpit", "newspaper", pgettext_lazy("bar", "One page")),
        Item("assessment:cockpit-clocks", "timer", pgettext_lazy("bar", "Clocks")),
        Item("assessment:cockpit-map", "map", pgettext_lazy("bar", "Map")),
        Item("assessment:cockpit-rates", "chart-line", pgettext_lazy("bar", "Three rates")),
        Item("assessment:cockpit-indicators", "chart-line", pgettext_lazy("bar", "Indicators")),
        Item("clusters:desk-frequent", "layers", pgettext_lazy("bar", "Common troubles")),
        Item("assessment:cockpit-brief", "file-text", pgettext_lazy("bar", "Brief")),
        Item("requests:desk-inbox", "inbox", pgettext_lazy("bar", "Desk")),
    ),
}

SEARCH_PAGE = "disclosure:public"
ME_PAGE = "people:me"
SIGN_IN_PAGE = "account_login"


def page_url(name: str) -> str:
    """Return the address of the page `name`, or an empty string when there is none yet."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def has_restricted(door: str) -> bool:
    """Say whether a door's bar has entries that are for some posts only."""
    return any(item.roles for item in DOORS[door])


def links(door: str, path: str, roles: Set[Role] | None = None) -> list[Link]:
    """Return the entries of a door whose pages exist, the one that `path` lies in marked as current.

    `roles` are the posts of whoever looks; None shows all entries.
    """
    shown = [item for item in DOORS[door] if roles is None or not item.roles or roles & item.roles]
    urls = [(item, page_url(item.page)) for item in shown]
    here = max((url for _, url in urls if url and _lies_in(path, url)), key=len, default=None)
    return [Link(url, item.icon, item.word, url == here) for item, url in urls if url]


def _lies_in(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))

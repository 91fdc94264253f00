"""The bars of the four doors: an item shows as soon as its page exists, to those whose posts open it."""

from collections.abc import Set
from typing import NamedTuple

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from jinlin.assessment.rules import COCKPIT_ROLES
from jinlin.conventions.rules import WORKERS as CONVENTION_WORKERS
from jinlin.disclosure.rules import WORKERS as NOTICE_WORKERS
from jinlin.lists.rules import WORKERS
from jinlin.meetings.rules import WORKERS as MEETING_WORKERS
from jinlin.opinions.rules import LOOKERS as OPINION_READERS
from jinlin.organisations.rules.acting import KEEPERS
from jinlin.people.rules import ROLL_READERS
from jinlin.platform.access import Role
from jinlin.playbooks.rules import SETTERS
from jinlin.procedures.rules import WORKERS as STEP_TAKERS
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


class Group(NamedTuple):
    """Entries that belong together, under a word of their own where there is one."""

    word: str | Promise
    items: tuple[Item, ...]


class Link(NamedTuple):
    """An entry whose page exists, ready to show."""

    url: str
    icon: str
    word: str | Promise
    current: bool


class Section(NamedTuple):
    """A part of a bar, ready to show; one without a word shows its links beside those of the others."""

    word: str | Promise
    links: list[Link]
    current: bool


OFFICE = frozenset(Role) - {Role.ADMINISTRATOR}

DESK = (
    Group(
        pgettext_lazy("group of the bar", "Handling"),
        (
            Item("requests:desk-inbox", "inbox", pgettext_lazy("bar", "Inbox"), OFFICE),
            Item("requests:desk-list", "clipboard-list", pgettext_lazy("bar", "Requests"), OFFICE),
            Item("requests:desk-call-backs", "phone", pgettext_lazy("bar", "Call-backs"), ROUND_READERS),
            Item("clusters:desk-list", "layers", pgettext_lazy("bar", "Common troubles"), OFFICE),
        ),
    ),
    Group(
        pgettext_lazy("group of the bar", "Wishes and lists"),
        (
            Item("lists:desk-lists", "list-checks", pgettext_lazy("bar", "Lists"), WORKERS),
            Item("wishes:desk-list", "star", pgettext_lazy("bar", "Wishes"), CHECKERS),
            Item("outreach:desk-rounds", "footprints", pgettext_lazy("bar", "Rounds"), WORKERS),
            Item("volunteering:desk-board", "hand-heart", pgettext_lazy("bar", "Volunteering"), HOSTS),
        ),
    ),
    Group(
        pgettext_lazy("group of the bar", "Discussing and deciding"),
        (
            Item("deliberation:desk", "messages-square", pgettext_lazy("bar", "Discuss")),
            Item("procedures:desk", "waypoints", pgettext_lazy("bar", "Procedures"), STEP_TAKERS),
            Item("meetings:desk", "clipboard-check", pgettext_lazy("bar", "Meetings"), MEETING_WORKERS),
            Item("opinions:desk-list", "circle-dot", pgettext_lazy("bar", "Opinions"), OPINION_READERS),
            Item("voting:desk", "vote", pgettext_lazy("bar", "Votes")),
            Item("disclosure:desk", "megaphone", pgettext_lazy("bar", "Notices"), NOTICE_WORKERS),
            Item("conventions:desk-list", "file-text", pgettext_lazy("bar", "Conventions"), CONVENTION_WORKERS),
        ),
    ),
    Group(
        pgettext_lazy("group of the bar", "Bodies and people"),
        (
            Item("organisations:desk-bodies", "building-2", pgettext_lazy("bar", "Bodies")),
            Item("organisations:desk-work", "briefcase", pgettext_lazy("bar", "Work")),
            Item("organisations:desk-filings", "file-check", pgettext_lazy("bar", "Filings")),
            Item("organisations:desk-posts", "id-card", pgettext_lazy("bar", "Posts"), KEEPERS),
            Item("organisations:desk-sheets", "table", pgettext_lazy("bar", "Sheets"), KEEPERS),
            Item("people:desk-roll", "users-round", pgettext_lazy("bar", "Roll"), ROLL_READERS),
        ),
    ),
    Group(
        pgettext_lazy("group of the bar", "Figures and settings"),
        (
            Item("assessment:cockpit", "gauge", pgettext_lazy("bar", "Cockpit"), COCKPIT_ROLES),
            Item("assessment:desk-reports", "chart-column", pgettext_lazy("bar", "Reports")),
            Item("property:desk-ledger", "book-open", pgettext_lazy("bar", "Ledger")),
            Item("territory:desk-places", "map", pgettext_lazy("bar", "Places")),
            Item("territory:grid-plans", "grid-3x3", pgettext_lazy("bar", "Grids"), PLACE_KEEPERS),
            Item("organisations:desk-method", "scroll-text", pgettext_lazy("bar", "Method"), SETTERS),
            Item("people:desk-audit", "eye", pgettext_lazy("bar", "Trail"), {Role.AUDITOR}),
            Item("organisations:desk-accounts", "user-round", pgettext_lazy("bar", "Accounts"), {Role.ADMINISTRATOR}),
            Item("webhooks:hooks", "webhook", pgettext_lazy("bar", "Webhooks"), HOOK_KEEPERS),
        ),
    ),
)
"""The desk's bar: what somebody there looks for together; no two entries have the same icon."""


def _plain(*items: Item) -> tuple[Group, ...]:
    return (Group("", items),)


FEW = 7
"""As many entries need no groups: they are seen at once."""

DOORS: dict[str, tuple[Group, ...]] = {
    "resident": _plain(
        Item("requests:home", "house", pgettext_lazy("bar", "Home")),
        Item("requests:raise", "camera", pgettext_lazy("bar", "Raise")),
        Item("deliberation:home", "messages-square", pgettext_lazy("bar", "Discuss")),
        Item("people:me", "user-round", pgettext_lazy("bar", "Mine")),
    ),
    "field": _plain(
        Item("requests:field-today", "list-checks", pgettext_lazy("bar", "Today")),
        Item("requests:field-register", "clipboard-pen", pgettext_lazy("bar", "Register")),
        Item("requests:field-queue", "cloud-upload", pgettext_lazy("bar", "To send")),
    ),
    "desk": DESK,
    "cockpit": _plain(
        Item("assessment:cockpit", "newspaper", pgettext_lazy("bar", "One page")),
        Item("assessment:cockpit-clocks", "timer", pgettext_lazy("bar", "Clocks")),
        Item("assessment:cockpit-map", "map", pgettext_lazy("bar", "Map")),
        Item("assessment:cockpit-rates", "chart-line", pgettext_lazy("bar", "Three rates")),
        Item("assessment:cockpit-indicators", "chart-column", pgettext_lazy("bar", "Indicators")),
        Item("clusters:desk-frequent", "layers", pgettext_lazy("bar", "Common troubles")),
        Item("procedures:cockpit", "waypoints", pgettext_lazy("bar", "Procedures")),
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
    return any(item.roles for group in DOORS[door] for item in group.items)


def sections(door: str, path: str, roles: Set[Role] | None = None) -> list[Section]:
    """Return the entries of a door whose pages exist by their groups, the one that `path` lies in marked as current.

    `roles` are the posts of whoever looks; None shows all entries. Groups without an entry are left out, and where few entries
    are left, or one of a group, they stand without its word.
    """
    shown = [(group.word, _there(group, roles)) for group in DOORS[door]]
    urls = [url for _word, found in shown for _item, url in found]
    here = max((url for url in urls if _lies_in(path, url)), key=len, default=None)
    return [_section(word if len(urls) > FEW else "", found, here) for word, found in shown if found]


def _section(word: str | Promise, found: list[tuple[Item, str]], here: str | None) -> Section:
    shown = [Link(url, item.icon, item.word, url == here) for item, url in found]
    return Section(word if len(shown) > 1 else "", shown, any(link.current for link in shown))


def _there(group: Group, roles: Set[Role] | None) -> list[tuple[Item, str]]:
    """Return the entries of a group that are for these posts and whose pages exist, with their addresses."""
    shown = [item for item in group.items if roles is None or not item.roles or roles & item.roles]
    return [(item, url) for item in shown if (url := page_url(item.page))]


def _lies_in(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))

"""Who acts, and with which grants: rights follow from posts, places and terms, and are computed, never stored."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from django.db.models import Q
from django.http import HttpRequest

from jinlin.algorithms.place_codes import is_within, prefix_range
from jinlin.platform.errors import NotAllowed, NotSignedIn


class Role(StrEnum):
    """The kinds of post that rights are given to; a playbook's posts each name one.

    A member of a body works on what lies with that body, and on nothing else.
    """

    NEIGHBOUR_HEAD = "neighbour_head"
    GRID_MEMBER = "grid_member"
    COMMUNITY_WORKER = "community_worker"
    COMMUNITY_SECRETARY = "community_secretary"
    PROPERTY_MANAGER = "property_manager"
    SUBDISTRICT_OFFICER = "subdistrict_officer"
    DISTRICT_OFFICER = "district_officer"
    DEPARTMENT_OFFICER = "department_officer"
    BODY_MEMBER = "body_member"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Grant:
    """What one appointment gives: a role, at a body, over a place (code prefix) or over a named zone within it."""

    role: Role
    body_id: int
    place_code: str
    zone_id: int | None = None

    def covers(self, place_code: str, zone_ids: Iterable[int | None] = ()) -> bool:
        """Say whether a row at `place_code`, in the zones given, lies in this grant's scope."""
        if not is_within(place_code, self.place_code):
            return False
        return self.zone_id is None or self.zone_id in zone_ids


@dataclass(frozen=True)
class Actor:
    """The acting person as every action sees it: nobody, a resident, or somebody with posts.

    `opened` names what a secret link has opened to whoever holds it, such as `request:17`.
    """

    account_id: int | None = None
    person_id: int | None = None
    grants: tuple[Grant, ...] = field(default=())
    opened: frozenset[str] = frozenset()
    is_system: bool = False

    @property
    def is_signed_in(self) -> bool:
        return self.account_id is not None

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants)

    def grants_as(self, roles: Iterable[Role]) -> list[Grant]:
        """Return the grants whose role is one of `roles`."""
        wanted = frozenset(roles)
        return [grant for grant in self.grants if grant.role in wanted]

    def has(self, roles: Iterable[Role], place_code: str, zone_ids: Iterable[int | None] = ()) -> bool:
        """Say whether the actor holds one of `roles` over this place."""
        zones = tuple(zone_ids)
        return any(grant.covers(place_code, zones) for grant in self.grants_as(roles))

    def must_be_signed_in(self) -> None:
        """Raises: NotSignedIn."""
        if not self.is_signed_in:
            raise NotSignedIn

    def must_hold(self, roles: Iterable[Role], place_code: str = "") -> None:
        """Raises: NotAllowed, unless the actor holds one of `roles` (over `place_code`, if given)."""
        self.must_be_signed_in()
        held = self.grants_as(roles)
        if not any(grant.covers(place_code) for grant in held) if place_code else not held:
            raise NotAllowed


OPENED = "opened"
MOST_OPENED = 100
NOBODY = Actor()
SYSTEM = Actor(is_system=True)
"""What tasks act as: the platform itself, for steps that a rule and a clock decide."""

GrantProvider = Callable[[int], tuple[Grant, ...]]
_providers: list[GrantProvider] = []


def provide_grants(provider: GrantProvider) -> None:
    """Register the function that gives a person's grants; `organisations` does it at start."""
    _providers.append(provider)


def actor_for(account_id: int, person_id: int | None) -> Actor:
    """Return the actor of an account, with the grants of its person's current appointments."""
    grants = tuple(grant for provider in _providers for grant in provider(person_id)) if person_id else ()
    return Actor(account_id=account_id, person_id=person_id, grants=grants)


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts in a web request; computed once per request."""
    known = getattr(request, "actor", None)
    if known is None:
        user = request.user
        known = actor_for(user.pk, user.person_id) if user.is_authenticated else NOBODY
        opened = request.session.get(OPENED)
        request.actor = known = replace(known, opened=frozenset(opened)) if opened else known
    return known


def open_for(request: HttpRequest, key: str) -> None:
    """Let whoever holds this browser's session see what a secret link has opened, such as `request:17`."""
    opened = request.session.get(OPENED, [])
    if key not in opened:
        request.session[OPENED] = [*opened, key][-MOST_OPENED:]
    request.actor = None


def in_scope(grants: Iterable[Grant], *, place: str = "place_code", zones: Iterable[str] = ()) -> Q:
    """Return the filter for rows that lie in one of `grants`.

    `place` names the column with the place code, `zones` the columns with zone ids. A grant over a zone gives no rows where
    no such column is named; no grants, no rows.
    """
    columns, found = tuple(zones), Q(pk__in=[])
    for grant in grants:
        low, high = prefix_range(grant.place_code)
        here = Q(**{f"{place}__gte": low, f"{place}__lt": high})
        if grant.zone_id is None:
            found |= here
        elif columns:
            found |= here & Q(*[Q(**{column: grant.zone_id}) for column in columns], _connector=Q.OR)
    return found

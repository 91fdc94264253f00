"""The way to a place by short lists: community, estate, building, entrance, home, at most twelve rows at a time.

A step is named by a token that fits into a form or an address: a place's code; `z` and the number of an estate; a
community's code and `o` for its buildings outside every estate; and, where a list is longer than twelve rows, `~` and the
part of it, such as `530199001001~12-24`. An empty token is the beginning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jinlin.algorithms.place_codes import ENTRANCE_OF_UNDIVIDED_BUILDING, Level, ancestors_of, fault_in
from jinlin.platform.access import Actor
from jinlin.platform.remembering import remembered
from jinlin.territory.addresses import natural
from jinlin.territory.models import Place, Zone
from jinlin.territory.queries.tree import KEPT_SECONDS, below, existing_place, within_any
from jinlin.territory.rules import visible_to

MOST_ROWS = 12
_TOKEN = re.compile(
    r"(?:z(?P<estate>\d{1,18})|(?P<code>\d*)(?P<others>o)?)(?:~(?P<start>\d{1,6})-(?P<end>\d{1,6}))?", re.ASCII
)


@dataclass(frozen=True)
class Choice:
    """A row to choose: its token, its words, the place it stands for, and whether there is more below."""

    token: str
    name: str
    code: str = ""
    leads_on: bool = True


@dataclass(frozen=True)
class Step:
    """One list on the way: where we are, the way back, and at most twelve rows.

    `code` is the place that has been reached so far, `words` what is known beyond it (an estate's name).
    """

    token: str = ""
    name: str = ""
    code: str = ""
    words: str = ""
    path: list[Choice] = field(default_factory=list)
    rows: list[Choice] = field(default_factory=list)

    @property
    def back(self) -> str:
        """The token of the step before."""
        return self.path[-1].token if self.path else ""


@dataclass(frozen=True)
class _Node:
    """A token taken apart; `place` or `estate` is set, neither at the beginning."""

    place: Place | None = None
    estate: Zone | None = None
    others: bool = False
    start: int = 0
    end: int | None = None

    @property
    def token(self) -> str:
        whole = f"z{self.estate.pk}" if self.estate else f"{self.place.code if self.place else ''}{'o' * self.others}"
        return whole if self.end is None else f"{whole}~{self.start}-{self.end}"

    @property
    def code(self) -> str:
        if self.estate:
            return self.estate.community_code
        return self.place.code if self.place else ""


def step_at(actor: Actor, token: str = "") -> Step | None:
    """Return the list at `token`, or None when there is no such place for this actor (any more)."""
    node = _node_of(actor, token)
    if node is None:
        return None
    rows = _rows(actor, node)
    part = rows[node.start : node.end]
    return Step(
        token=node.token,
        name=_name_of(node),
        code=node.code,
        words=node.estate.name if node.estate else "",
        path=_path_to(node),
        rows=_shortened(node, part),
    )


def _node_of(actor: Actor, token: str) -> _Node | None:
    found = _TOKEN.fullmatch(token)
    if not found:
        return None
    part = {"start": int(found["start"]), "end": int(found["end"])} if found["end"] else {}
    if found["estate"]:
        estate = Zone.objects.filter(pk=found["estate"], kind=Zone.Kind.ESTATE, valid_to__isnull=True).first()
        return _Node(estate=estate, **part) if estate else None
    if not found["code"]:
        return _Node(**part)
    place = None if fault_in(found["code"]) else visible_to(actor).filter(code=found["code"]).first()
    return _Node(place=place, others=bool(found["others"]), **part) if place else None


def _name_of(node: _Node) -> str:
    if node.estate:
        return node.estate.name
    if node.others:
        return _("Other buildings of %(place)s") % {"place": node.place.name if node.place else ""}
    return node.place.address if node.place else ""


def _path_to(node: _Node) -> list[Choice]:
    """Return the steps that lead to a node, the first one first."""
    beginning = Choice("", _("Beginning"))
    if node.end is not None:
        whole = replace(node, start=0, end=None)
        return [*_path_to(whole), Choice(whole.token, _name_of(whole) or beginning.name, whole.code)]
    if node.estate:
        community = existing_place(node.estate.community_code)
        if community is None or _is_only_community(community.code):
            return [beginning]
        return [beginning, *_steps_to(community)]
    if node.place is None:
        return []
    return [beginning, *(_steps_to(node.place) if node.others else _steps_to(node.place)[:-1])]


def _steps_to(place: Place) -> list[Choice]:
    """Return the places from the subdistrict down to `place` itself, the estate before its buildings.

    Where there is only one community the way begins in it.
    """
    above = Place.objects.filter(code__in=ancestors_of(place.code)[1:]).order_by("code")
    if _is_only_community(place.code[: Level.COMMUNITY]):
        above = above.filter(level__gt=Level.COMMUNITY)
    steps = [_choice(found) for found in above] + [_choice(place)]
    if place.estate_id:
        at = sum(1 for step in steps if len(step.code) <= Level.COMMUNITY)
        steps.insert(at, Choice(f"z{place.estate_id}", place.estate.name, place.code[: Level.COMMUNITY]))
    return steps


def _is_only_community(code: str) -> bool:
    return not Place.objects.filter(level=Level.COMMUNITY, valid_to__isnull=True).exclude(code=code).exists()


def _rows(actor: Actor, node: _Node) -> list[Choice]:
    if node.estate:
        return _buildings(Place.objects.filter(estate=node.estate))
    if node.place is None:
        return remembered(f"places-beginning:{get_language()}", KEPT_SECONDS, _beginning)
    code = node.place.code
    match Level(node.place.level):
        case Level.COMMUNITY:
            return _in_community(code, others=node.others)
        case Level.BUILDING:
            return _entrances(actor, code)
        case Level.HOME:
            return []
    return _below(actor, code)


def _beginning() -> list[Choice]:
    """Return the communities; the subdistricts where that are too many; what is in it where there is only one.

    It is the same for everybody and stands on every form with a place.
    """
    communities = _sorted(Place.objects.filter(level=Level.COMMUNITY, valid_to__isnull=True))
    if len(communities) == 1:
        return _in_community(communities[0].code, others=False)
    if len(communities) <= MOST_ROWS:
        return communities
    subdistricts = _sorted(Place.objects.filter(level=Level.SUBDISTRICT, valid_to__isnull=True))
    return subdistricts if len(subdistricts) > 1 else communities


def _in_community(code: str, *, others: bool) -> list[Choice]:
    """Return a community's estates, and behind one more row the buildings outside them."""
    loose = below(code).filter(estate__isnull=True)
    if others:
        return _buildings(loose)
    estates = Zone.objects.filter(community_code=code, kind=Zone.Kind.ESTATE, valid_to__isnull=True)
    rows = [Choice(f"z{estate.pk}", estate.name, code) for estate in estates.order_by("label")]
    if not rows:
        return _buildings(loose)
    more = loose.filter(level=Level.BUILDING, valid_to__isnull=True).exists()
    return [*rows, Choice(f"{code}o", _("Other buildings"), code)] if more else rows


def _buildings(places: QuerySet[Place]) -> list[Choice]:
    return _sorted(places.filter(level=Level.BUILDING, valid_to__isnull=True))


def _entrances(actor: Actor, building: str) -> list[Choice]:
    """Return the entrances; of a building without them its homes at once."""
    entrances = _below(actor, building)
    if [entrance.code[Level.BUILDING :] for entrance in entrances] == [ENTRANCE_OF_UNDIVIDED_BUILDING]:
        return _below(actor, entrances[0].code)
    return entrances


def _below(actor: Actor, code: str) -> list[Choice]:
    return _sorted(visible_to(actor).filter(within_any([code]), level=Level(len(code)).below))


def _sorted(places: QuerySet[Place]) -> list[Choice]:
    return [_choice(place) for place in sorted(places, key=lambda place: natural(place.name))]


def _choice(place: Place) -> Choice:
    return Choice(place.code, place.name, place.code, leads_on=place.level < Level.HOME)


def _shortened(node: _Node, rows: Sequence[Choice]) -> list[Choice]:
    """Return the rows, or where there are more than twelve, even parts of them named by their first and last."""
    if len(rows) <= MOST_ROWS:
        return list(rows)
    size = MOST_ROWS
    while size * MOST_ROWS < len(rows):
        size *= MOST_ROWS
    return [_part(node, rows, at, min(at + size, len(rows))) for at in range(0, len(rows), size)]


def _part(node: _Node, rows: Sequence[Choice], start: int, end: int) -> Choice:
    token = replace(node, start=node.start + start, end=node.start + end).token
    words = {"first": rows[start].name, "last": rows[end - 1].name}
    return Choice(token, _("%(first)s to %(last)s") % words if end - start > 1 else rows[start].name, node.code)

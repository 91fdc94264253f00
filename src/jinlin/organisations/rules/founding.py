"""Where a body may stand: of a known kind, at its level, under the right body, one of a kind, under a name of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.place_codes import Level
from jinlin.organisations.models import Body
from jinlin.organisations.queries.surroundings import Surroundings
from jinlin.platform.errors import Words
from jinlin.platform.wording import in_a_row
from jinlin.playbooks.schema import Body as BodyKind
from jinlin.territory.models import Zone

PLACE_LEVELS = {
    "district": Level.DISTRICT,
    "subdistrict": Level.SUBDISTRICT,
    "community": Level.COMMUNITY,
    "building": Level.BUILDING,
    "entrance": Level.ENTRANCE,
    "home": Level.HOME,
}
FEWEST_SHARING = 2
LONGEST_NAME = 64
Faults = Iterator[tuple[str, Words]]


@dataclass(frozen=True)
class NewBody:
    """A body to found at a place or in a zone: a proposal, unless `founded_on` says since when it works.

    `covers` are the places in its care, by label of zone or code of place; without them a single body of a kind that
    looks after places has its own. `parent` may be left out where only one body can stand above it.
    """

    kind: str
    name: str
    place_code: str
    zone: Zone | None = None
    parent: Body | None = None
    phone: str = ""
    office: str = ""
    joint: bool = False
    head_count: int | None = None
    outside: bool = False
    founded_on: date | None = None
    covers: tuple[str, ...] = ()


def faults_in(new: NewBody, known: Surroundings) -> dict[str, Words]:
    """Return what is wrong with a new body, by field; nothing where it can be founded."""
    kind = known.kind_of(new.kind)
    if kind is None:
        return {"kind": _("This place's work method has no such body.")}
    found: dict[str, Words] = {}
    for check in CHECKS:
        for name, words in check(new, kind, known):
            found.setdefault(name, words)
    return found


def parent_of(new: NewBody, known: Surroundings) -> Body | None:
    """Return the body that a new one stands under: the one named, or the only one there can be."""
    kind = known.kind_of(new.kind)
    if new.parent is not None or kind is None:
        return new.parent
    return known.only_above(kind.above, new.place_code, new.zone.pk if new.zone else None)


def covered_by(new: NewBody, kind: BodyKind) -> tuple[str, ...]:
    """Return what a new body looks after: what it names, else its own place where its kind looks after such places."""
    if new.covers or kind.covers is None or new.joint:
        return new.covers
    own = new.zone.label if new.zone else new.place_code
    return (own,) if kind.covers == kind.level else ()


def _named(new: NewBody, kind: BodyKind, known: Surroundings) -> Faults:
    if not new.name.strip() or len(new.name.strip()) > LONGEST_NAME:
        yield "name", _("A name has 1 to %(most)s characters.") % {"most": LONGEST_NAME}
    other = known.named.get((new.place_code, new.zone.pk if new.zone else None, new.name.strip()))
    if other is not None:
        yield (
            "name",
            _("%(body)s is there already; one body is not entered twice, under another kind either.")
            % {"body": other.name},
        )


def _at_its_level(new: NewBody, kind: BodyKind, known: Surroundings) -> Faults:
    place = known.places.get(new.place_code)
    if place is None:
        yield "place", _("There is no such place.")
    elif new.joint:
        if new.zone is not None:
            yield "joint", _("A body that several places share stands at the place above them.")
    elif kind.level in PLACE_LEVELS:
        if new.zone is not None or place.level != PLACE_LEVELS[kind.level]:
            yield "place", _("“%(kind)s” belongs to another level of places.") % {"kind": kind.short_name}
    elif new.zone is None or new.zone.kind != kind.level or new.zone.community_code != new.place_code:
        yield "place", _("“%(kind)s” belongs to another level of places.") % {"kind": kind.short_name}


def _under_the_right_body(new: NewBody, kind: BodyKind, known: Surroundings) -> Faults:
    if not kind.above:
        if new.parent is not None:
            yield "parent", _("“%(kind)s” stands at the top; there is no body above it.") % {"kind": kind.short_name}
        return
    rows = [(name, known.kind_of(name)) for name in kind.above]
    wanted = in_a_row(row.short_name if row else name for name, row in rows)
    parent = parent_of(new, known)
    if parent is None:
        yield (
            "parent",
            _("It stands under a body of the kind “%(above)s”; say which one, or found that first.")
            % {"above": wanted},
        )
    elif parent.kind not in kind.above:
        yield (
            "parent",
            _("A level is left out: it stands under “%(above)s”, not under %(body)s.")
            % {
                "above": wanted,
                "body": parent.name,
            },
        )
    elif not known.is_inside(new.place_code, new.zone.pk if new.zone else None, parent):
        yield "parent", _("It lies outside the area of %(body)s.") % {"body": parent.name}


def _one_of_a_kind(new: NewBody, kind: BodyKind, known: Surroundings) -> Faults:
    if kind.single and not new.joint:
        for other in known.at(new.kind, new.place_code, new.zone.pk if new.zone else None):
            yield "kind", _("There is %(body)s already; a place has one of this kind at a time.") % {"body": other.name}


def _looks_after(new: NewBody, kind: BodyKind, known: Surroundings) -> Faults:
    covers = covered_by(new, kind)
    if (new.covers or new.joint) and kind.covers is None:
        yield "covers", _("“%(kind)s” does not look after places.") % {"kind": kind.short_name}
        return
    if new.joint and len(set(covers)) < FEWEST_SHARING:
        yield "covers", _("A body set up jointly is shared by two places at least; name them, or set it up singly.")
    if not new.joint and len(covers) > 1:
        yield "covers", _("A body set up singly looks after one place; set it up jointly to share it.")
    for key in covers:
        yield from wrong_cover(key, kind, new.place_code, known)


def wrong_cover(key: str, kind: BodyKind, place_code: str, known: Surroundings) -> Faults:
    """Say what is wrong with a place, named by label or code, as one in the care of a body of a kind."""
    zone, place = known.zones.get(key), known.places.get(key)
    if kind.covers in PLACE_LEVELS:
        fits = place is not None and place.level == PLACE_LEVELS[kind.covers] and key.startswith(place_code)
    else:
        fits = zone is not None and zone.kind == kind.covers and zone.community_code.startswith(place_code)
    name = zone.name if zone else place.address if place else key
    if not fits:
        yield "covers", _("%(place)s is no place there that such a body looks after.") % {"place": name}
    elif (kind.kind, key) in known.holder:
        words = {"place": name, "body": known.holder[kind.kind, key].name}
        yield "covers", _("%(place)s is in the care of %(body)s already.") % words


def _counted_with_a_contact(new: NewBody, kind: BodyKind, known: Surroundings) -> Faults:
    if new.head_count is None:
        return
    if new.head_count < 1:
        yield "head_count", _("A team has one person at least.")
    if not new.phone.strip():
        yield "phone", _("A team that is kept as a number only needs a contact by which it can be reached.")


CHECKS: tuple[Callable[[NewBody, BodyKind, Surroundings], Faults], ...] = (
    _named,
    _at_its_level,
    _under_the_right_body,
    _one_of_a_kind,
    _looks_after,
    _counted_with_a_contact,
)

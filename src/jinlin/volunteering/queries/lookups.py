"""What the words of a spreadsheet mean at the actor's places: communities, grids, bodies, kinds and skills by name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext as _

from jinlin.organisations.models import Body
from jinlin.platform.access import Actor
from jinlin.platform.errors import Invalid
from jinlin.playbooks.schema import Playbook
from jinlin.territory.models import Zone
from jinlin.volunteering import queries
from jinlin.volunteering.models import Posting

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Names:
    """The things that a sheet can name, by each of their names; a name may be that of several."""

    places: Mapping[str, Sequence[str]]
    zones: Mapping[str, Sequence[Zone]]
    bodies: Mapping[str, Sequence[Body]]
    kinds: Mapping[str, str]
    skills: Mapping[str, str]

    def place(self, word: str) -> str:
        """Return the code of a community. Raises: Invalid."""
        return _only(self.places.get(word, ()), "place", word)

    def zone(self, word: str, place_code: str) -> Zone | None:
        """Return the grid or estate of that name in a community; None for no word. Raises: Invalid."""
        if not word:
            return None
        return _only([zone for zone in self.zones.get(word, ()) if zone.community_code == place_code], "zone", word)

    def body(self, word: str, place_code: str, name: str = "body") -> Body:
        """Return the body of that name; of several the one at the place. Raises: Invalid, at the field `name`."""
        found = self.bodies.get(word, ())
        if len(found) > 1:
            found = [body for body in found if _meet(body.place_code, place_code)]
        return _only(found, name, word)


def _meet(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _only(found: Sequence[Thing], name: str, word: str) -> Thing:
    if len(found) == 1:
        return found[0]
    words = _("Several are called “%(word)s”; write the code.") if found else _("“%(word)s” is not known here.")
    raise Invalid(fields={name: words % {"word": word}})


def names_for(actor: Actor, playbook: Playbook, kind: Posting.Kind | None = None) -> Names:
    """Return what a sheet of this actor can name; without a kind it is a sheet of units' reports."""
    places = queries.hosted_communities(actor)
    codes = [code for code, _name in places]
    zones = Zone.objects.filter(community_code__in=codes, valid_to__isnull=True)
    bodies = queries.bodies_at(actor) if kind in {Posting.Kind.POST, Posting.Kind.NEED} else queries.units(playbook)
    kinds = queries.categories(playbook, kind) if kind else {}
    return Names(
        places=_by_name([(name, code) for code, name in places] + [(code, code) for code in codes]),
        zones=_by_name([(word, zone) for zone in zones for word in {zone.name, zone.label}]),
        bodies=_by_name((body.name, body) for body in bodies),
        kinds={key: key for key in kinds} | {name: key for key, name in kinds.items()},
        skills={row.key: row.key for row in playbook.skill} | {row.name: row.key for row in playbook.skill},
    )


def _by_name(pairs: Iterable[tuple[str, Thing]]) -> Mapping[str, Sequence[Thing]]:
    found: defaultdict[str, list[Thing]] = defaultdict(list)
    for name, thing in pairs:
        found[name].append(thing)
    return found

"""The places that exist already, laid out for an import: by code, and by their number below their parent."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.utils.translation import gettext as _

from jinlin.algorithms.chinese_text import fold
from jinlin.algorithms.place_codes import CodesExhausted, Level, next_child
from jinlin.territory.addresses import number_key
from jinlin.territory.models import Place, Zone
from jinlin.territory.queries.tree import below

COMMUNITY_ENDINGS = ("社区居民委员会", "居民委员会", "社区居委会", "居委会", "社区", "村委会")


class Refused(Exception):
    """A row cannot be taken; `field` is the one to blame."""

    def __init__(self, field: str, why: str) -> None:
        self.field, self.why = field, why
        super().__init__(why)


def name_key(name: str) -> str:
    """Return the form in which names of communities and zones are compared."""
    plain = "".join(fold(name).split())
    ending = next((end for end in COMMUNITY_ENDINGS if plain.endswith(end) and len(plain) > len(end)), "")
    return plain.removesuffix(ending)


class Known:
    """What is there; a community's buildings and homes are loaded when it is first met.

    `children` gives {key: code} below each place that exists, `used` every code ever given out there, `ended` the day on
    which a place ended, by code, and `ended_keys` by parent and key.
    """

    def __init__(self) -> None:
        areas = Place.objects.filter(level__in=(Level.SUBDISTRICT, Level.COMMUNITY))
        self.communities: dict[str, Place] = {}
        self.subdistricts: set[str] = set()
        self.ended: dict[str, date] = {}
        for place in areas:
            self._note_area(place)
        self.zones: dict[str, dict[tuple[str, str], Zone]] = defaultdict(dict)
        self.labels: dict[str, Zone] = {}
        self.buildings: dict[str, Place] = {}
        self.homes: dict[str, tuple[int, int | None, int | None]] = {}
        self.neighbours: dict[str, int | None] = {}
        self.addresses: dict[str, str] = {}
        self.children: dict[str, dict[str, str]] = defaultdict(dict)
        self.used: dict[str, set[str]] = defaultdict(set)
        self.ended_keys: dict[tuple[str, str], date] = {}
        self._loaded: set[str] = set()

    def _note_area(self, place: Place) -> None:
        if place.valid_to:
            self.ended[place.code] = place.valid_to
        elif place.level == Level.COMMUNITY:
            self.communities[place.code] = place
        else:
            self.subdistricts.add(place.code)

    def community_named(self, name: str) -> Place:
        """Return the community of a name, or the only one when there is no name.

        Raises:
            Refused: when there is none or more than one.
        """
        wanted = name_key(name)
        found = [place for place in self.communities.values() if not name or name_key(place.name) == wanted]
        if len(found) == 1:
            return found[0]
        if not name:
            raise Refused("community_code", _("The row does not say in which community the building lies."))
        if found:
            raise Refused("community", _("Several communities are called so; write the code."))
        raise Refused("community", _("No community is called so here; write its code too."))

    def load(self, community: str) -> None:
        """Take in what lies in a community, once."""
        if community in self._loaded:
            return
        self._loaded.add(community)
        for zone in Zone.objects.filter(community_code=community):
            self.labels[zone.label] = zone
            if not zone.valid_to:
                self.zones[community][zone.kind, name_key(zone.name)] = zone
        rows = below(community).filter(level__gt=Level.COMMUNITY)
        for building in rows.filter(level=Level.BUILDING).select_related("estate", "grid"):
            self._note_building(community, building)
        lower = rows.filter(level__gt=Level.BUILDING).order_by("level")
        fields = ("pk", "code", "name", "address", "floor", "floor_area", "valid_to", "neighbours_id")
        for row in lower.values_list(*fields).iterator():
            self._note_lower(*row)

    def _note_building(self, community: str, building: Place) -> None:
        estate = building.estate.label if building.estate else ""
        key = f"{estate}/{number_key(building.name)}"
        if self._note(community, key, building.code, building.valid_to):
            self.buildings[building.code] = building

    def _note_lower(
        self,
        pk: int,
        code: str,
        name: str,
        address: str,
        floor: int | None,
        area: int | None,
        ended: date | None,
        neighbours: int | None,
    ) -> None:
        is_home = len(code) == Level.HOME
        parent = code[: Level.ENTRANCE if is_home else Level.BUILDING]
        key = "" if not is_home and code.endswith("00") else number_key(name)
        if not self._note(parent, key, code, ended):
            return
        if is_home:
            self.homes[code], self.neighbours[code] = (pk, floor, area), neighbours
        else:
            self.addresses[code] = address

    def _note(self, parent: str, key: str, code: str, ended: date | None) -> bool:
        """Note a place below `parent`, and return whether it still exists."""
        self.used[parent].add(code)
        if ended:
            self.ended[code] = ended
            self.ended_keys[parent, key] = ended
            return False
        self.children[parent][key] = code
        return True

    def refuse_ended(self, code: str, field: str) -> None:
        """Raises: Refused, when the place of `code` has ended."""
        if code in self.ended:
            words = {"code": code, "day": self.ended[code]}
            raise Refused(field, _("The place %(code)s has ended on %(day)s; its code is not given out again.") % words)

    def rekey(self, parent: str, key: str, code: str) -> str:
        """Let the place of `code` be found under `key` from now on, as its estate has changed; return the key.

        Raises:
            Refused: when another place is there already.
        """
        other = self.children[parent].get(key)
        if other not in {None, code}:
            raise Refused(
                "building", _("A building of this number is there already, with the code %(code)s.") % {"code": other}
            )
        self.children[parent][key] = code
        return key

    def child(self, parent: str, key: str, stated: str, field: str) -> tuple[str, bool]:
        """Return the code of the place with `key` below `parent`, and whether it is new; `stated` is what the row says.

        Raises:
            Refused: for a code that is another place's or has ended, a place that has ended, or no code left.
        """
        found = self.children[parent].get(key)
        if found:
            if stated and found != stated:
                raise Refused(field, _("This place has the code %(code)s already.") % {"code": found})
            return found, False
        code = stated or self._given(parent, key, field)
        self.refuse_ended(code, field)
        if code in self.used[parent]:
            raise Refused(field, _("The code %(code)s is another place's already.") % {"code": code})
        self.used[parent].add(code)
        self.children[parent][key] = code
        return code, True

    def _given(self, parent: str, key: str, field: str) -> str:
        """Return a free code: the number of an entrance or room itself where it is free, else the next one."""
        if (parent, key) in self.ended_keys:
            words = {"day": self.ended_keys[parent, key]}
            raise Refused(field, _("This place has ended on %(day)s; take the row out, or state a new code.") % words)
        level = Level(len(parent)).below
        digits = level - len(parent)
        spoken = parent + key.zfill(digits)
        if key.isdecimal() and int(key) and len(key) <= digits and spoken not in self.used[parent]:
            return spoken
        try:
            return next_child(parent, self.used[parent])
        except CodesExhausted:
            raise Refused(field, _("All codes below %(code)s have been given out.") % {"code": parent}) from None

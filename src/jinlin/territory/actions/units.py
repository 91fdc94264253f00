"""Takes units into the tree, or puts buildings under another estate or grid: all lines or none, each fault in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.algorithms.place_codes import Level, fault_in
from jinlin.algorithms.place_tree import Fault, Reason, Unit, faults_in_tree
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid
from jinlin.platform.spreadsheets import Finding
from jinlin.region.districts import current_district
from jinlin.territory.actions.founding import NewPlace, NewZone, found_places, found_zones
from jinlin.territory.actions.places import settle
from jinlin.territory.actions.unit_codes import Codes, Refused
from jinlin.territory.imports.units import UnitLine, UnitLines
from jinlin.territory.models import Place, Zone, ZoneMembership
from jinlin.territory.queries.tree import within_any
from jinlin.territory.rules import may_keep_places
from jinlin.territory.unit_words import chain_levels, level_words

ZONES = frozenset({kind.value for kind in Zone.Kind} - {Zone.Kind.NEIGHBOURS.value})
WORDS = {
    Reason.UNKNOWN_LEVEL: gettext_lazy("This place has no level “%(level)s”."),
    Reason.NO_PARENT: gettext_lazy("The unit above is missing."),
    Reason.UNKNOWN_PARENT: gettext_lazy("There is no unit with the code “%(parent)s”."),
    Reason.IN_ITSELF: gettext_lazy("%(unit)s would lie in itself: %(parent)s lies in it."),
    Reason.WRONG_ORDER: gettext_lazy("A unit of the level %(level)s does not lie in one of the level %(above)s."),
    Reason.LEFT_OUT: gettext_lazy("Between %(above)s and %(level)s the level %(missing)s is missing."),
    Reason.TWO_LEVELS: gettext_lazy("%(unit)s is of the level %(other)s already."),
    Reason.REPEATED: gettext_lazy("%(unit)s is there already, or stands in the table twice."),
    Reason.TWO_PARENTS: gettext_lazy(
        "%(unit)s lies in %(other)s on the same day; a unit has one unit above of a kind."
    ),
    Reason.ENDS_BEFORE: gettext_lazy("%(unit)s would end before it begins."),
}


@dataclass(frozen=True)
class UnitsReport:
    """How many units were founded and how many buildings moved; with findings none."""

    founded: int = 0
    moved: int = 0
    findings: list[Finding] = field(default_factory=list)


@transaction.atomic
def take_units(*, actor: Actor, lines: UnitLines) -> UnitsReport:
    """Found the units of the lines, and let buildings that are there move to the estate, grid or courtyard named.

    Raises:
        NotAllowed: for somebody who keeps no places at all; lines outside one's own area are findings.
    """
    may_keep_places(actor).enforce()
    coded, findings = _coded(actor, lines)
    findings += _misplaced([line for line, _there in coded])
    if findings or not coded:
        return UnitsReport(findings=sorted(findings, key=lambda finding: finding.row))
    fresh = [line for line, there in coded if not there]
    moving = [line for line, there in coded if there]
    _found(actor, fresh)
    for line in moving:
        _move(actor, line)
    return UnitsReport(len(fresh), len(moving))


def _coded(actor: Actor, lines: UnitLines) -> tuple[list[tuple[UnitLine, bool]], list[Finding]]:
    """Return the lines with the codes that they have or get, each with whether its unit is there already."""
    codes, found, findings = Codes(current_district().code), [], list(lines.findings)
    for line in lines.lines:
        try:
            if line.since > today():
                raise Refused("since", _("A unit begins today or began before."))
            coded, there = codes.coded(line)
            ruling = may_keep_places(actor, codes.area_of(coded))
            if not ruling:
                raise Refused("parent", str(ruling.reason))
            found.append((coded, there))
        except Refused as refused:
            findings.append(Finding(line.row, refused.field, refused.why))
    return found, findings


def _misplaced(lines: Sequence[UnitLine]) -> list[Finding]:
    """Return a finding for each line that does not fit into the tree as it stands."""
    units = [Unit(line.code, line.level, line.parent, line.since) for line in lines]
    faults = faults_in_tree(units, chain_levels(), _standing(lines))
    return [Finding(lines[fault.row].row, "parent", _said(fault)) for fault in faults]


def _said(fault: Fault) -> str:
    words = level_words()
    facts = {name: words.get(value, value) for name, value in fault.details.items()}
    return str(WORDS[fault.reason] % facts)


def _standing(lines: Sequence[UnitLine]) -> list[Unit]:
    """Return the units of today that the lines touch: whole communities, and all areas above them."""
    codes = {code for line in lines for code in (line.code, line.parent)}
    communities = {code[: Level.COMMUNITY] for code in codes if len(code) >= Level.COMMUNITY}
    areas = Place.objects.filter(level__lte=Level.COMMUNITY, valid_to__isnull=True)
    below = Place.objects.filter(within_any(communities), level=Level.BUILDING, valid_to__isnull=True)
    zones = Zone.objects.filter(community_code__in=communities, kind__in=ZONES, valid_to__isnull=True)
    members = ZoneMembership.objects.filter(zone__in=zones, valid_to__isnull=True).select_related("zone")
    return [
        *(_place_unit(place) for place in areas.only("code", "level", "valid_from")),
        *(_place_unit(place) for place in below.only("code", "level", "valid_from")),
        *(Unit(zone.label, zone.kind, zone.community_code, zone.valid_from) for zone in zones),
        *_memberships(lines, list(members), {zone.label: zone.kind for zone in zones}),
    ]


def _memberships(lines: Sequence[UnitLine], members: Sequence[ZoneMembership], kinds: Mapping[str, str]) -> list[Unit]:
    """Return the memberships of today; one that a line moves elsewhere is over from the line's day on."""
    levels = {**kinds, **{line.code: line.level for line in lines}}
    moves = {(line.code, levels.get(line.parent)): line.since for line in lines}
    units = []
    for member in members:
        since = moves.get((member.member_code, member.kind))
        until = since if since is not None and since > member.valid_from else None
        units.append(Unit(member.member_code, "building", member.zone.label, member.valid_from, until))
    return units


def _place_unit(place: Place) -> Unit:
    above = Level(place.level).above
    return Unit(place.code, Level(place.level).name.lower(), place.code[:above] if above else "", place.valid_from)


def _found(actor: Actor, lines: Sequence[UnitLine]) -> None:
    zones = [line for line in lines if line.level in ZONES]
    for line in zones:
        community = line.code[: Level.COMMUNITY]
        new = NewZone(kind=Zone.Kind(line.level), label=line.code, name=line.name, community_code=community)
        found_zones(actor=actor, zones=[new], valid_from=line.since)
    for line in sorted(set(lines) - set(zones), key=lambda line: line.code):
        found_places(actor=actor, places=[NewPlace(line.code, line.name, _address(line))], valid_from=line.since)
        if fault_in(line.parent):
            settle(Zone.objects.get(label=line.parent), [line.code], line.since)


def _address(line: UnitLine) -> str:
    zone = Zone.objects.filter(label=line.parent, kind=Zone.Kind.ESTATE).first()
    return f"{zone.name}{line.name}" if zone else line.name


def _move(actor: Actor, line: UnitLine) -> None:
    zone = Zone.objects.get(label=line.parent, valid_to__isnull=True)
    settle(zone, [line.code], line.since)
    record_change(actor, "territory.move_buildings", zone, place_code=zone.community_code, buildings=1)


def take_unit(*, actor: Actor, level: str, name: str, parent: str, code: str = "") -> None:
    """Take one unit in, as `take_units`.

    Raises:
        NotAllowed.
        Invalid: with the reason at its field.
    """
    line = UnitLine(1, level, name.strip(), parent.strip(), code.strip(), today())
    report = take_units(actor=actor, lines=UnitLines([line]))
    if report.findings:
        raise Invalid(fields={finding.column: finding.why for finding in report.findings})

"""Takes the boundaries of places in from GeoJSON, all of a file or none."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from jinlin.algorithms.coordinates import System
from jinlin.algorithms.place_codes import ancestors_of
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.errors import Invalid
from jinlin.platform.spreadsheets import Finding
from jinlin.territory.models import Place, Zone
from jinlin.territory.outlines import SLIVER, BadOutline, as_geojson, check_system, outline_of, overlap, share_outside
from jinlin.territory.queries.tree import forget_boundaries
from jinlin.territory.rules import may_keep_places

LARGEST_BYTES = 20 * 1024 * 1024
MOST_OUTSIDE = 0.05
CODE_NAMES = ("code", "CODE", "adcode", "id")

Target = Place | Zone


@dataclass(frozen=True)
class BoundariesReport:
    """How many boundaries were set; with findings none. The row of a finding is the feature's number in the file."""

    rows: int
    set: int = 0
    findings: list[Finding] = field(default_factory=list)

    def as_dict(self) -> dict[str, object]:
        """Return it as the command prints it."""
        return {"rows": self.rows, "set": self.set, "rejected": [finding.as_dict() for finding in self.findings]}


@dataclass
class _Feature:
    number: int
    code: str
    target: Target | None = None
    outline: BaseGeometry | None = None


def set_boundary(*, actor: Actor, code: str, geometry: dict[str, Any], system: System = System.WGS84) -> None:
    """Set the boundary of one place, or of an estate or grid by its label.

    Raises:
        NotAllowed.
        Invalid: for an unknown or ended place, and an outline that is none, overlaps its neighbours or leaves its parent.
    """
    feature = {"type": "Feature", "properties": {"code": code}, "geometry": geometry}
    report = set_boundaries(actor=actor, document={"type": "FeatureCollection", "features": [feature]}, system=system)
    if report.findings:
        raise Invalid(fields={"boundary": " ".join(finding.why for finding in report.findings)})


def read_geojson(contents: bytes) -> dict[str, Any]:
    """Return the document of a GeoJSON file.

    Raises:
        Invalid: for a file that is too large or no GeoJSON.
    """
    if len(contents) > LARGEST_BYTES:
        raise Invalid(_("The file is larger than %(most)s MB.") % {"most": LARGEST_BYTES // 1024 // 1024})
    try:
        document = json.loads(contents.decode("utf-8-sig"))
    except ValueError as error:
        raise Invalid(_("The file is no GeoJSON: it cannot be read as JSON in UTF-8.")) from error
    if not isinstance(document, dict) or document.get("type") not in {"FeatureCollection", "Feature"}:
        raise Invalid(_("The file is no GeoJSON: a FeatureCollection is expected."))
    return document


@transaction.atomic
def set_boundaries(*, actor: Actor, document: dict[str, Any], system: System = System.WGS84) -> BoundariesReport:
    """Set the boundary of every feature's place, known by its property `code`; with any finding none is set.

    Raises:
        NotAllowed: for somebody who keeps no places at all; features outside one's own area are findings.
    """
    may_keep_places(actor).enforce()
    features, findings = _read(document, system)
    findings += _targeted(actor, features)
    if not findings:
        findings = [*_overlaps(features), *_outside_parents(features)]
    if findings:
        return BoundariesReport(len(features), findings=findings)
    for found in features:
        found.target.boundary = as_geojson(found.outline)
        found.target.save(update_fields=["boundary"])
        record_change(actor, "territory.set_boundary", found.target, place_code=_place_code(found.target))
    transaction.on_commit(forget_boundaries)
    return BoundariesReport(len(features), set=len(features))


def _read(document: dict[str, Any], system: System) -> tuple[list[_Feature], list[Finding]]:
    raw = document.get("features", []) if document.get("type") == "FeatureCollection" else [document]
    features, findings = [], []
    for number, entry in enumerate(raw, start=1):
        properties = entry.get("properties") or {} if isinstance(entry, dict) else {}
        code = next((str(properties[name]) for name in CODE_NAMES if properties.get(name)), "")
        found = _Feature(number, code)
        try:
            check_system(document)
            found.outline = outline_of(entry.get("geometry") if isinstance(entry, dict) else None, system)
        except BadOutline as error:
            findings.append(Finding(number, code, str(error)))
        features.append(found)
    return features, findings


def _targeted(actor: Actor, features: Iterable[_Feature]) -> list[Finding]:
    """Find the place or zone of each feature; return what stands against it."""
    codes = {found.code for found in features if found.code.isalnum()}
    targets: dict[str, Target] = dict(Place.objects.in_bulk(codes, field_name="code"))
    targets |= Zone.objects.in_bulk(codes, field_name="label")
    seen: set[str] = set()
    findings = []
    for found in features:
        found.target = targets.get(found.code)
        why = _against(actor, found, seen)
        seen.add(found.code)
        if why:
            findings.append(Finding(found.number, found.code, why))
    return findings


def _against(actor: Actor, found: _Feature, seen: set[str]) -> str:
    if found.target is None:
        return _("No place has the code “%(code)s”; the property `code` names it.") % {"code": found.code[:40]}
    if found.target.valid_to:
        return _("%(name)s has ended on %(day)s.") % {"name": found.target.name, "day": found.target.valid_to}
    if found.code in seen:
        return _("The code %(code)s stands in the file twice.") % {"code": found.code}
    if not may_keep_places(actor, _place_code(found.target)):
        return _("%(name)s lies outside your area.") % {"name": found.target.name}
    return ""


def _place_code(target: Target) -> str:
    return target.code if isinstance(target, Place) else target.community_code


def _overlaps(features: list[_Feature]) -> list[Finding]:
    """Name the features that overlap a neighbour of their own kind, in the file or set before."""
    findings = []
    for one, other in combinations(features, 2):
        if _kind(one.target) == _kind(other.target):
            findings += _overlap_finding(one, other.target, other.outline)
    given = {found.code for found in features}
    for found in features:
        for neighbour in _neighbours(found.target):
            if (neighbour.code if isinstance(neighbour, Place) else neighbour.label) not in given:
                findings += _overlap_finding(found, neighbour, shape(neighbour.boundary))
    return findings


def _kind(target: Target) -> tuple[object, ...]:
    return ("place", target.level) if isinstance(target, Place) else ("zone", target.kind)


def _neighbours(target: Target) -> Iterable[Target]:
    drawn = {"boundary__isnull": False, "valid_to__isnull": True}
    if isinstance(target, Zone):
        return Zone.objects.filter(kind=target.kind, community_code=target.community_code, **drawn).exclude(
            pk=target.pk
        )
    return Place.objects.filter(level=target.level, **drawn).exclude(pk=target.pk)


def _overlap_finding(found: _Feature, other: Target, outline: BaseGeometry) -> list[Finding]:
    share = overlap(found.outline, outline)
    if share <= SLIVER:
        return []
    words = {"one": found.target.name, "other": other.name, "share": round(share * 100)}
    return [Finding(found.number, found.code, _("%(one)s and %(other)s overlap by %(share)s %%.") % words)]


def _outside_parents(features: list[_Feature]) -> list[Finding]:
    """Name the features that reach further than a twentieth beyond the place that they lie in."""
    codes = {code for found in features for code in ancestors_of(_place_code(found.target))}
    outlines = {
        place.code: (place.name, shape(place.boundary))
        for place in Place.objects.filter(code__in=codes, boundary__isnull=False, valid_to__isnull=True)
    }
    outlines |= {
        found.code: (found.target.name, found.outline) for found in features if isinstance(found.target, Place)
    }
    findings = []
    for found in features:
        above = [code for code in ancestors_of(_place_code(found.target)) if code in outlines]
        if isinstance(found.target, Zone) and found.target.community_code in outlines:
            above.append(found.target.community_code)
        if above and share_outside(found.outline, outlines[above[-1]][1]) > MOST_OUTSIDE:
            words = {"one": found.target.name, "other": outlines[above[-1]][0]}
            findings.append(Finding(found.number, found.code, _("%(one)s reaches beyond %(other)s.") % words))
    return findings

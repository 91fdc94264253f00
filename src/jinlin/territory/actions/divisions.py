"""Loads the table of division codes, and makes the places of a district from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from jinlin.algorithms.chinese_text import bigrams
from jinlin.algorithms.place_codes import Level, fault_in
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid
from jinlin.platform.spreadsheets import Finding
from jinlin.region.models import District, Division
from jinlin.territory.imports.divisions import DivisionLines, parent_code
from jinlin.territory.models import Place
from jinlin.territory.rules import may_load_divisions

BATCH = 500


@dataclass(frozen=True)
class DivisionsReport:
    """What loading did; `unknown_parents` names divisions above that no file had, which keeps nothing out."""

    rows: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    findings: list[Finding] = field(default_factory=list)
    unknown_parents: list[Finding] = field(default_factory=list)

    def as_dict(self) -> dict[str, object]:
        """Return it as the command prints it."""
        return {
            "rows": self.rows,
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "rejected": [finding.as_dict() for finding in self.findings],
            "unknown_parents": [finding.as_dict() for finding in self.unknown_parents],
        }


def load_divisions(*, actor: Actor, lines: DivisionLines) -> DivisionsReport:
    """Add the codes to the table of divisions and bring names up to date; with any finding nothing is changed.

    Raises:
        NotAllowed.
    """
    may_load_divisions(actor).enforce()
    if lines.findings:
        return DivisionsReport(rows=lines.rows, findings=lines.findings)
    with transaction.atomic():
        known = dict(Division.objects.values_list("code", "name"))
        fresh = {code: name for code, name in lines.names.items() if known.get(code) != name}
        rows = [Division(code=code, name=name, parent_code=parent_code(code)) for code, name in fresh.items()]
        _save(rows)
        if rows:
            record_change(actor, "territory.load_divisions", rows[0], rows=len(rows))
    changed = sum(1 for code in fresh if code in known)
    return DivisionsReport(
        rows=lines.rows,
        added=len(fresh) - changed,
        changed=changed,
        unchanged=len(lines.names) - len(fresh),
        unknown_parents=_unknown_parents(lines, known),
    )


def _save(rows: list[Division]) -> None:
    Division.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "parent_code"],
    )


def _unknown_parents(lines: DivisionLines, known: Iterable[str]) -> list[Finding]:
    """Return one finding for each division above that is missing, at the first row that needs it."""
    there = {*known, *lines.names, ""}
    missing: dict[str, str] = {}
    for code in lines.names:
        if parent_code(code) not in there:
            missing.setdefault(parent_code(code), code)
    why = _("The division %(code)s above is not in the table; load the file that has it.")
    return [Finding(lines.places[child][1], "code", why % {"code": code}) for code, child in sorted(missing.items())]


@transaction.atomic
def adopt_divisions(*, actor: Actor, district_code: str) -> DivisionsReport:
    """Make the places of a district, its subdistricts and its communities from the table; names are brought up to date.

    Raises:
        NotAllowed.
        Invalid: for what is no district's code, or one that the table does not have.
    """
    may_load_divisions(actor).enforce()
    names = _names_below(district_code)
    known = {place.code: place for place in Place.objects.filter(code__in=names)}
    added = [_place(code, name) for code, name in names.items() if code not in known]
    changed = [place for code, place in known.items() if place.name != names[code]]
    for place in changed:
        place.name = place.address = names[place.code]
        place.search = bigrams(place.address)
    Place.objects.bulk_create(added, batch_size=BATCH)
    Place.objects.bulk_update(changed, ["name", "address", "search"], batch_size=BATCH)
    district = Place.objects.get(code=district_code)
    record_change(
        actor, "territory.adopt_divisions", district, place_code=district_code, added=len(added), changed=len(changed)
    )
    unchanged = len(names) - len(added) - len(changed)
    return DivisionsReport(rows=len(names), added=len(added), changed=len(changed), unchanged=unchanged)


def _names_below(district_code: str) -> dict[str, str]:
    """Return {code: name} of the district and what lies in it; counties that are their own township are left out."""
    if len(district_code) != Level.DISTRICT or fault_in(district_code):
        raise Invalid(_("“%(code)s” is not the code of a district (6 digits).") % {"code": district_code[:40]})
    rows = dict(Division.objects.filter(code__startswith=district_code).order_by("code").values_list("code", "name"))
    if not rows:
        raise Invalid(
            _("The table of divisions has nothing for %(code)s.") % {"code": district_code},
            remedy=_("Load the file with its codes first, or check the code."),
        )
    if district_code not in rows:
        named = District.objects.filter(code=district_code).values_list("name", flat=True).first()
        rows = {district_code: named or district_code, **rows}
    return {code: name for code, name in rows.items() if not fault_in(code)}


def _place(code: str, name: str) -> Place:
    return Place(code=code, level=len(code), name=name, address=name, search=bigrams(name), valid_from=today())

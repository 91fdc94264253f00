"""Which unit may be tied to whom, and in which field."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from jinlin.organisations.models import Body
from jinlin.platform.errors import Words
from jinlin.platform.wording import in_a_row
from jinlin.playbooks.schema import Partnership as Kind
from jinlin.playbooks.schema import Playbook
from jinlin.territory.models import Zone

Faults = Iterator[tuple[str, Words]]


def faults_in_tie(
    playbook: Playbook, kind: Kind, unit: Body, host: Body | None, zone: Zone | None, sector: str
) -> dict[str, Words]:
    """Return what is wrong with a tie, by field; nothing where it can be made."""
    found: dict[str, Words] = {}
    for check in (_unit_fits, _host_fits, _sector_fits):
        for name, words in check(playbook, kind, unit, host, zone, sector):
            found.setdefault(name, words)
    return found


def _unit_fits(playbook: Playbook, kind: Kind, unit: Body, host: Body | None, zone: Zone | None, sector: str) -> Faults:
    if host is not None and unit.kind in leading_kinds(playbook, host.kind):
        yield "unit", _("%(host)s has one lead, and cannot have a second.") % {"host": host.name}
    elif unit.kind not in kind.units:
        yield "unit", _("%(unit)s is of a kind that is not tied in this way.") % {"unit": unit.name}
    if not unit.active:
        yield "unit", _("%(body)s is not active.") % {"body": unit.name}


def _host_fits(playbook: Playbook, kind: Kind, unit: Body, host: Body | None, zone: Zone | None, sector: str) -> Faults:
    if kind.host is not None and (host is None or host.kind != kind.host or host.ended_on is not None):
        yield "host", _("“%(kind)s” needs a body that takes the units in.") % {"kind": kind.name}
    if kind.level is not None and (zone is None or zone.kind != kind.level or zone.valid_to is not None):
        yield "zone", _("“%(kind)s” is for places of another kind.") % {"kind": kind.name}
    if kind.host is None and host is not None:
        yield "host", _("“%(kind)s” is a tie to a place.") % {"kind": kind.name}


def _sector_fits(
    playbook: Playbook, kind: Kind, unit: Body, host: Body | None, zone: Zone | None, sector: str
) -> Faults:
    known = {row.key for row in kind.sectors}
    if (known and sector not in known) or (sector and not known):
        yield (
            "sector",
            _("There is no such field; there are: %(sectors)s.")
            % {"sectors": in_a_row(row.name for row in kind.sectors)},
        )


def leading_kinds(playbook: Playbook, host_kind: str) -> set[str]:
    """Return the kinds of body that lead the table of a host."""
    tables = [row for row in playbook.composition if row.body == host_kind and row.lead]
    return {kind for table in tables for part in table.parts if part.key == table.lead for kind in part.bodies}

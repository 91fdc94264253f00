"""What the division of grids has to say, in the reader's language: why a plan does not stand, why it cannot be made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.gridding import CannotDivide, Fault, Finding, Reason

MOST_NAMED = 5
NAMED = ("building", "strays")

WHY_NOT = {
    Reason.NO_GRID: _("%(building)s is in no grid."),
    Reason.OVER_COMMUNITIES: _("The grid %(grid)s lies in the communities %(communities)s; a grid stays within one."),
    Reason.TORN: _("The grid %(grid)s falls into %(pieces)s pieces; %(strays)s have no border with the rest of it."),
    Reason.WRONG_NUMBER: _("The community %(community)s has %(found)s grids, and %(wanted)s were asked for."),
    Reason.UNKNOWN_BUILDING: _("There is no building %(building)s here."),
    Reason.UNKNOWN_GRID: _("There is no grid %(grid)s in this plan."),
    Reason.THERE_ALREADY: _("%(building)s is in the grid %(grid)s already."),
    Reason.OTHER_COMMUNITY: _("%(building)s lies in another community than the grid %(grid)s."),
    Reason.NO_BORDER: _("%(building)s does not touch the grid %(grid)s, which would fall into pieces."),
    Reason.LAST_BUILDING: _("%(building)s is the last building of the grid %(old)s, which would vanish."),
    Reason.TEARS: _("Without %(building)s the grid %(old)s would fall into pieces; %(strays)s would be cut off."),
}
CANNOT = {
    Fault.NO_BUILDINGS: _("There are no buildings here yet; take a register in first."),
    Fault.NEGATIVE: _("A number of households cannot be less than 0."),
    Fault.NO_GRIDS: _("The community %(community)s needs at least one grid."),
    Fault.TOO_MANY_GRIDS: _("The community %(community)s would have %(grids)s grids; their codes end at 999."),
    Fault.TOO_FEW_BUILDINGS: _(
        "The community %(community)s cannot have %(grids)s grids: it has %(buildings)s buildings, and none is split."
    ),
    Fault.UNKNOWN_COMMUNITY: _("There is no community %(community)s with buildings here."),
}


def in_words(finding: Finding, names: Mapping[str, str]) -> str:
    """Return a finding as a sentence; `names` are those of the buildings, by code."""
    facts = {name: _said(value, names if name in NAMED else {}) for name, value in finding.details.items()}
    return str(WHY_NOT[finding.reason] % facts)


def why_it_cannot(error: CannotDivide) -> str:
    """Return why a division cannot be made, as a sentence."""
    words = CANNOT.get(error.fault)
    return str(words % error.details) if words else str(error)


def _said(value: Any, names: Mapping[str, str]) -> str:
    if isinstance(value, list | tuple):
        said = [names.get(one, str(one)) for one in value[:MOST_NAMED]]
        return str(_(", ")).join(said) + ("…" if len(value) > MOST_NAMED else "")
    return names.get(value, str(value))


def joined(sentences: Iterable[str]) -> str:
    """Return the first sentences of many, one after the other."""
    return " ".join(list(sentences)[:MOST_NAMED])

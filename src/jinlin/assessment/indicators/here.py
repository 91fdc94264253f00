"""The indicators that a place reports: those of its playbook that are computed from records."""

from jinlin.assessment.indicators.base import Indicator, Look, Measured
from jinlin.assessment.indicators.registry import INDICATORS
from jinlin.playbooks.schema import Playbook


def indicators_of(playbook: Playbook) -> list[Indicator]:
    """Return the place's indicators in the order of its playbook; what is not computed yet is left out."""
    return [INDICATORS[id] for id in playbook.indicators if id in INDICATORS]


def measured_here(playbook: Playbook, look: Look) -> list[Measured]:
    """Compute the place's indicators."""
    return [indicator.measured(look) for indicator in indicators_of(playbook)]

"""What tests of procedures share: a place with a branch and an owners' committee, and procedures begun there."""

from collections.abc import Callable
from typing import Any

import pytest

from jinlin.procedures import actions
from jinlin.procedures.actions import NewProcedure
from jinlin.procedures.models import Procedure
from tests.support.community import COMMUNITY, Community, make_community
from tests.support.procedures import as_ningde
from tests.support.works import works_of_tests

__all__ = ["works_of_tests"]

Begun = Callable[..., Procedure]


@pytest.fixture
def place(clock: Any, district: Any) -> Community:
    """The small place, which works as Hongshan does."""
    return make_community()


@pytest.fixture
def ningde(place: Community, method: Callable) -> Community:
    """The small place working as Ningde does: `neighbour_head` speaks for the branch, `grid_member` for the committee."""
    return as_ningde(place, method)


@pytest.fixture
def begun(place: Community) -> Begun:
    """Return a maker of a procedure of a kind in the first estate, begun by the community worker unless by somebody else."""

    def make(kind: str, by: str = "community_worker", **more: Any) -> Procedure:
        given = {"title": "改造3号楼门厅", "place_code": COMMUNITY, "zone": place.estates[0], **more}
        return actions.begin(actor=place.actor(by), new=NewProcedure(kind, **given))

    return make

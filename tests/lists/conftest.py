"""What tests of lists share: a place, and lists with items."""

from collections.abc import Callable
from typing import Any

import pytest

from jinlin.lists import actions
from jinlin.lists.actions import NewItem, NewList
from jinlin.lists.models import ItemList
from tests.support.community import COMMUNITY, Community, make_community


@pytest.fixture
def place(clock: Any, district: Any) -> Community:
    """The small place."""
    return make_community()


@pytest.fixture
def opened(place: Community) -> Callable[..., ItemList]:
    """Return a maker of a list of a kind with so many items, led by the residents' committee."""

    def make(kind: str, count: int = 0, **more: Any) -> ItemList:
        items = [NewItem(f"{kind}{number}", **more) for number in range(1, count + 1)]
        new = NewList(kind, f"{kind}清单", COMMUNITY, place.bodies["residents_committee"], items=items)
        return actions.open_lists(actor=place.actor("community_worker"), lists=[new])[0]

    return make

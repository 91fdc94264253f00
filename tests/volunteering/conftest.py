"""A place with units of two kinds, and quick ways to put things on its lists."""

from typing import Any

import pytest

from jinlin.organisations.models import Body
from jinlin.volunteering.actions import NewPosting, post
from jinlin.volunteering.models import Posting
from tests.support.community import COMMUNITY, Community, make_community


@pytest.fixture
def place(clock: Any) -> Community:
    return make_community()


@pytest.fixture
def units(place: Community) -> list[Body]:
    """Two units that sit in the community: one with eight serving members, one with two."""
    return [
        Body.objects.create(name=name, kind="member_unit", place_code=COMMUNITY, outside=True, head_count=count)
        for name, count in (("供电所", 8), ("小学", 2))
    ]


@pytest.fixture
def put_up(place: Community, units: list[Body]):
    """Put something on a list as the community's worker; an offer is the first unit's."""

    def make(kind: str, title: str, places: int = 1, category: str = "people", **more: Any) -> Posting:
        body = units[0] if kind == "offer" else place.bodies["residents_committee"]
        new = NewPosting(
            **{"kind": Posting.Kind(kind), "category": category, "title": title, "places": places, "body": body}
            | {"place_code": place.buildings[0].code}
            | more
        )
        return post(actor=place.actor("community_worker"), new=new)

    return make

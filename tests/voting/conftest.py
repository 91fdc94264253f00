"""What tests of ballots share: a place with sixty households in one building, and ballots about it."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from jinlin.platform.dates import now
from jinlin.voting import actions
from jinlin.voting.actions import NewBallot, NewOption, NewQuestion
from jinlin.voting.models import Ballot
from tests.support import votes
from tests.support.community import COMMUNITY, Community, make_community
from tests.support.votes import sixty_households


@pytest.fixture
def place(clock: Any, district: Any) -> Community:
    """The small place."""
    return make_community()


@pytest.fixture
def sixty(place: Community) -> Community:
    """The small place, with sixty households in its first building."""
    return sixty_households(place)


@pytest.fixture
def prepared(place: Community) -> Callable[..., Ballot]:
    """Return a maker of a ballot of a kind about the first building, of seven days from now on, announced if asked."""

    def make(kind: str, *, announce: bool = True, options: tuple[str, ...] = (), **more: Any) -> Ballot:
        given = {
            "title": "加装电梯", "text": "要不要加装电梯", "body": place.bodies["residents_committee"], "place_code": COMMUNITY,
            "scope": (place.buildings[0].code,), "scope_name": "幸福里1号楼", "opens_at": now(),
            "closes_at": now() + timedelta(days=7),
            "questions": (NewQuestion("是否同意", tuple(map(NewOption, options))),),
        } | more  # fmt: skip
        worker = place.actor("community_worker")
        made = actions.prepare_ballot(actor=worker, new=NewBallot(kind, **given))
        return actions.announce_ballot(actor=worker, ballot_id=made.pk) if announce else made

    return make


@pytest.fixture
def hand_in(place: Community) -> Callable[..., None]:
    """Return what enters papers of voters who have not voted: `hand_in(ballot, yes=30, no=15)`."""
    return partial(votes.hand_in, place)

"""What tests of ballots share: a place with sixty households in one building, and ballots about it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from jinlin.people.models import Household
from jinlin.platform.dates import now
from jinlin.territory.models import Place
from jinlin.voting import actions
from jinlin.voting.actions import NewBallot, NewOption, NewQuestion
from jinlin.voting.models import Ballot
from tests.support.community import COMMUNITY, Community, make_community

SINCE = date(2020, 1, 1)


@pytest.fixture
def place(clock: Any, district: Any) -> Community:
    """The small place."""
    return make_community()


@pytest.fixture
def sixty(place: Community) -> Community:
    """The small place, with sixty households in its first building."""
    first = place.homes[0]
    for number in range(56):
        code = f"{first.code[:18]}{2001 + number:04d}"
        Place.objects.create(
            code=code, level=22, name=str(number), address=f"幸福里1号楼1单元{2001 + number}", search="",
            grid=place.grids[0], estate=place.estates[0], floor_area=8000, valid_from=SINCE,
        )  # fmt: skip
        Household.objects.create(home_code=code, valid_from=SINCE)
    return place


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

    def enter(ballot: Ballot, **counts: int) -> None:
        worker, question = place.actor("community_worker"), ballot.questions.get()
        free = iter(ballot.roll.filter(used_on__isnull=True).order_by("pk"))
        for key, count in counts.items():
            for _number in range(count):
                marks = {question.pk: [key]}
                actions.enter_paper(actor=worker, ballot_id=ballot.pk, entry_id=next(free).pk, marks=marks)

    return enter

"""Votes for tests: a building with sixty households, and papers handed in for those who have not voted."""

from datetime import date

from jinlin.people.models import Household
from jinlin.territory.models import Place
from jinlin.voting import actions
from jinlin.voting.models import Ballot
from tests.support.community import Community

SINCE = date(2020, 1, 1)
MORE = 56


def sixty_households(place: Community) -> Community:
    """Let sixty households live in the first building of the small place."""
    first = place.homes[0]
    for number in range(2001, 2001 + MORE):
        code = f"{first.code[:18]}{number:04d}"
        Place.objects.create(
            code=code, level=22, name=str(number), address=f"幸福里1号楼1单元{number}", search="", grid=place.grids[0],
            estate=place.estates[0], floor_area=8000, valid_from=SINCE,
        )  # fmt: skip
        Household.objects.create(home_code=code, valid_from=SINCE)
    return place


def hand_in(place: Community, ballot: Ballot, **counts: int) -> None:
    """Enter papers of voters who have not voted, as staff: `hand_in(place, ballot, yes=30, no=15)`."""
    worker, question = place.actor("community_worker"), ballot.questions.get()
    free = iter(ballot.roll.filter(used_on__isnull=True).order_by("pk"))
    for key, count in counts.items():
        for _number in range(count):
            marks = {question.pk: [key]}
            actions.enter_paper(actor=worker, ballot_id=ballot.pk, entry_id=next(free).pk, marks=marks)

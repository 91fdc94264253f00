"""What tests of conversations share: a place with many homes, a conversation at any point of its life, and many voters."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from jinlin.opinions import actions
from jinlin.opinions.actions import Ballot, NewConversation
from jinlin.opinions.models import Conversation, Statement
from jinlin.people.models import Account, Household, Person, Residence
from jinlin.platform.access import Actor, actor_for
from jinlin.platform.dates import now, today
from tests.support.community import COMMUNITY, Community, make_community

SEEDS = ("电梯应当每月检修一次", "一楼不该分摊电梯费", "车位应当先给老住户", "中庭要多种树", "晚上十点后不准跳舞")


@pytest.fixture
def place(clock: Any, district: Any) -> Community:
    """The small place."""
    return make_community()


def new_conversation(**more: Any) -> NewConversation:
    """A conversation that can be prepared."""
    first = today()
    given = {
        "title": "中庭怎么用才好",
        "place_code": COMMUNITY,
        "first_day": first,
        "last_day": first + timedelta(days=14),
    }
    return NewConversation(**given | more)


@pytest.fixture
def conversation_at(place: Community) -> Callable[..., Conversation]:
    """Return a maker of a conversation with five statements, brought to a state by a community worker."""
    worker = place.actor("community_worker")

    def made(state: str = "open", **more: Any) -> Conversation:
        row = actions.make_conversation(actor=worker, new=new_conversation(**more))
        actions.seed(actor=worker, conversation_id=row.pk, texts=SEEDS)
        if state in {"open", "closed"}:
            row = actions.open_conversation(actor=worker, conversation_id=row.pk)
        if state == "closed":
            row = actions.close_conversation(actor=worker, conversation_id=row.pk)
        if state == "withdrawn":
            row = actions.withdraw_conversation(actor=worker, conversation_id=row.pk, words="题目要改")
        return row

    return made


def people_of(place: Community, count: int) -> list[Actor]:
    """Return so many residents, one in each home in turn."""
    found = []
    for number in range(count):
        person = Person.objects.create(name=f"居民{number}", created_at=now())
        account = Account.objects.create(username=f"voter{number}", person=person, date_joined=now())
        home = place.homes[number % len(place.homes)]
        household = Household.objects.get(home_code=home.code)
        Residence.objects.create(person=person, household=household, role=Residence.Role.OWNER, valid_from=today())
        found.append(actor_for(account.pk, person.pk))
    return found


def camps(conversation: Conversation, voters: list[Actor], first: int) -> None:
    """Let the first voters agree with the even statements and the others with the odd ones; all agree with the last."""
    statements = list(Statement.objects.filter(conversation=conversation).order_by("pk"))
    for number, voter in enumerate(voters):
        for place, statement in enumerate(statements):
            side = 1 if (place % 2 == 0) == (number < first) or place == len(statements) - 1 else -1
            ballot = Ballot(statement.pk, side, important=place == 0)
            actions.vote(actor=voter, conversation_id=conversation.pk, ballot=ballot)

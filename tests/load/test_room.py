"""A room of 30 phones: all sign in at one meeting and vote at the same moment, and each is counted once."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest

from jinlin.meetings import actions
from jinlin.meetings.codes import code_now
from jinlin.meetings.models import Attendance, Meeting, Motion, Vote
from jinlin.people.models import Account, Person
from jinlin.platform.access import SYSTEM, actor_for
from jinlin.platform.dates import now
from tests.api.programs import program_of
from tests.load.test_kill import Server, server  # noqa: F401 - a fixture
from tests.support.community import make_community
from tests.support.meetings import call, first_item, representatives

PHONES = 30


def token_of(person: Person) -> str:
    """Give somebody an account, and a program of theirs its token."""
    account = Account(username=f"p-{person.pk}", person=person, date_joined=now())
    account.set_unusable_password()
    account.save()
    return program_of(actor_for(account.pk, person.pk)).token


def at_the_same_moment(server: Server, tokens: list[str], path: str, contents: Callable[[int], Any]) -> list[int]:  # noqa: F811
    """Send one request of each phone, all beginning together, and return the answers' statuses."""
    start = Barrier(len(tokens))

    def press(number: int) -> int:
        headers = {"Authorization": f"Bearer {tokens[number]}", "Content-Type": "application/json"}
        with closing(server.connect()) as way:
            start.wait(timeout=20)
            way.request("POST", path, json.dumps(contents(number)), headers)
            answer = way.getresponse()
            answer.read()
            return answer.status

    with ThreadPoolExecutor(len(tokens)) as pool:
        return list(pool.map(press, range(len(tokens))))


def opened(count: int) -> tuple[Meeting, list[str]]:
    """Open a meeting with so many representatives on its roll, each with a phone."""
    place = make_community()
    persons = representatives(count, place.bodies["residents_committee"])
    meeting = call(
        "residents_representatives",
        place.bodies["residents_committee"],
        "居民公约",
        starts_at=now() + timedelta(minutes=5),
    )
    actions.open_meeting(actor=SYSTEM, meeting_id=meeting.pk)
    return meeting, [token_of(person) for person in persons]


@pytest.mark.django_db(transaction=True)
def test_30_phones_sign_in_and_vote_and_each_counts_once(server: Server) -> None:  # noqa: F811
    meeting, tokens = opened(PHONES)
    server.wait()
    page = f"/api/v1/meetings/{meeting.pk}"
    # Each phone sends twice, as one does whose first answer was slow.
    for _again in range(2):
        code = code_now(meeting)
        signed = at_the_same_moment(server, tokens, f"{page}/sign-in", lambda _number: {"code": code})  # noqa: B023
        assert signed == [200] * PHONES
    assert Attendance.objects.filter(left_at__isnull=True).count() == PHONES

    motion = actions.put_to_vote(actor=SYSTEM, meeting_id=meeting.pk, item_id=first_item(meeting).pk, words="通过公约")
    for _again in range(2):
        hands = at_the_same_moment(
            server, tokens, f"{page}/vote", lambda number: {"choice": "yes" if number % 3 else "no"}
        )
        assert hands == [200] * PHONES
    assert Vote.objects.filter(motion=motion).count() == PHONES
    counted = actions.count_motion(actor=SYSTEM, meeting_id=meeting.pk, motion_id=motion.pk)
    assert (counted.yes, counted.no, counted.present, counted.base) == (20, 10, PHONES, PHONES)
    assert counted.state == Motion.State.PASSED

"""A posting's life under any order of steps by anybody: never too many places, the waiting list in order, hosts' minutes."""

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test

from jinlin.platform.errors import Invalid, NotAllowed, NotFound, WrongState
from jinlin.platform.models import AuditEntry
from jinlin.volunteering import rules
from jinlin.volunteering.actions import (
    NewPosting,
    Served,
    change_places,
    claim,
    close_posting,
    confirm,
    contest,
    decline,
    move_up,
    post,
    serve,
    withdraw,
)
from jinlin.volunteering.models import Pairing, Posting
from jinlin.volunteering.states import OPEN, State
from tests.support.community import COMMUNITY, Community, make_community

pytestmark = pytest.mark.django_db

REFUSED = (NotAllowed, NotFound, WrongState, Invalid)
HOSTS = {"community_worker", "community_secretary"}
PEOPLE = st.sampled_from(["resident", "neighbour", "grid_member", "community_worker", "community_secretary", "auditor"])
STEPS: dict[str, Any] = {
    "withdraw": withdraw,
    "decline": decline,
    "move_up": move_up,
    "serve": lambda **given: serve(**given, served=Served(minutes=45)),
    "confirm": confirm,
    "confirm_less": lambda **given: confirm(**given, minutes=30),
    "contest": lambda **given: contest(**given, note="还没好"),
}


class PostLife(RuleBasedStateMachine):
    """One post, and people who claim it and take steps in any order."""

    claims = Bundle("claims")

    def __init__(self, place: Community) -> None:
        super().__init__()
        self.actors = {name: place.actor(name) for name in place.persons}
        body = place.bodies["residents_committee"]
        new = NewPosting(Posting.Kind.POST, "people", "楼道保洁", 1, COMMUNITY, body)
        self.post = post(actor=self.actors["community_worker"], new=new)
        self.hosted: set[int] = set()

    @rule(target=claims, who=PEOPLE)
    def claim(self, who: str) -> Any:
        waits = self.waiting
        free = rules.free_places(self.post) if self.reload().closed_at is None else 0
        try:
            made = claim(actor=self.actors[who], posting_id=self.post.pk)
        except WrongState:
            return multiple()
        assert (made.state == State.ACCEPTED) == (free > 0)
        assert made.state == State.ACCEPTED or self.waiting == [*waits, made.pk]
        return made.pk

    @rule(pk=claims, who=PEOPLE, step=st.sampled_from(sorted(STEPS)))
    def step(self, pk: int, who: str, step: str) -> None:
        before, lines = Pairing.objects.get(pk=pk), AuditEntry.objects.count()
        waits = self.waiting
        try:
            after = STEPS[step](actor=self.actors[who], pairing_id=pk)
        except REFUSED:
            assert Pairing.objects.get(pk=pk).state == before.state and AuditEntry.objects.count() == lines
            return
        assert AuditEntry.objects.count() == lines + 1
        if after.state == State.CONFIRMED:
            assert who in HOSTS and before.person_id != self.actors[who].person_id
            self.hosted.add(pk)
        if step == "withdraw" and before.state == State.ACCEPTED and self.reload().closed_at is None:
            assert self.waiting == waits[1:]

    @rule(places=st.integers(0, 4))
    def change_places(self, places: int) -> None:
        try:
            change_places(actor=self.actors["community_worker"], posting_id=self.post.pk, places=places)
        except REFUSED:
            return

    @rule(who=PEOPLE)
    def close(self, who: str) -> None:
        try:
            close_posting(actor=self.actors[who], posting_id=self.post.pk)
        except REFUSED:
            return
        assert who in HOSTS

    def reload(self) -> Posting:
        self.post.refresh_from_db()
        return self.post

    @property
    def waiting(self) -> list[int]:
        rows = self.post.pairings.filter(state=State.WAITING).order_by("at", "pk")
        return list(rows.values_list("pk", flat=True))

    @invariant()
    def never_more_than_there_are(self) -> None:
        assert rules.free_places(self.reload()) >= 0

    @invariant()
    def nobody_waits_while_an_open_post_has_room(self) -> None:
        assert not self.waiting or self.reload().closed_at is not None or rules.free_places(self.post) == 0

    @invariant()
    def everybody_comes_once(self) -> None:
        here = list(self.post.pairings.filter(state__in=OPEN).values_list("person_id", flat=True))
        assert len(here) == len(set(here))

    @invariant()
    def minutes_count_by_hosts_only(self) -> None:
        confirmed = self.post.pairings.filter(state=State.CONFIRMED)
        assert set(confirmed.values_list("pk", flat=True)) == self.hosted
        assert all(row.confirmed_by_id and row.minutes in {30, 45} for row in confirmed)


def test_a_post_keeps_its_promises_whatever_happens(clock: Any) -> None:
    place = make_community()
    run_state_machine_as_test(
        lambda: PostLife(place),
        settings=settings(
            max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )

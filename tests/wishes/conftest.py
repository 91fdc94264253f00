"""What tests of the wish wall share: a place, and a wish at any point of its life."""

from collections.abc import Callable
from typing import Any

import pytest

from jinlin.wishes import actions
from jinlin.wishes.actions import NewWish
from jinlin.wishes.models import Wish
from tests.support.community import COMMUNITY, Community, make_community


@pytest.fixture
def place(clock: Any, district: Any) -> Community:
    """The small place."""
    return make_community()


def new_wish(**more: Any) -> NewWish:
    """A wish that can stand on the wall."""
    return NewWish(**{"title": "想要一个收音机", "nickname": "戏迷", "place_code": COMMUNITY} | more)


PATH = ("open", "claimed", "fulfilled", "confirmed")


@pytest.fixture
def wish_at(place: Community) -> Callable[[str], Wish]:
    """Return a maker of the resident's wish, brought to a state by the resident, the desk and the neighbour."""
    resident, worker, neighbour = (place.actor(name) for name in ("resident", "community_worker", "neighbour"))

    def made(state: str) -> Wish:
        wish = actions.make_wish(actor=resident, new=new_wish())
        steps: dict[str, Callable[[], Wish]] = {
            "open": lambda: actions.put_up(actor=worker, wish_id=wish.pk),
            "claimed": lambda: actions.claim(actor=neighbour, wish_id=wish.pk),
            "fulfilled": lambda: actions.fulfil(actor=neighbour, wish_id=wish.pk, words="送到家了"),
            "confirmed": lambda: actions.confirm(actor=resident, wish_id=wish.pk),
        }
        if state == "returned":
            return actions.return_wish(actor=worker, wish_id=wish.pk, words="请写具体一些")
        if state == "withdrawn":
            return actions.withdraw(actor=resident, wish_id=wish.pk)
        for name in PATH[: PATH.index(state) + 1] if state in PATH else ():
            wish = steps[name]()
        return wish

    return made

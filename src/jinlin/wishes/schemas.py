"""The shapes in which wishes go through the API; ids are strings, times are UTC, money in fen."""

from datetime import datetime
from typing import Any

from ninja import Field, Schema

from jinlin.wishes.actions import NewWish
from jinlin.wishes.states import WishState


class WishOut(Schema):
    """A wish as the wall shows it: under a nickname."""

    id: str
    number: str
    title: str
    text: str
    nickname: str
    cost_fen: int
    place: str
    state: WishState
    result: str
    made_at: datetime


class OneWishOut(WishOut):
    """One wish, with what the caller may do about it."""

    steps_open: list[str] = Field(description="The steps that the caller may take now.")


class WishPage(Schema):
    """A page of wishes; `older` is the key of the next one, empty at the end."""

    rows: list[WishOut]
    older: str


class WishIn(Schema):
    """A wish to be checked; `place` is the wisher's community."""

    title: str = Field(max_length=200)
    text: str = Field("", max_length=2_000)
    nickname: str = Field(max_length=100)
    cost_fen: int = Field(0, ge=0, le=2**31 - 1)
    place: str = Field(max_length=22, pattern=r"^[0-9]+$")

    def new_wish(self) -> NewWish:
        """Return what was sent as the action takes it."""
        return NewWish(self.title, self.nickname, self.place, self.text, self.cost_fen)


class WishStepIn(Schema):
    """A step; with the state that was `seen`, a change by somebody else in the meantime is refused (409)."""

    seen: WishState | None = None

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes besides actor, wish and door."""
        return {}


class WishWordsIn(WishStepIn):
    """A step with words."""

    words: str = Field("", max_length=2_000)

    def arguments(self) -> dict[str, Any]:
        """Return the words."""
        return {"words": self.words}

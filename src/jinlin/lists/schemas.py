"""The shapes in which lists go through the API; ids are strings, times are UTC."""

from datetime import date
from typing import Any, Literal

from ninja import Field, Schema

from jinlin.lists.actions import NewItem
from jinlin.lists.states import ItemState


class ItemListOut(Schema):
    """A list with how far it has come."""

    id: str
    kind: str
    title: str
    place: str
    estate: str
    led_by: str
    opened_on: date
    closed: bool
    items: int
    finished: int


class ItemListPage(Schema):
    """A page of lists; `older` is the key of the next one, empty at the end."""

    rows: list[ItemListOut]
    older: str


class ListItemOut(Schema):
    """An item, and by their ids what it answers and what answers it."""

    id: str
    list_id: str
    number: int
    version: int
    title: str
    words: str
    source: Literal["resident", "government"]
    state: ItemState
    claimer: str
    due_on: date | None
    result: str
    supports: int = Field(description="How many households support it.")
    answers: list[str]
    answered_by: list[str]


class ListItems(Schema):
    """All items of a list, in their order."""

    rows: list[ListItemOut]


class OrderIn(Schema):
    """What a resident orders; `choice` is a key of the place's catalogue."""

    title: str = Field(max_length=200)
    words: str = Field("", max_length=2_000)
    choice: str = Field("", max_length=32)

    def new_item(self) -> NewItem:
        """Return what was sent as the action takes it."""
        return NewItem(self.title, self.words, choice=self.choice)


class ItemStepIn(Schema):
    """A step with words; with the version that was `seen`, a change in the meantime is refused (409)."""

    seen: int | None = None
    words: str = Field("", max_length=2_000)

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes besides actor, item and door."""
        return {"words": self.words}


class ClaimItemIn(Schema):
    """Which body takes an item on, and until when."""

    seen: int | None = None
    body_id: str = Field(max_length=18, pattern=r"^[0-9]+$")
    due_on: date

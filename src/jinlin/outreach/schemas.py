"""The shapes in which rounds go through the API; ids are strings."""

from datetime import date, time
from typing import Literal

from ninja import Schema


class ComingOut(Schema):
    """A round or a session to come; `spot` is where a session is held, `zone` whose homes a round goes to."""

    id: str
    kind: Literal["homes", "courtyard"]
    title: str
    team: str
    place: str
    zone: str
    spot: str
    on: date
    starts: time | None


class ComingRounds(Schema):
    """What is coming, the next first."""

    rows: list[ComingOut]


class NoVisitsIn(Schema):
    """Whether a home wants no visits of any round."""

    wanted: bool


class NoVisitsOut(NoVisitsIn):
    """What a home wants from now on."""

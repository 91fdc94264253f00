"""What the JSON API says of places."""

from datetime import date

from ninja import Schema


class UnitIn(Schema):
    """A unit that lies directly below another, with how many units of each level lie in it."""

    code: str
    name: str
    level: str
    valid_from: date
    valid_to: date | None
    counts: dict[str, int]


class UnitOut(Schema):
    """A unit of the tree on a day: the codes that it lies in, from the top down, and what lies in it."""

    code: str
    name: str
    level: str
    on: date
    valid_from: date
    valid_to: date | None
    path: list[str]
    counts: dict[str, int]
    children: list[UnitIn]
    zones: list[UnitIn]
    members: list[str]


class Blank(Schema):
    """A kind of blank in the tree, and how many units have it."""

    gap: str
    level: str
    count: int


class Coverage(Schema):
    """Whether a place has no blank left, and what is missing."""

    code: str
    covered: bool
    blanks: list[Blank]

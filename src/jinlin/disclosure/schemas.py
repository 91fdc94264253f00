"""The shapes in which public records and notices go through the API; nothing in them that a page does not show."""

from datetime import date, datetime
from typing import Annotated

from django.core.exceptions import ValidationError
from ninja import Field, Schema
from pydantic import AfterValidator

from jinlin.disclosure.forms import BoxField
from jinlin.disclosure.models import DisclosedPhoto
from jinlin.disclosure.queries import Wanted

_box = BoxField(required=False)


def _checked_box(text: str) -> str:
    """Raises: ValueError for what is no box."""
    try:
        _box.clean(text)
    except ValidationError as error:
        raise ValueError(error.messages[0]) from None
    return text


class WantedIn(Schema):
    """What a reader looks for; what is left out narrows nothing."""

    q: str = Field("", max_length=100, description="Words, in any order.")
    place: str = Field("", max_length=22, pattern=r"^[0-9]*$", description="Code of a place; everything in it.")
    category: str = Field("", max_length=6, description="Code of a category; everything below it.")
    finished: bool | None = None
    first: date | None = Field(None, description="Raised on this day or later.")
    last: date | None = Field(None, description="Raised on this day or earlier.")

    @property
    def wanted(self) -> Wanted:
        """The same as the queries take it."""
        return Wanted(self.q, self.place, self.category, self.finished, self.first, self.last)


class PointsIn(WantedIn):
    """What a map looks for."""

    bbox: Annotated[str, AfterValidator(_checked_box)] = Field(
        "", max_length=120, description="west,south,east,north in degrees (WGS 84)."
    )


class RecordRow(Schema):
    """A public record in a list."""

    number: str
    title: str
    state: str
    category: str
    category_name: str
    place: str
    place_name: str
    body: str
    rating: str
    happened_at: datetime


class RecordPage(Schema):
    """Fifty rows at most, newest first; `older` is the key of the next page, empty at the end."""

    rows: list[RecordRow]
    older: str


class PublicPhoto(Schema):
    """A photo of a public record."""

    moment: DisclosedPhoto.Moment
    url: str


class RecordOut(RecordRow):
    """A public record with its words and photos."""

    text: str
    answer: str
    longitude: float | None
    latitude: float | None
    published_at: datetime
    photos: list[PublicPhoto]


class NoticeRow(Schema):
    """A notice in a list; the title of one that was taken down is empty."""

    number: str
    kind: str
    title: str
    state: str
    place: str
    estate: str
    body: str
    version: int
    posted_at: datetime
    last_day: date
    provisional: bool
    url: str


class NoticePage(Schema):
    """Fifty rows at most, newest first; `older` is the key of the next page, empty at the end."""

    rows: list[NoticeRow]
    older: str


class NoticeVersion(Schema):
    """One version of a notice's words; `digest` is the SHA-256 of number, version, title, text and photos, by lines."""

    version: int
    title: str
    text: str
    reason: str
    digest: str
    posted_at: datetime
    last_day: date
    put_off: bool


class NoticeAnswer(Schema):
    """An objection in short, and its answer."""

    version: int
    summary: str
    finding: str
    answer: str


class NoticeOut(NoticeRow):
    """A notice with all versions, the newest first, and the answers to objections."""

    versions: list[NoticeVersion]
    answers: list[NoticeAnswer]


class ObjectionIn(Schema):
    """What is objected."""

    text: str = Field(min_length=1, max_length=2000)


class ObjectionOut(Schema):
    """An objection as it was received."""

    number: int
    version: int
    received_on: date

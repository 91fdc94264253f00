"""What the requests app announces after commit."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RequestReceived:
    """A request came in."""

    request_id: int


@dataclass(frozen=True)
class RequestChanged:
    """A request took a step."""

    request_id: int
    verb: str
    before: str
    after: str

"""The calls that are measured, as the load generator takes them."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Any

from bench.content import Content
from jinlin.platform.dates import today

BOXES = 300
IN_BOX = 500


def endpoints(content: Content) -> list[dict[str, Any]]:
    """Return the list of calls; each change of a state uses a request once."""

    def by(part: str, key: str = "") -> dict[str, str]:
        return {"Authorization": f"Bearer {content.tokens[part]}"} | ({"Idempotency-Key": key} if key else {})

    boxes = _boxes(content.points)
    return [
        {
            "name": "create",
            "method": "POST",
            "path": "/api/v1/requests",
            "headers": by("resident", "create-{n}"),
            "json": {"text": "{v}（{n}）", "where": {"place": content.building_code}},
            "values": content.words,
            "expect": [201],
        },
        {"name": "list of 50", "path": "/api/v1/requests", "headers": by("worker")},
        {"name": "list of 50, district", "path": "/api/v1/requests", "headers": by("officer")},
        {
            "name": "sign for",
            "method": "POST",
            "path": "/api/v1/requests/{v}/sign",
            "headers": by("manager", "sign-{n}"),
            "json": {"version": 3},
            "values": content.dispatched,
        },
        {
            "name": "accept",
            "method": "POST",
            "path": "/api/v1/requests/{v}/accept",
            "headers": by("worker", "accept-{n}"),
            "json": {"version": 1, "category": "E101", "urgency": "ordinary", "note": "已受理，正在核实。"},
            "values": content.received,
        },
        {"name": "map, 300 boxes", "path": "/api/v1/public/points?bbox=102.0,{v}", "values": boxes},
        {
            "name": "map, always a new box",
            # The running number makes every box a new one; no record lies so far west.
            "path": "/api/v1/public/points?bbox=102.0{n},{v}",
            "values": boxes,
        },
        {"name": "report of a year", "path": f"/api/v1/report?by=place&{_year()}", "headers": by("officer")},
    ]


def _year() -> str:
    last = today()
    return f"from={last - timedelta(days=364)}&to={last}"


def _boxes(points: Sequence[tuple[float, float]]) -> list[str]:
    """Return south, east and north of rectangles that hold 500 of the points each."""
    random = Random(5)  # noqa: S311 - the same boxes each time
    return [_box(points, random.choice(points)[1]) for _ in range(BOXES)]


def _box(points: Sequence[tuple[float, float]], middle: float) -> str:
    distances = sorted(abs(latitude - middle) for _longitude, latitude in points)
    half = distances[IN_BOX - 1]
    return f"{middle - half},103.0,{middle + half}"

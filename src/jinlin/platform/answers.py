"""Answers for programs: JSON with times in UTC."""

from typing import Any

import orjson
from django.http import HttpResponse


def describe(media_type: str, shape: dict[str, Any]) -> dict[str, Any]:
    """Return what the API's description says of an answer that is no JSON of a named shape."""
    return {"responses": {200: {"content": {media_type: {"schema": shape}}}}}


def json_answer(contents: dict[str, Any], status: int = 200) -> HttpResponse:
    """Return `contents` as a JSON answer; times become `2026-05-08T01:00:00+00:00`."""
    return HttpResponse(orjson.dumps(contents), status=status, content_type="application/json")

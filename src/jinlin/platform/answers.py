"""Answers for programs: JSON with times in UTC."""

from typing import Any

import orjson
from django.http import HttpResponse


def json_answer(contents: dict[str, Any], status: int = 200) -> HttpResponse:
    """Return `contents` as a JSON answer; times become `2026-05-08T01:00:00+00:00`."""
    return HttpResponse(orjson.dumps(contents), status=status, content_type="application/json")

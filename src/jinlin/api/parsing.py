"""Reads what programs send: strict JSON in UTF-8, without characters that no database keeps."""

from typing import Any

import orjson
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.errors import HttpError
from ninja.parser import Parser

NOTHING = "\0"


class StrictParser(Parser):
    """Refuses broken UTF-8, numbers that are none, and NUL."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the contents of a JSON body.

        Raises:
            orjson.JSONDecodeError: for what is no JSON in UTF-8.
            HttpError: for a text with NUL.
        """
        contents = orjson.loads(request.body)
        if b"\\u0000" in request.body:
            _refuse_nothing(contents)
        return contents

    def parse_querydict(self, data: MultiValueDict, list_fields: list[str], request: HttpRequest) -> dict[str, Any]:
        """Return the values of a query or form.

        Raises:
            HttpError: for a text with NUL.
        """
        found = super().parse_querydict(data, list_fields, request)
        _refuse_nothing(found)
        return found


def _refuse_nothing(contents: Any) -> None:
    """Raises: HttpError, if any text within holds NUL."""
    if isinstance(contents, str) and NOTHING in contents:
        raise HttpError(400, "NUL")
    if isinstance(contents, dict):
        contents = [*contents.keys(), *contents.values()]
    if isinstance(contents, list):
        for each in contents:
            _refuse_nothing(each)

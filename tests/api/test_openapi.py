"""The API's description is kept as a file, so that no change of it goes unseen, and keeps the house's rules."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jinlin.api.app import api

SNAPSHOT = Path(__file__).parent / "openapi.json"
REMEDY = "If the change is meant, run again with --record, look at the difference and name it in CHANGELOG.md."


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    """The API's description as a client gets it."""
    return json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), default=str))


def properties(node: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every named property in a description."""
    if isinstance(node, dict):
        yield from ((name, each) for name, each in node.get("properties", {}).items() if isinstance(each, dict))
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from properties(each)


def test_the_description_is_the_one_on_record(description, request):
    text = json.dumps(description, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    if request.config.getoption("--record"):
        SNAPSHOT.write_text(text, encoding="utf-8")
    assert SNAPSHOT.exists(), f"There is no {SNAPSHOT.name} yet. {REMEDY}"
    assert json.loads(SNAPSHOT.read_text(encoding="utf-8")) == description, REMEDY


def test_ids_are_strings(description):
    wrong = [
        name
        for name, kind in properties(description["components"]["schemas"])
        if (name == "id" or name.endswith("_id"))
        and {each.get("type") for each in kind.get("anyOf", [kind])} - {"string", "null"}
    ]
    assert not wrong, f"64-bit ids are more than JavaScript can hold exactly; send them as text: {wrong}"


def test_every_operation_says_what_it_does(description):
    silent = [
        f"{method.upper()} {path}"
        for path, operations in description["paths"].items()
        for method, operation in operations.items()
        if not operation.get("description")
    ]
    assert not silent, f"Operations without a docstring: {silent}"

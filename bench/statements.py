"""Counts the statements of each measured call, from within, after the load."""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

BRACKETS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
"""What opens and closes a transaction; it is counted apart."""


def statements_per_call(calls: Iterable[dict[str, Any]]) -> dict[str, list[str]]:
    """Return the statements of one call to each endpoint, the process being warm."""
    client = Client(headers={"host": "127.0.0.1"})
    return {call["name"]: _statements(client, call) for call in calls}


def _statements(client: Client, call: dict[str, Any]) -> list[str]:
    """Call three times with the last values, which the load has not used up; keep the statements of the third."""
    *first, last = enumerate(call.get("values", [""] * 3)[-3:])
    for number, value in first:
        _call(client, call, value, number)
    with CaptureQueriesContext(connection) as captured:
        _call(client, call, last[1], last[0])
    return [query["sql"] for query in captured.captured_queries]


def _call(client: Client, call: dict[str, Any], value: object, number: int) -> None:
    def filled(contents: Any) -> Any:
        if isinstance(contents, dict):
            return {name: filled(each) for name, each in contents.items()}
        if not isinstance(contents, str):
            return contents
        return contents.replace("{v}", str(value)).replace("{n}", f"99{number}")

    headers = filled(call.get("headers", {}))
    if call.get("method") == "POST":
        answer = client.post(filled(call["path"]), filled(call["json"]), "application/json", headers=headers)
    else:
        answer = client.get(filled(call["path"]), headers=headers)
    if answer.status_code not in call.get("expect", [200]):
        raise SystemExit(f"{call['name']} answered {answer.status_code}: {answer.content.decode()[:500]}")


def counted(statements: Iterable[str]) -> int:
    """Return how many statements there are without those that open and close a transaction."""
    return sum(not sql.startswith(BRACKETS) for sql in statements)

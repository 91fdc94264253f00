"""Holds pages and calls to the number of database queries on record, in tests/query_counts.json, on either database."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

RECORD = Path(__file__).resolve().parent.parent / "query_counts.json"
# Choosing the district costs no round trip of its own; savepoints do.
UNCOUNTED = ("SET search_path",)


class QueryBudget:
    """Counts the queries of a block and compares them with the record of its name."""

    def __init__(self, *, recording: bool):
        self.recording = recording

    @contextmanager
    def __call__(self, name: str) -> Iterator[CaptureQueriesContext]:
        """Fail when the block needs another number of queries than the record says, more or fewer."""
        # On a busy machine the seconds for which a process remembers run out between the first call and this one.
        remembers = patch.object(type(caches["default"]), "_has_expired", lambda cache, key: key not in cache._cache)
        with remembers, CaptureQueriesContext(connection) as captured:
            yield captured
        statements = [q["sql"] for q in captured.captured_queries if not q["sql"].startswith(UNCOUNTED)]
        if self.recording:
            self._write(name, len(statements))
            return
        known = json.loads(RECORD.read_text()).get(name)
        assert known is not None, f"No query count on record for {name!r}; run the test again with --record."
        assert len(statements) == known, (
            f"{name}: {len(statements)} queries, on record are {known}. If that is right, run again with --record.\n"
            + "\n".join(f"{number:3} {sql[:300]}" for number, sql in enumerate(statements, 1))
        )

    @staticmethod
    def _write(name: str, count: int) -> None:
        with RECORD.open("r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            record = json.load(file)
            record[name] = count
            file.seek(0)
            file.truncate()
            file.write(json.dumps(record, indent=1, sort_keys=True, ensure_ascii=False) + "\n")


@pytest.fixture
def query_budget(request: pytest.FixtureRequest) -> QueryBudget:
    """Compare a block's queries with the record: `with query_budget("desk/inbox"): client.get(…)`.

    Warm the process up with one call before: what it remembers afterwards (the district, say) is not the page's cost.
    """
    return QueryBudget(recording=request.config.getoption("--record"))

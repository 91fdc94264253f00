"""Measures reads one by one in this process, where the spread counts: search, likely duplicates, and the year's report."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.content import Content
from bench.statements import counted
from jinlin.disclosure.queries import Wanted as PublicWanted
from jinlin.disclosure.queries import records
from jinlin.platform.access import Actor, actor_for
from jinlin.platform.dates import today
from jinlin.platform.paging import page_of
from jinlin.playbooks.here import current_playbook
from jinlin.requests.queries import desk
from jinlin.requests.queries.duplicates import likely_duplicates
from jinlin.requests.report import Schemes, figures_for, raised_between, rates_by, report, three_rates

LOOKS, REPORTS = 300, 5
PAGE = 50
YEAR = 365
SHORTEST, LONGEST = 2, 4


def reads(content: Content) -> list[dict[str, Any]]:
    """Return for each read the median and the 95th percentile of its milliseconds of CPU, in Python and in the database.

    What the database does for another process is not counted; here it works in no more than one.
    """
    worker, officer = (_actor(content.actors[part]) for part in ("worker", "officer"))
    _work_alone()
    words = list(islice(_words(content.words), LOOKS))
    year = {"first": today() - timedelta(days=YEAR - 1), "last": today()}
    schemes = Schemes.of(current_playbook().rating)

    def search(actor: Actor, query: str) -> None:
        rows = desk.found(actor, desk.Wanted(q=query))
        page_of(rows, "received_at", size=PAGE, shown=desk.with_names)
        desk.total_of(rows)

    def search_public(query: str) -> None:
        list(records(PublicWanted(words=query))[: PAGE + 1])

    def of_year() -> Any:
        return raised_between(figures_for(officer), year["first"], year["last"])

    return [
        _measured("search, community", [partial(search, worker, query) for query in words]),
        _measured("search, district", [partial(search, officer, query) for query in words]),
        _measured("search, public", [partial(search_public, query) for query in words]),
        _measured(
            "likely duplicates",
            [partial(likely_duplicates, text, content.building_code, worker) for text in content.words[:LOOKS]],
        ),
        _measured("three rates of a year", [lambda: three_rates(of_year(), schemes)] * REPORTS),
        _measured(
            "three rates by community and month",
            [lambda: [rates_by(of_year(), by, schemes) for by in ("place", "month")]] * REPORTS,
        ),
        _measured("whole report of a year", [lambda: report(of_year(), schemes, by="place")] * REPORTS),
    ]


def _actor(ids: Sequence[int]) -> Actor:
    return actor_for(*ids)


def _work_alone() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0")


def _words(texts: Sequence[str]) -> Iterator[str]:
    """Yield two to four characters each that stand beside each other in a text."""
    random = Random(7)  # noqa: S311 - the same words each time
    while True:
        text, length = random.choice(texts), random.randint(SHORTEST, LONGEST)
        start = random.randrange(max(1, len(text) - length))
        words = text[start : start + length]
        if all("\u4e00" <= sign <= "\u9fff" for sign in words):
            yield words


def _measured(name: str, calls: Sequence[Callable[[], object]]) -> dict[str, Any]:
    calls[0]()
    with CaptureQueriesContext(connection) as captured:
        calls[-1]()
    statements = counted(query["sql"] for query in captured.captured_queries)
    costs = sorted(cost(call) for call in calls)
    middle, high = costs[len(costs) // 2], costs[int(len(costs) * 0.95)]
    app, db = (sum(one[part] for one in costs) / len(costs) for part in (1, 2))
    return {
        "name": name,
        "p50_cpu_ms": round(middle[0], 2),
        "p95_cpu_ms": round(high[0], 2),
        "app_cpu_ms": round(app, 2),
        "db_cpu_ms": round(db, 2),
        "statements": statements,
    }


def cost(call: Callable[[], object]) -> tuple[float, float, float]:
    """Return the milliseconds of CPU of a call: in all, in Python, in the database's process."""
    before, start = _database_ms(), process_time()
    call()
    app, db = (process_time() - start) * 1000, _database_ms() - before
    return app + db, app, db


def _database_ms() -> float:
    """Return the CPU of the database's process behind this connection; SQLite works in our own."""
    if connection.vendor != "postgresql":
        return 0.0
    pid = connection.connection.info.backend_pid
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6

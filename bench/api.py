"""`python -m bench.api`: measures the API on both databases, one after the other, and prints a table beside the reference.

With several sizes (`--requests 20000 200000`) it also prints how much dearer each call becomes, beside what it may cost.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.tables import print_table

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = {
    "create": (60, 47, "28 (55 kept)"),
    "list of 50": (390, 392, "4.8 (6.4)"),
    "sign for": (75, 46, "25 (44)"),
    "accept": (75, 46, "25 (44)"),
    "map, 300 boxes": (28, None, "66 (213)"),
    "map, always a new box": (28, None, "66 (213)"),
}
"""CPU ms, statements and requests a second of the strongest open peer in Python on a like machine."""
SIZES = [20_000, 200_000] if os.environ.get("BENCH_LARGE") else [20_000]
"""How many requests there are, when nothing else is said."""
MAY_COST = {
    "create": 6,
    "list of 50": 8,
    "list of 50, district": 8,
    "sign for": 6,
    "accept": 6,
    "map, 300 boxes": 1.5,
    "map, always a new box": 1.5,
    "report of a year": 300,
    "search, community": 25,
    "search, district": 25,
    "search, public": 25,
    "likely duplicates": 30,
}
"""CPU ms on PostgreSQL with 200,000 requests: of a call over one connection on average, of a read at the 95th percentile."""
MAY_GROW = 1.3
"""How much dearer one call to the API may become with ten times as many requests."""
HEADS = (
    "call",
    "at once",
    "CPU ms",
    "app",
    "database",
    "statements",
    "req/s",
    "p50 ms",
    "p95 ms",
    "errors",
    "reference",
)
WHAT_IS_COUNTED = """
CPU ms is that of the application's and the database's processes for one request.
BEGIN and COMMIT are not among the statements.
"""
READ_HEADS = ("read, one after the other", "CPU ms p50", "p95", "app", "database", "statements")


def main() -> None:
    """Measure, print the table and keep the figures as JSON in the data folder."""
    options = _options()
    load = Path(os.environ.get("JINLIN_SHARED") or ROOT.parent / "shared") / "bench" / "load.py"
    if not load.is_file():
        sys.stdout.write("Nothing was measured: the load generator shared/bench/load.py is not beside the project.\n")
        return
    outcomes: dict[str, dict[int, Any]] = {}
    for database in options.database:
        outcomes[database] = {}
        for size in options.requests:
            outcomes[database][size] = _measured(database, size, load, options)
            _print(database, size, outcomes[database][size])
        _print_growth(database, outcomes[database])
    _keep(outcomes)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.api", description=__doc__)
    parser.add_argument("--database", nargs="+", choices=["postgresql", "sqlite"], default=["postgresql", "sqlite"])
    parser.add_argument(
        "--requests",
        type=int,
        nargs="+",
        default=[20_000],
        help="how many there are before the load begins; several sizes",
    )
    parser.add_argument("--duration", type=float, default=2.5, help="seconds of one run")
    parser.add_argument("--repeats", type=int, default=3, help="runs, of which the median counts")
    parser.add_argument("--concurrency", default="1,8", help="connections at once")
    parser.add_argument("--only", default="", help="names of calls, separated by commas")
    return parser.parse_args()


def _measured(database: str, size: int, load: Path, options: argparse.Namespace) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "outcome.json"
        command = [sys.executable, "-m", "bench.run", "--load", str(load), "--out", str(out)]
        command += ["--requests", str(size)]
        for name in ("duration", "repeats", "concurrency", "only"):
            command += [f"--{name}", str(getattr(options, name))]
        if database == "postgresql":
            command = [str(ROOT / "bin" / "with-postgres"), "--durable", *command]
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        subprocess.run(command, cwd=ROOT, env=environment, stdout=sys.stderr, check=True)
        return json.loads(out.read_text())


def _print(database: str, size: int, outcome: dict[str, Any]) -> None:
    title = f"{database}, {size:,} requests, load average {outcome['load_average'][0]:.1f}"
    print_table(title, HEADS, [_cells(result, outcome["statements"]) for result in outcome["results"]])
    reads = outcome["reads"]
    columns = ("name", "p50_cpu_ms", "p95_cpu_ms", "app_cpu_ms", "db_cpu_ms", "statements")
    print_table("", READ_HEADS, [[read[column] for column in columns] for read in reads])
    background = outcome["background"]
    sys.stdout.write(f"after the receipt, in the worker: {background['cpu_ms_per_task']} CPU ms of Python a task\n")


def _cells(result: dict[str, Any], statements: dict[str, int]) -> tuple[object, ...]:
    figures, name = result["median"], result["name"]
    app, db = figures["app_cpu_ms"], figures.get("db_cpu_ms", 0)
    cpu, peer_statements, peer_speed = REFERENCE.get(name, (None, None, None))
    peer = f"{cpu} ms, {peer_statements or '?'} statements, {peer_speed} req/s" if cpu else ""
    times = [figures.get(key, "") for key in ("rps", "p50_ms", "p95_ms", "errors")]
    return (name, result["concurrency"], round(app + db, 2), app, db, statements[name], *times, peer)


def _print_growth(database: str, outcomes: dict[int, dict[str, Any]]) -> None:
    """Print what each call costs in each size, how much dearer it became from the first to the last, and what it may cost."""
    sizes = list(outcomes)
    costs = [_costs(outcome) for outcome in outcomes.values()]
    rows = [(name, *(one[name] for one in costs), *_judged(name, [one[name] for one in costs])) for name in costs[-1]]
    heads = ("CPU ms of a call", *(f"{size:,}" for size in sizes), "grew", "may cost", "holds")
    print_table(f"{database}, by the number of requests", heads, rows)


def _costs(outcome: dict[str, Any]) -> dict[str, float]:
    """Return {name: CPU ms} of the calls over one connection, and the 95th percentiles of the reads."""
    single = [result for result in outcome["results"] if result["concurrency"] == 1]
    calls = {one["name"]: one["median"]["app_cpu_ms"] + one["median"].get("db_cpu_ms", 0) for one in single}
    return {name: round(cost, 2) for name, cost in calls.items()} | {
        read["name"]: read["p95_cpu_ms"] for read in outcome["reads"]
    }


def _judged(name: str, costs: list[float]) -> tuple[str, object, str]:
    grew, most = costs[-1] / costs[0] if costs[0] else 0, MAY_COST.get(name)
    holds = most is None or (costs[-1] <= most and (grew <= MAY_GROW or name not in REFERENCE))
    return f"{grew:.2f}×", most or "", "" if most is None else ("yes" if holds else "NO")


def _keep(outcomes: dict[str, Any]) -> None:
    folder = Path(os.environ.get("JINLIN_HOME") or ROOT / "data")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "bench.json"
    path.write_text(json.dumps({"at": datetime.now(UTC).isoformat(timespec="seconds"), **outcomes}, indent=1) + "\n")
    sys.stdout.write(f"{WHAT_IS_COUNTED}All figures: {path}\n")


if __name__ == "__main__":
    main()

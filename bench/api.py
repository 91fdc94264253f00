"""`python -m bench.api`: measures the API on both databases, one after the other, and prints a table beside the reference."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

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
WIDTHS = (22, 8, 7, 6, 9, 11, 7, 7, 7, 7, 34)


def main() -> None:
    """Measure, print the table and keep the figures as JSON in the data folder."""
    options = _options()
    load = Path(os.environ.get("JINLIN_SHARED") or ROOT.parent / "shared") / "bench" / "load.py"
    if not load.is_file():
        sys.stdout.write("Nothing was measured: the load generator shared/bench/load.py is not beside the project.\n")
        return
    outcomes = {}
    for database in options.database:
        outcomes[database] = _measured(database, load, options)
        _print(database, outcomes[database])
    _keep(outcomes)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.api", description=__doc__)
    parser.add_argument("--database", nargs="+", choices=["postgresql", "sqlite"], default=["postgresql", "sqlite"])
    parser.add_argument("--requests", type=int, default=20_000, help="how many there are before the load begins")
    parser.add_argument("--duration", type=float, default=2.5, help="seconds of one run")
    parser.add_argument("--repeats", type=int, default=3, help="runs, of which the median counts")
    parser.add_argument("--concurrency", default="1,8", help="connections at once")
    parser.add_argument("--only", default="", help="names of calls, separated by commas")
    return parser.parse_args()


def _measured(database: str, load: Path, options: argparse.Namespace) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "outcome.json"
        command = [sys.executable, "-m", "bench.run", "--load", str(load), "--out", str(out)]
        for name in ("requests", "duration", "repeats", "concurrency", "only"):
            command += [f"--{name}", str(getattr(options, name))]
        if database == "postgresql":
            command = [str(ROOT / "bin" / "with-postgres"), "--durable", *command]
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        subprocess.run(command, cwd=ROOT, env=environment, stdout=sys.stderr, check=True)
        return json.loads(out.read_text())


def _print(database: str, outcome: dict[str, Any]) -> None:
    lines = [f"\n{database}, load average {outcome['load_average'][0]:.1f}", _line(HEADS)]
    lines += [_line(_cells(result, outcome["statements"])) for result in outcome["results"]]
    background = outcome["background"]
    lines.append(f"after the receipt, in the worker: {background['cpu_ms_per_task']} CPU ms of Python a task")
    sys.stdout.write("\n".join(lines) + "\n")


def _cells(result: dict[str, Any], statements: dict[str, int]) -> tuple[object, ...]:
    figures, name = result["median"], result["name"]
    app, db = figures["app_cpu_ms"], figures.get("db_cpu_ms", 0)
    cpu, peer_statements, peer_speed = REFERENCE[name]
    peer = f"{cpu} ms, {peer_statements or '?'} statements, {peer_speed} req/s"
    times = [figures.get(key, "") for key in ("rps", "p50_ms", "p95_ms", "errors")]
    return (name, result["concurrency"], round(app + db, 2), app, db, statements[name], *times, peer)


def _line(cells: tuple[object, ...]) -> str:
    return "  ".join(str(cell).ljust(width) for cell, width in zip(cells, WIDTHS, strict=True)).rstrip()


def _keep(outcomes: dict[str, Any]) -> None:
    folder = Path(os.environ.get("JINLIN_HOME") or ROOT / "data")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "bench.json"
    path.write_text(json.dumps({"at": datetime.now(UTC).isoformat(timespec="seconds"), **outcomes}, indent=1) + "\n")
    sys.stdout.write(f"{WHAT_IS_COUNTED}All figures: {path}\n")


if __name__ == "__main__":
    main()

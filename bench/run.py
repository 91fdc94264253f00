"""Measures one database, the one in `DATABASE_URL`: fills it, serves it, drives it, and writes the outcome as JSON."""

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import django


def main() -> None:
    """Run the measurement that the arguments describe."""
    options = _options()
    with own_home(options.keep):
        django.setup()
        options.out.write_text(json.dumps(measure(options)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--load", type=Path, required=True)
    parser.add_argument("--requests", type=int, required=True)
    parser.add_argument("--duration", type=float, required=True)
    parser.add_argument("--repeats", type=int, required=True)
    parser.add_argument("--concurrency", required=True)
    parser.add_argument("--only", default="")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--keep", type=Path)
    return parser.parse_args()


@contextmanager
def own_home(keep: Path | None = None) -> Iterator[None]:
    """Keep files, keys and the SQLite database of this measurement in a folder of its own: in `keep`, or in one that is
    removed afterwards."""
    folder = str(keep) if keep else tempfile.mkdtemp(prefix="jinlin-bench-")
    os.environ.update(JINLIN_HOME=folder, DJANGO_SETTINGS_MODULE="jinlin.settings", JINLIN_LOG_JSON="1")
    try:
        yield
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Fill, serve, drive; return the load generator's report with statements and the cost of background work added."""
    from bench.content import filled
    from bench.district import profile
    from bench.endpoints import endpoints
    from bench.reads import reads
    from bench.statements import counted, statements_per_call
    from jinlin.cli.serving import prepare
    from jinlin.demo.build import found_district
    from jinlin.region.districts import in_district

    began = time.perf_counter()
    prepare()
    with in_district(found_district(profile())):
        content = filled(options.requests, options.keep)
        calls = endpoints(content)
        prepared = time.perf_counter() - began
        _say(f"{options.requests} requests are there after {prepared:.0f} s")
        port = _free_port()
        with _serving(port) as server:
            report = _drive(calls, port, options, {"app": server.pid, **_database_processes()})
        statements = statements_per_call(calls)
        alone = reads(content)
        background = _background_work()
    return report | {
        "prepared_s": round(prepared, 1),
        "statements": {name: counted(found) for name, found in statements.items()},
        "statements_in_words": statements,
        "background": background,
        "reads": alone,
    }


def _say(words: str) -> None:
    sys.stderr.write(words + "\n")


@contextmanager
def _serving(port: int) -> Iterator[subprocess.Popen[bytes]]:
    server = subprocess.Popen([sys.executable, "-m", "bench.server", str(port)], stdout=sys.stderr)
    try:
        _wait_for(port)
        yield server
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


def _free_port() -> int:
    """Return a port that nobody listens on; two servers on one port would share its calls."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(port: int) -> None:
    for _try in range(600):
        try:
            urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The server did not come up within two minutes.")


def _database_processes() -> dict[str, int]:
    """Return the main process of the private PostgreSQL server; on SQLite the database works inside the application."""
    from django.conf import settings

    if not settings.SCHEMAS:
        return {}
    folder = Path(settings.DATABASES["default"]["HOST"])
    return {"db": int((folder / "data" / "postmaster.pid").read_text().split()[0])}


def _drive(
    calls: list[dict[str, Any]], port: int, options: argparse.Namespace, watched: dict[str, int]
) -> dict[str, Any]:
    """Let a second process send the load; return its report."""
    with tempfile.TemporaryDirectory() as folder:
        spec, out = Path(folder) / "spec.json", Path(folder) / "out.json"
        spec.write_text(json.dumps(calls))
        wishes = {
            "base": f"http://127.0.0.1:{port}",
            "spec": spec,
            "out": out,
            "concurrency": options.concurrency,
            "only": options.only,
            "duration": options.duration,
            "repeats": options.repeats,
            "warmup": min(1.5, options.duration),
            "watch": ",".join(f"{name}={pid}" for name, pid in watched.items()),
        }
        arguments = [part for name, value in wishes.items() for part in (f"--{name}", str(value))]
        subprocess.run([sys.executable, str(options.load), *arguments], check=True, stdout=sys.stderr)
        return json.loads(out.read_text())


def _background_work() -> dict[str, float]:
    """Do what the load has left for the worker, a few hundred tasks of it, and return what one costs."""
    from django_tasks_db.models import DBTaskResult

    from jinlin.platform.worker import run_waiting

    kept = DBTaskResult.objects.ready().order_by("pk").values_list("pk", flat=True)[:300]
    DBTaskResult.objects.ready().exclude(pk__in=list(kept)).delete()
    began = time.process_time()
    done = run_waiting()
    return {"tasks": done, "cpu_ms_per_task": round((time.process_time() - began) * 1000 / max(1, done), 2)}


if __name__ == "__main__":
    main()

"""Serves the platform: web processes, the background worker, and the database's preparation."""

import os
import signal
import subprocess
import sys
import threading
from typing import Annotated

import typer
from django.conf import settings
from django.core.management import call_command
from django.db import close_old_connections
from granian import Granian
from granian.constants import Interfaces

from jinlin.cli.speech import say
from jinlin.platform.tasks import run_due
from jinlin.platform.worker import run_waiting
from jinlin.region.districts import every_district, in_district

PAUSE_SECONDS = 1.0
BLOCKING_THREADS = 4

Port = Annotated[int, typer.Option(help="Port to listen on.")]
Host = Annotated[str, typer.Option(help="Address to listen on; keep the default behind a reverse proxy.")]
Workers = Annotated[int, typer.Option(help="Web processes; one per core is plenty.")]


def prepare() -> None:
    """Bring the database of every district up to date; safe to run again."""
    call_command("migrate_schemas" if settings.SCHEMAS else "migrate", verbosity=0, interactive=False)


def serve(port: Port = 8000, host: Host = "127.0.0.1", workers: Workers = 1) -> None:
    """Serve the web pages and the API, with a background worker beside them, until interrupted."""
    prepare()
    background = subprocess.Popen([sys.executable, "-m", "jinlin", "worker"])
    try:
        web_server(host, port, workers).serve()
    finally:
        background.terminate()
        background.wait(timeout=30)


def web_server(host: str, port: int, workers: int) -> Granian:
    """Return the web server, not yet started; each process has a few threads, each with a database connection."""
    return Granian(
        "jinlin.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=int(os.environ.get("JINLIN_THREADS", BLOCKING_THREADS)),
        respawn_failed_workers=True,
        log_access=False,
    )


def worker() -> None:
    """Do background work for all districts until told to end; a task that is running is finished first."""
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    say("Worker ready.")
    work_until(stopped)


def work_until(stopped: threading.Event) -> None:
    """Go through the districts again and again until `stopped` is set."""
    while not stopped.is_set():
        close_old_connections()
        if not work_once():
            stopped.wait(PAUSE_SECONDS)


def work_once() -> int:
    """Do what waits and what is due in every district; return how many tasks were done."""
    done = 0
    for district in every_district():
        with in_district(district):
            done += run_waiting() + len(run_due())
    return done

"""A server that is killed in the middle of intake: every request that was acknowledged is there afterwards, whole."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest
from django.conf import settings

from jinlin.platform.models import AuditEntry, SentKey
from jinlin.requests.models import Clock, Request, Step
from tests.api.programs import WORDS, Program, program_of
from tests.support.community import make_community
from tests.support.databases import database_url

ROOT = Path(__file__).resolve().parents[2]
SENDERS = 4
SECONDS_OF_LOAD = 1.5
SECONDS_TO_START = 40


class Server:
    """The web server in a process group of its own, on the tests' database."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "jinlin.settings",
            "DATABASE_URL": database_url(),
            "JINLIN_HOME": str(settings.JINLIN_HOME),
            "PYTHONPATH": "src",
            "PYTHONWARNINGS": "ignore",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.server", str(self.port)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def wait(self) -> None:
        """Return when it answers."""
        end = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < end:
            try:
                with closing(self.connect()) as way:
                    way.request("GET", "/healthz")
                    way.getresponse().read()
                return
            except OSError:
                time.sleep(0.1)
        pytest.fail("the server did not come up")

    def connect(self) -> HTTPConnection:
        """Return a connection of one's own."""
        return HTTPConnection("127.0.0.1", self.port, timeout=10)

    def kill(self) -> None:
        """Kill it at once with all that belongs to it, without a word before."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=10)


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that is gone after the test in any case."""
    server = Server()
    yield server
    server.kill()


def send_until_it_dies(server: Server, token: str, sender: int) -> dict[str, dict[str, str] | None]:
    """Send request after request on one connection; return the receipt by key, None for the one that had no answer."""
    receipts: dict[str, dict[str, str] | None] = {}
    end = time.monotonic() + SECONDS_TO_START
    with closing(server.connect()) as way, suppress(OSError, HTTPException):
        while time.monotonic() < end:
            key = f"{sender}-{len(receipts)}"
            receipts[key] = None
            headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key, "Content-Type": "application/json"}
            way.request("POST", "/api/v1/requests", json.dumps({"text": f"{WORDS}{key}"}), headers)
            answer = way.getresponse()
            assert answer.status == 201, answer.read()
            receipts[key] = json.loads(answer.read())
    return receipts


@pytest.mark.django_db(transaction=True)
def test_every_acknowledged_request_is_there_after_a_kill(server):
    token = program_of(make_community().actor("resident")).token
    server.wait()
    with ThreadPoolExecutor(SENDERS) as pool:
        sent = [pool.submit(send_until_it_dies, server, token, sender) for sender in range(SENDERS)]
        time.sleep(SECONDS_OF_LOAD)
        server.kill()
    receipts = {key: receipt for one in sent for key, receipt in one.result().items()}
    acknowledged = {receipt["number"]: receipt["id"] for receipt in receipts.values() if receipt}
    assert len(acknowledged) >= SENDERS

    kept = {number: str(pk) for number, pk in Request.objects.values_list("number", "pk")}
    assert acknowledged.items() <= kept.items()
    assert len(kept) <= len(acknowledged) + SENDERS
    for rows in (Step.objects.filter(verb="receive"), SentKey.objects.all()):
        assert rows.count() == len(kept)
    assert AuditEntry.objects.filter(verb="requests.receive").count() == len(kept)
    assert Clock.objects.count() == 2 * len(kept)

    again = {key: Program(token).raise_request(key, text=f"{WORDS}{key}") for key in receipts}
    assert all(again[key]["number"] == receipt["number"] for key, receipt in receipts.items() if receipt)
    assert Request.objects.count() == len(receipts)

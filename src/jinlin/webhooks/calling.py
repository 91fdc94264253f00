"""Makes one call: to the address that was checked, within seconds, following nothing, and reading hardly anything."""

import http.client
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Timer
from time import monotonic
from typing import NamedTuple

from django.utils.translation import gettext as _

from jinlin.webhooks.addresses import Target, Unreachable, target_of

SECONDS_EACH = 4.0
SECONDS_ALL = 8.0
MOST_READ = 1_024
GOOD = range(200, 300)
REDIRECTS = range(300, 400)


class Outcome(NamedTuple):
    """How a call went: the status that came back, if any, what was wrong, and how long it took."""

    status: int | None
    finding: str
    took_ms: int

    @property
    def is_good(self) -> bool:
        return not self.finding


def call(url: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
    """Send `body` to an address by POST; whatever goes wrong is a finding."""
    begun = monotonic()
    status, finding = None, ""
    try:
        status = _status(target_of(url), body, headers)
        finding = _finding(status)
    except Unreachable as error:
        finding = str(error)
    except TimeoutError:
        finding = _("No answer came in time.")
    except (OSError, http.client.HTTPException) as error:
        finding = f"{type(error).__name__}: {error}"[:200]
    return Outcome(status, finding, round((monotonic() - begun) * 1000))


def _finding(status: int) -> str:
    if status in GOOD:
        return ""
    if status in REDIRECTS:
        return _("It answered %(status)s and pointed elsewhere, which is not followed.") % {"status": status}
    return _("It answered %(status)s.") % {"status": status}


def _status(target: Target, body: bytes, headers: Mapping[str, str]) -> int:
    connection = _Pinned(target)
    try:
        with _cut_off(connection):
            connection.request("POST", target.path, body, dict(headers))
            response = connection.getresponse()
            response.read(MOST_READ)
    except (OSError, http.client.HTTPException):
        if connection.was_cut:
            raise TimeoutError from None
        raise
    finally:
        connection.close()
    if connection.was_cut:
        raise TimeoutError
    return response.status


@contextmanager
def _cut_off(connection: "_Pinned") -> Iterator[None]:
    """Shut the connection down when all of it takes too long, also one that sends a byte now and then."""
    timer = Timer(SECONDS_ALL, connection.cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was checked, whatever its name leads to by now."""

    was_cut = False

    def __init__(self, target: Target) -> None:
        super().__init__(target.host, target.port, timeout=SECONDS_EACH)
        self._target = target
        self.default_port = {"https": 443, "http": 80}[target.scheme]

    def connect(self) -> None:
        """Connect, and over https check the certificate against the name."""
        self.sock = socket.create_connection((self._target.ip, self._target.port), self.timeout)
        if self._target.scheme == "https":
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self._target.host)

    def cut(self) -> None:
        """End the connection from outside; whoever waits for it waits no longer."""
        self.was_cut = True
        if self.sock:
            try:
                self.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return

"""A system that is told: a server on the loopback that answers as the path asks, and remembers what came."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Call:
    """A call that came in."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """The server's address and what came to it; `broken` lets it answer 500 to everything."""

    port: int = 0
    calls: list[Call] = field(default_factory=list)
    broken: bool = False

    def url(self, path: str) -> str:
        """Return an address of the server."""
        return f"http://127.0.0.1:{self.port}{path}"


@contextmanager
def receiver() -> Iterator[Receiver]:
    """Run the server."""
    made = Receiver()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.made = made
    server.daemon_threads = True
    made.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    """Answers as the path asks."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.made.calls.append(
            Call(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
        )
        getattr(self, self.path.strip("/").partition("?")[0])()

    def do_GET(self) -> None:
        self.server.made.calls.append(Call(f"GET {self.path}", {}, b""))
        self._answer(200)

    def _answer(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def ok(self) -> None:
        self._answer(500 if self.server.made.broken else 204)

    def fails(self) -> None:
        self._answer(500)

    def elsewhere(self) -> None:
        self._answer(302, Location=self.server.made.url("/inside"))

    def hangs(self) -> None:
        time.sleep(1.5)

    def drips(self) -> None:
        try:
            for letter in b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 100:
                self.wfile.write(bytes([letter]))
                time.sleep(0.05)
        except OSError:
            return

    def floods(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            for _part in range(2_000):
                self.wfile.write(b"x" * 65_536)
        except OSError:
            return

    def log_message(self, *words: object) -> None:
        return

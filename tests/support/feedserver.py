"""A real HTTP server on loopback: whatever bytes a test wants a web server to send.

``with FeedServer() as server: server.feed("/feed", body); url = server.url("/feed")``. It listens
on all of 127.0.0.0/8, so ``server.url("/feed", host="127.0.0.7")`` is the same server under
another host. Requests are recorded in ``server.requests``.
"""

from __future__ import annotations

import gzip
import hashlib
import socket
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Request:
    """What was asked: header names in lower case; ``at`` is monotonic seconds."""

    method: str
    host: str
    path: str
    headers: Mapping[str, str]
    at: float
    body: bytes = b""


@dataclass
class Reply:
    """What to answer. ``pieces`` are sent one after the other with ``pause`` seconds between;
    ``length`` None sends no Content-Length and closes at the end; ``hang_up`` breaks off without
    an answer."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    pieces: Iterable[bytes] | None = None
    pause: float = 0.0
    length: int | None = -1
    hang_up: bool = False


Handler = Callable[[Request], Reply]


class FeedServer:
    """The server and what was asked of it."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.in_flight: dict[str, int] = {}
        self.most_in_flight: dict[str, int] = {}
        self._replies: dict[str, Handler] = {}
        self._lock = threading.Lock()
        self._closing = threading.Event()

    def __enter__(self) -> FeedServer:
        self._server = _Server(("0.0.0.0", 0), _handler(self))
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def serve(self, path: str, reply: Reply | Handler) -> None:
        """Answer requests for a path (of any host, query included) with this from now on."""
        self._replies[path] = reply if callable(reply) else lambda _: reply

    def feed(
        self,
        path: str,
        body: bytes,
        *,
        content_type: str = "application/rss+xml",
        etag: str | None = "",
        last_modified: str | None = None,
        packed: bool = True,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Serve a document as an ordinary server does: 304 where the validators match, gzip where
        it is accepted. ``etag`` "" makes one from the body, None sends none."""
        if etag == "":
            etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'

        def answer(request: Request) -> Reply:
            sent = dict(headers or {}) | {"Content-Type": content_type}
            if etag:
                sent["ETag"] = etag
            if last_modified:
                sent["Last-Modified"] = last_modified
            asked = request.headers
            same = bool(etag) and asked.get("if-none-match") == etag
            if "if-none-match" not in asked and last_modified:
                same = asked.get("if-modified-since") == last_modified
            if same:
                return Reply(304, headers=sent)
            if packed and "gzip" in asked.get("accept-encoding", ""):
                return Reply(200, gzip.compress(body), sent | {"Content-Encoding": "gzip"})
            return Reply(200, body, sent)

        self.serve(path, answer)

    def redirect(self, path: str, to: str, status: int = 301) -> None:
        """Redirect a path to a path of the same host or to a whole address."""
        self.serve(path, Reply(status, headers={"Location": to}))

    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [request.path for request in self.requests]

    def reply_to(self, request: Request) -> Reply:
        """Record a request and find its answer."""
        with self._lock:
            self.requests.append(request)
        handler = self._replies.get(request.path)
        return handler(request) if handler else Reply(404, b"not here\n")

    def wait(self, seconds: float) -> None:
        """Pause, but not beyond the end of the test."""
        self._closing.wait(seconds)

    def count(self, host: str, change: int) -> None:
        """Keep count of the requests in flight to a host."""
        with self._lock:
            now = self.in_flight[host] = self.in_flight.get(host, 0) + change
            self.most_in_flight[host] = max(now, self.most_in_flight.get(host, 0))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, *_: Any) -> None:
        """Clients that hang up are part of the tests."""


def _handler(farm: FeedServer) -> type[BaseHTTPRequestHandler]:
    class Handling(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            host = (self.headers.get("Host") or "").rpartition(":")[0]
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = Request(self.command, host, self.path, headers, time.monotonic(), body)
            farm.count(host, 1)
            try:
                self._answer(farm.reply_to(request))
            except OSError:
                self.close_connection = True
            finally:
                farm.count(host, -1)

        do_POST = do_HEAD = do_GET

        def _answer(self, reply: Reply) -> None:
            if reply.hang_up:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if reply.pieces is None and reply.length is not None and reply.status != 304:
                length = len(reply.body) if reply.length < 0 else reply.length
                self.send_header("Content-Length", str(length))
            elif reply.status != 304:
                self.send_header("Connection", "close")
                self.close_connection = True
            self.end_headers()
            for piece in [reply.body] if reply.pieces is None else reply.pieces:
                self.wfile.write(piece)
                self.wfile.flush()
                if reply.pause:
                    farm.wait(reply.pause)
            if reply.length is not None and reply.length > len(reply.body):
                self.close_connection = True  # less than was promised

        def log_message(self, *_: object) -> None:
            """Tests print nothing."""

    return Handling


#: A small feed, for tests that need one and do not care which.
def rss(
    titles: Iterable[str] = ("First",), *, title: str = "A feed", more: str = "", dates: bool = True
) -> bytes:
    """An RSS 2.0 document with one item for each title, newest first, a day apart."""
    items = "".join(
        f"<item><title>{one}</title><link>https://mara.example/{at}</link>"
        f'<guid isPermaLink="false">mara-{at}</guid>'
        + (f"<pubDate>{20 - at % 20:02d} Nov 2026 08:00:00 GMT</pubDate>" if dates else "")
        + f"<description>&lt;p&gt;Text of {one}.&lt;/p&gt;</description></item>"
        for at, one in enumerate(titles)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{title}</title><link>https://mara.example/</link>{more}{items}</channel></rss>"
    ).encode()

"""A server of made-up feeds on loopback, every feed at an address of its own, 127.77.x.y.

    with FeedServer(500) as server:
        server.urls; server.add_entries(every=10); server.forget_validators(); server.counts()

One process of its own with answers made in advance, so that it is not what is measured. It answers
conditional requests as a good server does: 304 where the ETag matches.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import random
import subprocess
import sys
import urllib.request
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from types import TracebackType

NEWEST = datetime(2026, 11, 20, 8, tzinfo=UTC)
ENTRIES = 20
_TEXT = """the river kept what it was given and gave back nothing that anybody had asked for so we
stood on the bridge until the lamps were lit and somebody remembered that there was bread"""
_WORDS = tuple(_TEXT.split())


def address(number: int) -> str:
    """The address of a feed's host."""
    return f"127.77.{number // 250}.{number % 250 + 1}"


class FeedServer:
    """The server as a child process; a context manager."""

    def __init__(self, feeds: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(feeds)], stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self.process_id = self._process.pid
        self.port = int(self._process.stdout.readline())
        self.urls = [f"http://{address(number)}:{self.port}/feed.xml" for number in range(feeds)]

    def __enter__(self) -> FeedServer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.wait()

    def add_entries(self, *, every: int) -> None:
        """Give every so manyth feed one more entry."""
        self._ask(f"/add/{every}")

    def forget_validators(self) -> None:
        """From now on send every feed whole, without validators."""
        self._ask("/forget")

    def counts(self) -> dict[str, int]:
        """How often each status was answered since the last time this was asked."""
        found: dict[str, int] = json.loads(self._ask("/counts"))
        return found

    def _ask(self, path: str) -> bytes:
        with urllib.request.urlopen(f"http://{address(0)}:{self.port}{path}", timeout=60) as answer:
            body: bytes = answer.read()
            return body


class _Feed:
    def __init__(self, number: int) -> None:
        self._number = number
        self._dice = random.Random(number)
        self._items = [self._item(index) for index in range(ENTRIES)]
        self._next = ENTRIES
        self._make()

    def add(self) -> None:
        self._items.insert(0, self._item(self._next, NEWEST + timedelta(minutes=self._next)))
        self._next += 1
        self._make()

    def _item(self, index: int, published: datetime | None = None) -> str:
        at = published or NEWEST - timedelta(days=3 * index)
        paragraphs = (
            " ".join(self._dice.choices(_WORDS, k=60)) + f' <a href="/{turn}">more</a> &amp; on'
            for turn in range(8)
        )
        body = "".join(f"<p>{text}, <em>again</em>.</p>\n" for text in paragraphs)
        url = f"http://{address(self._number)}/{index}"
        return (
            f"<item><title>Piece {index}</title><link>{url}</link><guid>{url}</guid>"
            f"<pubDate>{format_datetime(at)}</pubDate>"
            f"<description>{escape(body)}</description></item>"
        )

    def _make(self) -> None:
        document = (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
            f"<title>Writer {self._number}</title><link>http://{address(self._number)}/</link>"
            f"<description>Made up</description>{''.join(self._items[:ENTRIES])}</channel></rss>"
        )
        self.etag = f'"{self._number}-{self._next}"'
        validators = f"ETag: {self.etag}\r\nLast-Modified: {format_datetime(NEWEST, True)}\r\n"
        body = gzip.compress(document.encode(), 6)
        self.full = (
            "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml; charset=utf-8\r\n"
            f"Content-Encoding: gzip\r\n{validators}Content-Length: {len(body)}\r\n"
            "Connection: close\r\n\r\n"
        ).encode() + body
        self.bare = self.full.replace(validators.encode(), b"")
        self.same = f"HTTP/1.1 304 Not Modified\r\n{validators}Connection: close\r\n\r\n".encode()


class _Service:
    def __init__(self, feeds: int) -> None:
        self._feeds = [_Feed(number) for number in range(feeds)]
        self._counts: dict[str, int] = {}
        self._forgetful = False

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            writer.write(self._reply(head, writer.get_extra_info("sockname")[0]))
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass  # whoever asked has hung up
        finally:
            writer.close()

    def _reply(self, head: str, host: str) -> bytes:
        path = head.split(" ", 2)[1]
        if path == "/feed.xml":
            _, _, x, y = map(int, host.split("."))
            feed = self._feeds[x * 250 + y - 1]
            if self._forgetful:
                self._count("200")
                return feed.bare
            same = f"if-none-match: {feed.etag}\r\n" in head.lower()
            self._count("304" if same else "200")
            return feed.same if same else feed.full
        if path == "/forget":
            self._forgetful = True
            return _plain(b"forgotten")
        if path.startswith("/add/"):
            for feed in self._feeds[:: int(path[5:])]:
                feed.add()
            return _plain(b"added")
        if path == "/counts":
            counts, self._counts = self._counts, {}
            return _plain(json.dumps(counts).encode())
        self._count("404")
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

    def _count(self, status: str) -> None:
        self._counts[status] = self._counts.get(status, 0) + 1


def _plain(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%b" % (
        len(body),
        body,
    )


async def _serve(feeds: int) -> None:
    service = _Service(feeds)
    first = await asyncio.start_server(service.answer, address(0), 0, backlog=256)
    port = first.sockets[0].getsockname()[1]
    others = [address(number) for number in range(1, feeds)]
    rest = await asyncio.start_server(service.answer, others, port, backlog=16) if others else first
    print(port, flush=True)
    async with first, rest:
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))

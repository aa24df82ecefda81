"""The most memory that a refresh takes: PSS of all its processes together.

    python tests/benchmarks/memory.py [--short] [--feeds N]

Once for many ordinary feeds that are all new, once for the worst that a server may send: feeds of
nearly 10 MiB, each of another kind, and bombs, all due at the same time. The ratio is to newsboat
with the same ordinary feeds, where that is installed.
"""

from __future__ import annotations

import argparse
import gzip
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import measure
import readers
import world
from feed_server import FeedServer

#: Bytes of a feed, just below what engage takes.
BIG = 10_000_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="few and small feeds")
    parser.add_argument("--feeds", type=int, default=1_000)
    asked = parser.parse_args()
    feeds, big = (20, BIG // 20) if asked.short else (asked.feeds, BIG)
    with FeedServer(feeds) as server:
        ordinary = _peak(readers.Engage(), server.urls)
        newsboat = readers.newsboat()
        peer = _peak(newsboat, server.urls) if newsboat else 0
    with _worst(big) as urls:
        worst = _peak(readers.Engage(), urls)
    print(
        measure.table(
            "Peak memory (PSS of the tree), megabytes",
            ("", "engage", "newsboat", "ratio"),
            [
                (
                    f"{feeds} feeds, cold",
                    _mega(ordinary),
                    _mega(peer),
                    measure.ratio(ordinary, peer),
                ),
                (f"{len(urls)} of the worst", _mega(worst), "", ""),
            ],
        )
    )


def _peak(reader: readers.FeedReader, urls: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        reader.follow(Path(folder), urls)
        env = {**os.environ, "ENGAGE_HOME": folder, "ENGAGE_NOW": world.NOW.isoformat()}
        return measure.peak_memory(reader.command(Path(folder)), {**env, "HOME": folder})


@contextmanager
def _worst(size: int) -> Iterator[list[str]]:
    """Addresses of feeds, each on a host of its own, that are as bad as they may be."""
    bodies = list(_bodies(size))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body, encoding = bodies[int(self.path[1:])]
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
            if encoding:
                self.send_header("Content-Encoding", encoding)
            self.end_headers()
            with suppress(OSError):  # whoever asked has had enough
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        port = server.server_port
        yield [f"http://127.88.0.{at + 1}:{port}/{at}" for at in range(len(bodies))]
    finally:
        server.shutdown()


def _bodies(size: int) -> Iterator[tuple[bytes, str]]:
    item = "<item><title>Rag</title><guid>{}</guid><description>{}</description></item>"
    words = "the river kept what it was given "
    escaped = "&lt;p&gt;" + words * 4 + "&lt;b&gt;again&lt;/b&gt;&lt;/p&gt;"
    yield _rss("".join(item.format(n, "") for n in range(size // 80))), ""
    yield _rss("".join(item.format(n, escaped * 20) for n in range(size // 4200))), ""
    yield _rss(item.format(1, escaped * (size // 200))), ""
    yield _rss(item.format(1, "&lt;b&gt;x&lt;/b&gt;" * (size // 20))), ""
    yield _rss("", title="paper " * (size // 6)), ""
    yield _rss("", title="\N{BUTTERFLY} \N{LATIN SMALL LETTER E WITH ACUTE}" * (size // 7)), ""
    yield (
        _rss("<item><title>T</title>" + "<a>" * (size // 8) + "</a>" * (size // 8) + "</item>"),
        "",
    )
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    yield f'<!DOCTYPE r [<!ENTITY e0 "ha">{entities}]>'.encode() + _rss("", title="&e11;"), ""
    yield gzip.compress(bytes(size * 20)), "gzip"


def _rss(items: str, title: str = "T") -> bytes:
    return (
        f'<rss version="2.0"><channel><title>{title}</title><link>https://a.example/</link>{items}'
        "</channel></rss>"
    ).encode()


def _mega(size: int) -> str:
    return f"{size / 1e6:.0f}" if size else "–"


if __name__ == "__main__":
    main()

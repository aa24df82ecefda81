"""Everything that the web can throw at a refresh, in one: the command as a writer runs it, its
limits, its workers. Each bad feed ends in a sentence or is read as far as it goes; the healthy
ones beside them are whole; memory and time hold."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest

from engage.text import clean
from tests.support.feedserver import FeedServer, Reply, rss

pytestmark = pytest.mark.slow

HEALTHY = 6
MIB = 1024 * 1024
#: The most that the whole tree of processes may hold, and how long a refresh may take: a feed has
#: 30 s, a body that is slow to come and slow to read has no more.
MEMORY, SECONDS = 400 * MIB, 45.0

NOWHERE = "http://nowhere.invalid/feed"
CLOSED = "http://127.0.9.250:1/feed"


def packed(body: bytes) -> Reply:
    return Reply(200, gzip.compress(body, 1), {"Content-Encoding": "gzip"})


def moved(to: str) -> Reply:
    return Reply(302, headers={"Location": to})


def lying(length: str) -> Reply:
    return Reply(200, rss(["A"]), {"Content-Length": length}, length=None)


def entities() -> bytes:
    steps = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "ha">{steps}]>'
    return head.encode() + rss(["A"]).partition(b"?>")[2].replace(b"<title>A<", b"<title>&e9;<")


def entries(count: int) -> bytes:
    items = "".join(
        f"<item><title>T {n}</title><guid>{n}</guid><link>https://m.example/{n}</link></item>"
        for n in range(count)
    )
    return f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'.encode()


def deep(levels: int) -> bytes:
    return rss(["A"]).replace(b"<item>", b"<item>" + b"<x>" * levels + b"</x>" * levels)


FILE = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
SURROGATES = (
    b'{"version": "https://jsonfeed.org/version/1", "title": "\\ud800 T",'
    b' "items": [{"id": "\\udfff", "title": "a\\ud83d", "content_text": "\\udc00 x"}]}'
)

#: What a server sends, and words of the sentence on that feed; "" where the feed can be read.
BAD: dict[str, tuple[Reply, str]] = {
    "an entity bomb": (Reply(200, entities()), ""),
    "a file for an entity": (
        Reply(200, rss(["&x;"]).replace(b"<rss", b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss')),
        "",
    ),
    "a gzip bomb": (packed(b"\0" * 100_000_000), "more than 10 MiB"),
    "gzip within gzip": (
        Reply(200, gzip.compress(gzip.compress(rss())), {"Content-Encoding": "gzip, gzip"}),
        "does not unpack",
    ),
    "gzip cut off": (
        Reply(200, gzip.compress(rss())[:-9], {"Content-Encoding": "gzip"}), "broke off",
    ),
    "an endless body": (Reply(200, pieces=[b"<rss>" * 100_000] * 4000, length=None), "10 MiB"),
    "a stalled body": (Reply(200, pieces=[b"<rss>", *[b""] * 1000], pause=0.1), "took longer"),
    "a body by drops": (Reply(200, pieces=[b"<"] * 1000, pause=0.1), "took longer than 30"),
    "less than promised": (lying("500000"), "broke off"),
    "more than promised": (lying("300"), "did not answer as a web server does"),
    "a negative length": (lying("-5"), "did not answer as a web server does"),
    "a length of letters": (lying("many"), "did not answer as a web server does"),
    "no answer": (Reply(hang_up=True), "broke off"),
    "100,000 entries": (Reply(200, entries(100_000)), ""),
    "2,000 levels": (Reply(200, deep(2_000)), ""),
    "100,000 levels": (Reply(200, deep(100_000)), ""),
    "NULs": (Reply(200, rss(["A\0B"]).replace(b"Text", b"\0Text\0")), ""),
    "invalid UTF-8": (Reply(200, rss(["A"]).replace(b"Text", b"\xff\xfe\xc3(")), ""),
    "lone surrogates": (Reply(200, SURROGATES), ""),
    "the year 0": (Reply(200, rss(["A"]).replace(b"20 Nov 2026", b"01 Jan 0000")), ""),
    "the year 9999": (Reply(200, rss(["A"]).replace(b"20 Nov 2026", b"31 Dec 9999")), ""),
    "a title of 30 MB": (packed(rss(["A" * 30_000_000])), "more than 10 MiB"),
    "a title of 4 MB": (packed(rss(["A" * 4_000_000])), ""),
    "9 MB of markup": (packed(rss(["&lt;b&gt;" * 500_000])), ""),
    "a redirect in a circle": (moved("/"), "redirected more than 5"),
    "a redirect to a file": (moved("file:///etc/passwd"), "no web address"),
    "a redirect to a private address": (
        moved("http://127.0.0.77/feed"), "private address",
    ),
    "a redirect to this machine": (
        moved("http://localhost/feed"), "private address",
    ),
    "a body that is a path": (Reply(200, b"/etc/passwd"), "no feed"),
    "a body that is an address": (Reply(200, b"file:///etc/passwd"), "no feed"),
    "a picture": (Reply(200, b"\x89PNG\r\n\x1a\n" + b"\0" * 9000), "no feed"),
    "a page": (Reply(200, b"<!doctype html><p>Hi"), "a web page"),
    "nothing": (Reply(200), "empty"),
}  # fmt: skip


def pss(pid: int) -> int:
    """Bytes that a process and all below it hold, shared ones by their share."""
    total = 0
    for child in [pid, *_below(pid)]:
        with contextlib.suppress(OSError, StopIteration):
            lines = Path(f"/proc/{child}/smaps_rollup").read_text().splitlines()
            total += int(next(line for line in lines if line.startswith("Pss:")).split()[1]) * 1024
    return total


def _below(pid: int) -> Iterator[int]:
    with contextlib.suppress(OSError):
        for path in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in map(int, path.read_text().split()):
                yield child
                yield from _below(child)


class Watched:
    """A command that runs, and the most memory that it held."""

    def __init__(self, *words: str, home: Path) -> None:
        environ = os.environ | {"ENGAGE_HOME": str(home), "ENGAGE_NOW": "2026-11-24T09:00:00Z"}
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "engage", *words],
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.peak, ended = 0, threading.Event()

        def watch() -> None:
            while not ended.wait(0.05):
                self.peak = max(self.peak, pss(process.pid))

        watcher = threading.Thread(target=watch)
        watcher.start()
        out, err = process.communicate(timeout=120)
        ended.set()
        watcher.join()
        self.seconds = time.monotonic() - began
        self.status, self.out, self.err = process.returncode, out, err.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def addresses(server: FeedServer) -> dict[str, str]:
    """The address of each feed by its name, each on a host of its own."""
    found = {"an unknown name": NOWHERE, "a closed port": CLOSED}
    for number, (name, (reply, _)) in enumerate(BAD.items()):
        server.serve(f"/bad{number}", reply)
        found[name] = server.url(f"/bad{number}", f"127.0.9.{number + 1}")
    server.serve("/", moved("/"))
    for number in range(HEALTHY):
        server.feed(
            f"/good{number}", rss([f"T{number}-{at}" for at in range(20)], title=f"G{number}")
        )
        found[f"good{number}"] = server.url(f"/good{number}", f"127.0.8.{number + 1}")
    return found


def test_a_refresh_over_all_of_it(addresses: dict[str, str], tmp_path: Path) -> None:
    home = tmp_path / "home"
    rows = "".join(
        f'<outline type="rss" text={quoteattr(name)} xmlUrl={quoteattr(url)}/>'
        for name, url in addresses.items()
    )
    (tmp_path / "all.opml").write_text(f'<opml version="2.0"><body>{rows}</body></opml>')
    assert Watched("import", str(tmp_path / "all.opml"), "--yes", home=home).status == 0
    done = Watched("refresh", "--json", home=home)
    print(f"{done.seconds:.1f} s, {done.peak / MIB:.0f} MiB at most")
    assert done.status == 0, done.err
    assert "Traceback" not in done.err
    assert done.peak < MEMORY
    assert done.seconds < SECONDS
    feeds = {each["url"]: each for each in Watched("feeds", "--json", home=home).json["feeds"]}
    said = {each["url"]: each["message"] for each in done.json["errors"]}
    expected = {name: says for name, (_, says) in BAD.items()}
    expected |= {"an unknown name": "nowhere.invalid", "a closed port": "refused the connection"}
    for name, says in expected.items():
        feed = feeds[addresses[name]]
        if says:
            assert says in said[addresses[name]], (name, said[addresses[name]])
            assert feed["message"] == said[addresses[name]], name
            assert len(feed["message"].split()) >= 3, name
            assert len(feed["message"]) <= 400, name
            assert feed["state"] == "failing" and feed["failures"] == 1, name
        else:
            assert addresses[name] not in said, (name, said.get(addresses[name]))
            assert feed["state"] == "ok" and feed["posts"] >= 1, name
    for number in range(HEALTHY):
        assert feeds[addresses[f"good{number}"]]["posts"] == 20
    posts = Watched("posts", "--json", home=home)
    assert clean(posts.out.decode()) == posts.out.decode()
    assert "root:" not in posts.out.decode()
    for post in posts.json["posts"]:
        assert len(post["title"]) <= 500
        assert post["published"] is None or "1990" <= post["published"][:4] <= "2026"

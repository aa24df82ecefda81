"""A reader, a site with one feed, and what the site was asked: where behaviour is looked at."""

from __future__ import annotations

import socket
import threading
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from engage.domain.posts import FetchState
from engage.domain.records import Feed
from engage.services.follow import add
from engage.services.outcomes import Added, Refreshed
from engage.services.refresh import refresh
from engage.web.politeness import Politeness
from tests.feeds.conftest import Reader
from tests.support.feedserver import FeedServer, Reply, Request, rss

HOST = "127.0.6.1"
ETAG, MODIFIED = 'W/"a1--b"', "Mon, 02 Nov 2026 08:00:00 GMT"
HTML = {"Content-Type": "text/html; charset=utf-8"}
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Scene:
    """A reader, a site with one feed, and what the site was asked."""

    def __init__(self, server: FeedServer, reader: Reader, patch: pytest.MonkeyPatch) -> None:
        self.server, self.reader, self._patch = server, reader, patch
        self._lock, self._now, self._most = threading.Lock(), 0, 0
        self.url = server.url("/feed", HOST)
        self.serve()

    def serve(self, titles: tuple[str, ...] = ("A",), **more: Any) -> None:
        said = {"etag": ETAG, "last_modified": MODIFIED} | more
        self.server.feed("/feed", rss(titles), **said)

    def hourly(self, more: str = "", **said: Any) -> None:
        """Serve a feed that has had a post every hour until now."""
        now = self.reader.clock.now()
        items = "".join(
            f"<item><guid>{at}</guid><pubDate>{format_datetime(now - at * HOUR)}</pubDate></item>"
            for at in range(12)
        )
        body = f'<rss version="2.0"><channel><title>Hours</title>{more}{items}</channel></rss>'
        validators = {"etag": f'"{now}"', "last_modified": MODIFIED}
        self.server.feed("/feed", body.encode(), **(validators | said))

    def page(self, feed: str) -> Reply:
        """A page that names a feed."""
        link = f'<link rel="alternate" type="application/rss+xml" href="{feed}">'
        return Reply(200, f"<!doctype html><head>{link}</head>".encode(), HTML)

    async def many(self, count: int, host_of: Callable[[int], str], slow: float = 0.0) -> None:
        """Follow feeds, which from then on answer slowly."""
        for number in range(count):
            self.server.feed(f"/{number}", rss([str(number)]))
            await self.add(self.server.url(f"/{number}", host_of(number)))
            self.server.serve(f"/{number}", lambda _: self._answered_late(slow))

    def _answered_late(self, slow: float) -> Reply:
        with self._lock:
            self._now += 1
            self._most = max(self._most, self._now)
        self.server.wait(slow)
        with self._lock:
            self._now -= 1
        return Reply(304)

    def most_at_once(self) -> int:
        """The most slow answers that were waited for at one moment."""
        return self._most

    def rest(self, seconds: float) -> None:
        """Let hosts rest between requests, which these tests otherwise do without."""
        polite = Politeness(rest=seconds)
        self._patch.setattr("engage.web.client.shared", lambda: polite)

    def platform(self, prefix: str) -> None:
        """Let all hosts that begin so be one platform's."""
        self._patch.setattr(
            "engage.feeds.fetch.scope_of", lambda url: prefix if f"//{prefix}" in url else url
        )

    def names_lead_to(self, address: str) -> None:
        """Let every name lead to one address."""
        real = socket.getaddrinfo

        def look_up(host: Any, *more: Any) -> Any:
            return real(address if str(host).endswith(".example") else host, *more)

        self._patch.setattr(socket, "getaddrinfo", look_up)

    def no_names(self, *, online: bool) -> None:
        """Let every name be unknown, on a machine that has a way to the internet or none."""

        def look_up(*_: object) -> None:
            raise socket.gaierror(socket.EAI_NONAME, "no")

        self._patch.setattr(socket, "getaddrinfo", look_up)
        self._patch.setattr("engage.web.causes.has_route", lambda: online)

    async def add(self, url: str | None = None, **more: Any) -> Added:
        added = await add(self.reader.desk, [url or self.url], **more)
        assert not added.refused, added.refused
        return added

    async def refused(self, url: str | None = None) -> str:
        added = await add(self.reader.desk, [url or self.url])
        assert not added.added
        return added.refused[0].sentence

    async def refresh(self, after: timedelta = 2 * DAY, **more: Any) -> Refreshed:
        self.reader.clock.advance(seconds=after.total_seconds())
        return await refresh(self.reader.desk, **more)

    async def asked(self, after: timedelta = 2 * DAY, **more: Any) -> list[Request]:
        """The requests of one refresh."""
        self.server.requests.clear()
        await self.refresh(after, **more)
        return list(self.server.requests)

    async def broken(self, reply: Reply) -> timedelta:
        """How much longer the feed is left alone after this answer than before it."""
        await self.add()
        before = self.wait
        self.server.serve("/feed", reply)
        summary = await self.refresh()
        assert (summary.failed, len(summary.errors)) == (1, 1)
        first, self.server.requests[:] = self.wait, []
        await self.refresh(first + timedelta(seconds=1))
        assert len(self.server.requests) == 1, "given up"
        assert self.wait >= first
        return first - before

    @property
    def feed(self) -> Feed:
        (one,) = self.reader.desk.world().feeds.values()
        return one

    @property
    def state(self) -> FetchState:
        (one,) = self.reader.desk.store.fetch_states().values()
        return one

    @property
    def wait(self) -> timedelta:
        assert self.state.next_fetch is not None
        return self.state.next_fetch - self.reader.clock.now()

    @property
    def now(self) -> datetime:
        return self.reader.clock.now()


Check = Callable[[Scene], Awaitable[None]]
CHECKS: dict[str, tuple[str, Check]] = {}


def behaviour(numbers: str, sentence: str) -> Callable[[Check], Check]:
    def keep(check: Check) -> Check:
        assert numbers not in CHECKS
        CHECKS[numbers] = (sentence, check)
        return check

    return keep

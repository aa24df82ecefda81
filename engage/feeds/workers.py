"""The worker processes that parse: started when the first body arrives, killed when one hangs."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from engage.domain.posts import FeedDocument
from engage.domain.records import Role
from engage.feeds import errors
from engage.feeds.worker import LENGTH

if TYPE_CHECKING:
    from engage.feeds.page import Page

#: Seconds that one feed may keep a worker busy.
SECONDS = 20.0

#: Seconds that fetching may take before they are missing for parsing: 30 in all.
ALLOWED = 10.0

#: New feeds that are worth starting a worker for; each costs as much as parsing a dozen.
FEEDS_A_WORKER = 20

#: Bytes of a body that takes turns with others of its kind, in a worker of its own: so that there
#: is never more than one that a large one has made large.
HEAVY = 2 * 1024 * 1024

_BUFFER = 4 * 1024 * 1024
#: An own import path instead of ``-m``: that would look into the current folder first.
_START = "import sys; sys.path[:] = sys.argv[1:]; from engage.feeds.worker import main; main()"


def cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers:
    """Up to two processes. Use as an async context manager: leaving it ends them at once."""

    def __init__(
        self, *, seconds: float = SECONDS, limit: int | None = None, start: Sequence[str] = ()
    ) -> None:
        self._seconds = seconds
        self._limit = limit or min(2, cores())
        self._room = asyncio.Semaphore(self._limit)
        self._turn_of_the_heavy = asyncio.Lock()
        self._idle: list[asyncio.subprocess.Process] = []
        self._all: set[asyncio.subprocess.Process] = set()
        self._command = tuple(start) or (sys.executable, "-c", _START, *sys.path)

    async def __aenter__(self) -> Workers:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._idle.clear()
        for process in list(self._all):
            await self._end(process)

    async def expect(self, feeds: int) -> None:
        """Start what so many new feeds will need, so that it is ready when the first has come."""
        wanted = min(-(-feeds // FEEDS_A_WORKER), self._limit)
        while len(self._all) < wanted:
            self._idle.append(await self._start())

    async def parse(
        self,
        body: bytes,
        content_type: str,
        url: str,
        now: datetime,
        role: Role = "theirs",
        *,
        spent: float = 0.0,
    ) -> FeedDocument:
        """The feed in the bytes. ``spent``: seconds that fetching took, which are no longer there
        for parsing. Raises FeedError, also for what takes too long or too much."""
        seconds = max(self._seconds - max(spent - ALLOWED, 0.0), self._seconds / 4)
        asked = self._ask(url, seconds, "parse", body, content_type, url, now, role)
        return cast(FeedDocument, await asked)

    async def look(
        self, body: bytes, content_type: str, url: str, now: datetime, role: Role = "theirs"
    ) -> FeedDocument | Page:
        """The feed in the bytes, or the page where they are one. Raises FeedError."""
        asked = self._ask(url, self._seconds, "look", body, content_type, url, now, role)
        return cast("FeedDocument | Page", await asked)

    async def _ask(
        self, url: str, seconds: float, what: str, body: bytes, *arguments: object
    ) -> Any:
        host = urlsplit(url).hostname or url
        heavy = len(body) > HEAVY
        async with self._turn_of_the_heavy if heavy else nullcontext(), self._room:
            process = self._idle.pop() if self._idle else await self._start()
            try:
                async with asyncio.timeout(seconds):
                    kind, value = await _exchange(process, pickle.dumps((what, (body, *arguments))))
            except (TimeoutError, EOFError, OSError) as cause:
                await self._end(process)
                raise errors.too_much_work(host) from cause
            except BaseException:
                await self._end(process)
                raise
            if heavy:
                await self._end(process)  # not all that made it large would go back
            else:
                self._idle.append(process)
        if kind == "refused":
            raise errors.FeedError(value)
        return value

    async def _start(self) -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=_BUFFER,
        )
        self._all.add(process)
        return process

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        self._all.discard(process)
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        if process.stdin is not None:
            process.stdin.close()
        await process.wait()


async def _exchange(process: asyncio.subprocess.Process, request: bytes) -> tuple[str, Any]:
    """Send a request and read the answer. Raises EOFError where the process ended instead."""
    if process.stdin is None or process.stdout is None:
        raise EOFError
    process.stdin.writelines((LENGTH.pack(len(request)), request))
    await process.stdin.drain()
    head = await process.stdout.readexactly(LENGTH.size)
    answer = pickle.loads(await process.stdout.readexactly(LENGTH.unpack(head)[0]))
    return cast("tuple[str, Any]", answer)

"""One request at a time to a host, a second of rest in between; few hosts of one machine and eight
in all at once."""

from __future__ import annotations

import asyncio
import time
import weakref
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

#: Hosts asked at the same moment.
HOSTS_AT_ONCE = 8

#: Hosts that lead to one address asked at the same moment: many names, one machine.
HOSTS_OF_AN_ADDRESS = 2

#: Real seconds between the end of one request to a host and the beginning of the next.
REST = 1.0


class Politeness:
    """Gives turns to requests. Hosts are names or numeric addresses without port."""

    def __init__(self, *, rest: float = REST, hosts_at_once: int = HOSTS_AT_ONCE) -> None:
        self._rest = rest
        self._hosts: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._room = asyncio.Semaphore(hosts_at_once)
        self._addresses = defaultdict[str, asyncio.Semaphore](
            lambda: asyncio.Semaphore(HOSTS_OF_AN_ADDRESS)
        )
        self._ended: dict[str, float] = {}

    def share(self, address: str) -> asyncio.Semaphore:
        """What is to be held while a numeric address is asked that a host's name led to."""
        return self._addresses[address]

    async def rested(self, host: str) -> None:
        """Wait until the host's rest is over, without taking a turn."""
        wait = self._ended.get(host, -self._rest) + self._rest - time.monotonic()
        if wait > 0:
            await asyncio.sleep(wait)

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """The right to make one request to a host."""
        async with self._hosts[host]:
            await self.rested(host)
            async with self._room:
                try:
                    yield
                finally:
                    self._ended[host] = time.monotonic()


class Spell:
    """The time that one request may take: waiting for a share of an address does not count."""

    def __init__(self, politeness: Politeness, seconds: float) -> None:
        self._politeness = politeness
        self._limit = asyncio.timeout(max(seconds, 0.01))
        self._held: asyncio.Semaphore | None = None
        self._began = 0.0

    async def __aenter__(self) -> Spell:
        self._began = time.monotonic()
        await self._limit.__aenter__()
        return self

    async def __aexit__(self, *raised: Any) -> None:
        if self._held is not None:
            self._held.release()
        await self._limit.__aexit__(*raised)

    @property
    def taken(self) -> float:
        """Seconds so far."""
        return time.monotonic() - self._began

    async def share(self, address: str) -> None:
        """Wait until few enough hosts of this address are asked, and be one of them."""
        if self._held is not None:
            return
        loop, ends = asyncio.get_running_loop(), self._limit.when()
        before = loop.time()
        self._limit.reschedule(None)
        share = self._politeness.share(address)
        await share.acquire()
        self._held = share
        waited = loop.time() - before
        self._began += waited
        self._limit.reschedule((ends or before) + waited)


_shared: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, Politeness] = (
    weakref.WeakKeyDictionary()
)
_last_ended: dict[str, float] = {}


def shared() -> Politeness:
    """The politeness of this process: locks belong to the running loop, rests to all of them."""
    loop = asyncio.get_running_loop()
    if loop not in _shared:
        _shared[loop] = Politeness()
        _shared[loop]._ended = _last_ended
    return _shared[loop]

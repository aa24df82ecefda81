"""One request at a time to a host, a second of rest in between, eight hosts at once."""

from __future__ import annotations

import asyncio
import time
import weakref
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

#: Hosts asked at the same moment.
HOSTS_AT_ONCE = 8

#: Real seconds between the end of one request to a host and the beginning of the next.
REST = 1.0


class Politeness:
    """Gives turns to requests. Hosts are names or numeric addresses without port."""

    def __init__(self, *, rest: float = REST, hosts_at_once: int = HOSTS_AT_ONCE) -> None:
        self._rest = rest
        self._hosts: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._room = asyncio.Semaphore(hosts_at_once)
        self._ended: dict[str, float] = {}

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

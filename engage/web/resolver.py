"""Looking up names in threads that nobody waits for: a name server that hangs holds no exit."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

#: Names looked up in the same moment before their hosts are asked.
_AT_ONCE = 8


class Resolver(AbstractResolver):
    """The system's resolver. The event loop's own threads would be joined when it closes."""

    def __init__(self) -> None:
        self._ahead: dict[str, list[Any] | OSError] = {}
        self._room = asyncio.Semaphore(_AT_ONCE)

    async def ahead(self, host: str) -> str | None:
        """The first address of a host that is asked soon; None where it has none. What was found
        serves the next request to it."""
        async with self._room:
            try:
                found = await _look_up(host, 0, socket.AF_UNSPEC)
            except OSError as cause:
                self._ahead[host] = cause
                return None
        self._ahead[host] = found
        return str(found[0][4][0]) if found else None

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = self._ahead.pop(host, None) or await _look_up(host, port, family)
        if isinstance(found, OSError):
            raise found
        return [
            ResolveResult(
                hostname=host,
                host=address[0] if len(address) < 4 or not address[3] else _scoped(address),
                port=port,
                family=family,
                proto=protocol,
                flags=socket.AI_NUMERICHOST,
            )
            for family, _, protocol, _, address in found
        ]

    async def close(self) -> None:
        pass


async def _look_up(host: str, port: int, family: socket.AddressFamily) -> list[Any]:
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[Any]] = loop.create_future()

    def settle(found: list[Any] | None, error: OSError | None) -> None:
        if answer.done():
            return
        if error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(found or [])

    def look_up() -> None:
        found, error = None, None
        try:
            found = socket.getaddrinfo(host, port, family, socket.SOCK_STREAM)
        except (OSError, UnicodeError) as cause:
            error = (
                cause
                if isinstance(cause, OSError)
                else socket.gaierror(socket.EAI_NONAME, str(cause))
            )
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(settle, found, error)

    threading.Thread(target=look_up, name=f"resolve {host}", daemon=True).start()
    return await answer


def _scoped(address: Any) -> str:
    """A link-local address with the name of its interface."""
    return socket.getnameinfo(address, socket.NI_NUMERICHOST | socket.NI_NUMERICSERV)[0]

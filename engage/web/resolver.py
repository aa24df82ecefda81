"""Looking up names in threads that nobody waits for: a name server that hangs holds no exit."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult


class Resolver(AbstractResolver):
    """The system's resolver. The event loop's own threads would be joined when it closes.

    ``resolved`` is waited for with the first address that a name leads to.
    """

    def __init__(self, resolved: Callable[[str], Awaitable[None]]) -> None:
        self._resolved = resolved

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
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
        found = await answer
        if found:
            await self._resolved(found[0][4][0])
        return [
            ResolveResult(
                hostname=host,
                host=address[0] if len(address) < 4 or not address[3] else _scoped(address),
                port=address[1],
                family=family,
                proto=protocol,
                flags=socket.AI_NUMERICHOST,
            )
            for family, _, protocol, _, address in found
        ]

    async def close(self) -> None:
        pass


def _scoped(address: Any) -> str:
    """A link-local address with the name of its interface."""
    return socket.getnameinfo(address, socket.NI_NUMERICHOST | socket.NI_NUMERICSERV)[0]

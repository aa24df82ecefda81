"""One thread for all services: the event loop never waits for the disk.

Calls run one after another in the order in which they were made, so that an undo comes after the
decision it takes back. The thread is a daemon: a call that hangs cannot keep the app from ending.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from typing import Any, Concatenate, ParamSpec, TypeVar

from engage.clock import Clock
from engage.services.desk import Desk
from engage.settings import Settings

P = ParamSpec("P")
Value = TypeVar("Value")

#: Seconds that `DeskThread.stop` waits for the call that is under way.
PATIENCE = 1.5


class DeskThread:
    """``await desk(service, *args)`` runs ``service(desk, *args)`` on the thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._calls: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name="desk", daemon=True)
        self._thread.start()

    @property
    def clock(self) -> Clock:
        """The desk's clock, which may be asked from any thread."""
        return self._desk.clock

    @property
    def settings(self) -> Settings:
        return self._desk.settings

    async def __call__(
        self,
        service: Callable[Concatenate[Desk, P], Value],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Value:
        """The service's answer; what it raises is raised here."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Value] = loop.create_future()

        def call() -> None:
            try:
                value = service(self._desk, *args, **kwargs)
            except BaseException as error:  # noqa: BLE001  raised again where the call was made
                answer: Callable[[], None] = _unless_done(future, future.set_exception, error)
            else:
                answer = _unless_done(future, future.set_result, value)
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits
                loop.call_soon_threadsafe(answer)

        self._calls.put(call)
        return await future

    def stop(self) -> bool:
        """Let the calls made so far end; whether they did within `PATIENCE`."""
        self._calls.put(None)
        self._thread.join(PATIENCE)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while (call := self._calls.get()) is not None:
            call()


def _unless_done(
    future: asyncio.Future[Any], setter: Callable[[Any], None], value: object
) -> Callable[[], None]:
    def answer() -> None:
        if not future.done():
            setter(value)

    return answer

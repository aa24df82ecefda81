"""What commands share: the desk for as long as a command runs, and saying what was refused."""

from __future__ import annotations

import gc
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from engage.cli import output
from engage.cli.findings import findings
from engage.services.desk import Desk, open_desk

if TYPE_CHECKING:
    from engage.services.outcomes import Refusal

Value = TypeVar("Value")


@contextmanager
def at_desk(opened: Callable[[], Desk] = open_desk, *, united: bool = True) -> Iterator[Desk]:
    """The writer's desk. What is wrong with the settings or was mended in the data is said once.

    ``united``: with what other machines wrote since.
    """
    gc.disable()  # what is read stays: looking through it for garbage is a seventh of a command
    desk = opened()
    try:
        if united:
            desk.store.unite_neighbours()
        for finding in findings(desk.settings, desk.paths):
            output.say(finding)
        yield desk
    finally:
        gc.enable()
        try:
            desk.close()
        finally:
            for notice in desk.store.notices:
                output.say(notice)


def say_refusals(refusals: Iterable[Refusal]) -> int:
    """Say what could not be done; the exit status that follows from it."""
    status = 0
    for refusal in refusals:
        output.say_refused(refusal.sentence, refusal.candidates)
        status = 1
    return status


def run_async(work: Coroutine[Any, Any, Value]) -> Value:
    """Run what asks servers. Ctrl+C and SIGTERM cancel it; what has arrived is kept.

    Raises KeyboardInterrupt after either.
    """
    import asyncio
    import logging
    import signal

    gc.freeze()
    gc.enable()  # this may take minutes
    # What asyncio and the HTTP client have to say in passing is no talk for a writer.
    logging.getLogger().addHandler(logging.NullHandler())

    async def until_terminated() -> Value:
        task = asyncio.current_task()
        assert task is not None
        # Not by way of SIGINT: a shell that puts a command behind has it ignore that.
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        return await work

    try:
        with asyncio.Runner() as runner:
            return runner.run(until_terminated())
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None

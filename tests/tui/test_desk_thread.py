"""Services run one after another on their own thread, and never keep the app from ending."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

from engage.errors import EngageError
from engage.tui import desk_thread
from engage.tui.desk_thread import DeskThread


@pytest.fixture
def thread() -> Any:
    made = DeskThread("the desk")  # type: ignore[arg-type]
    yield made
    made.stop()


async def test_a_service_gets_the_desk_and_what_it_was_given(thread: DeskThread) -> None:
    def service(desk: Any, one: int, *, two: int) -> tuple[Any, int, int, str]:
        return desk, one, two, threading.current_thread().name

    assert await thread(service, 1, two=2) == ("the desk", 1, 2, "desk")


async def test_what_it_refuses_is_raised_where_it_was_called(thread: DeskThread) -> None:
    def refuse(_desk: Any) -> None:
        raise EngageError("No.")

    with pytest.raises(EngageError, match=r"No\."):
        await thread(refuse)


async def test_calls_keep_their_order(thread: DeskThread) -> None:
    done: list[int] = []

    def note(_desk: Any, number: int) -> None:
        done.append(number)

    await asyncio.gather(*(thread(note, number) for number in range(50)))
    assert done == list(range(50))


async def test_a_call_given_up_is_made_all_the_same(thread: DeskThread) -> None:
    gate, made = threading.Event(), threading.Event()

    def slow(_desk: Any) -> None:
        gate.wait(5)
        made.set()

    task = asyncio.ensure_future(thread(slow))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    gate.set()
    assert await thread(lambda _desk: made.is_set())


async def test_stopping_lets_the_calls_made_end(thread: DeskThread) -> None:
    done: list[int] = []
    waiting = asyncio.ensure_future(thread(lambda _desk: done.append(1)))
    await asyncio.sleep(0)
    assert thread.stop()
    assert done == [1]
    await waiting


async def test_a_call_that_hangs_does_not(
    thread: DeskThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_thread, "PATIENCE", 0.05)
    gate = threading.Event()
    waiting = asyncio.ensure_future(thread(lambda _desk: gate.wait(5)))
    await asyncio.sleep(0)
    assert not thread.stop()
    gate.set()
    await waiting

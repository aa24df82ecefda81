from __future__ import annotations

import asyncio
import os
import signal
import sys

import pytest

from engage.feeds.errors import FeedError
from engage.feeds.workers import HEAVY, Workers
from tests.feeds.conftest import NOW
from tests.support.feedserver import rss

URL = "https://mara.example/feed"

#: A worker that sleeps over, eats memory for, or dies of what it is told to, and else parses.
STAND_IN = """
import os, sys, time
sys.path[:] = sys.argv[1:]
from engage.feeds import worker, parse
real = parse.parse
def parse_feed(body, *more):
    if body.startswith(b"sleep"):
        time.sleep(60)
    if body == b"eat":
        return b"x" * (2 * worker.DATA)
    if body == b"die":
        os._exit(1)
    if body == b"print":
        print("noise")
        os.write(1, b"noise")
        body = b""
    return real(body, *more)
parse.parse = parse_feed
worker.main()
"""


def stand_in(seconds: float = 20, limit: int = 1) -> Workers:
    start = (sys.executable, "-c", STAND_IN, *sys.path)
    return Workers(seconds=seconds, limit=limit, start=start)


async def titles(workers: Workers, body: bytes = rss(["A", "B"])) -> list[str]:
    document = await workers.parse(body, "", URL, NOW)
    return [entry.title for entry in document.entries]


async def test_a_worker_parses_and_refuses() -> None:
    async with Workers() as workers:
        assert await titles(workers) == ["A", "B"]
        with pytest.raises(FeedError, match=r"mara\.example sent something that is no feed"):
            await titles(workers, b"nothing")
        assert await titles(workers) == ["A", "B"]


async def test_no_worker_is_started_before_there_is_something_to_parse() -> None:
    async with Workers() as workers:
        assert workers._all == set()


@pytest.mark.parametrize("body", [b"eat", b"die"])
async def test_only_the_feed_that_breaks_a_worker_fails(body: bytes) -> None:
    async with stand_in() as workers:
        with pytest.raises(FeedError, match="too much time or memory"):
            await titles(workers, body)
        assert await titles(workers) == ["A", "B"]


async def test_a_feed_that_takes_too_long_is_given_up() -> None:
    async with stand_in(seconds=1.5, limit=2) as workers:
        await titles(workers)
        slow = asyncio.create_task(titles(workers, b"sleep"))
        assert await titles(workers) == ["A", "B"]
        with pytest.raises(FeedError, match="too much time or memory"):
            await slow
        assert await titles(workers) == ["A", "B"]


async def test_heavy_bodies_take_turns_and_hold_up_no_other() -> None:
    async with stand_in(limit=2) as workers:
        hanging = asyncio.create_task(titles(workers, b"sleep" + bytes(HEAVY)))
        waiting = asyncio.create_task(titles(workers, rss(["A"]) + b" " * HEAVY))
        assert await titles(workers) == ["A", "B"]
        assert await titles(workers) == ["A", "B"]
        assert not waiting.done()
        hanging.cancel()
        assert await waiting == ["A"]


async def test_a_worker_that_a_heavy_body_made_large_ends() -> None:
    async with stand_in() as workers:
        await titles(workers)
        (small,) = workers._all
        assert await titles(workers, rss(["A"]) + b" " * HEAVY) == ["A"]
        assert small.returncode is not None
        assert await titles(workers) == ["A", "B"]


async def test_what_is_printed_harms_no_answer() -> None:
    async with stand_in() as workers:
        with pytest.raises(FeedError, match="empty page"):
            await titles(workers, b"print")
        assert await titles(workers) == ["A", "B"]


async def test_leaving_ends_the_workers_at_once() -> None:
    async with stand_in() as workers:
        await titles(workers)
        (process,) = workers._all
        task = asyncio.create_task(titles(workers, b"sleep"))
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert process.returncode is not None
        assert await titles(workers) == ["A", "B"]
        (process,) = workers._all
    assert process.returncode is not None


async def test_a_worker_leaves_ctrl_c_to_its_parent() -> None:
    async with stand_in() as workers:
        await titles(workers)
        (process,) = workers._all
        os.kill(process.pid, signal.SIGINT)
        assert await titles(workers) == ["A", "B"]
        assert workers._all == {process}


@pytest.mark.parametrize(("feeds", "started"), [(0, 0), (1, 1), (20, 1), (21, 2), (500, 2)])
async def test_workers_are_started_for_the_feeds_that_are_expected(
    feeds: int, started: int
) -> None:
    async with stand_in(limit=2) as workers:
        await workers.expect(feeds)
        await workers.expect(feeds)
        assert len(workers._all) == started
        assert await titles(workers) == ["A", "B"]
        assert len(workers._all) == max(started, 1)

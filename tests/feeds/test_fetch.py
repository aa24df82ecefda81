from __future__ import annotations

import asyncio
import gzip
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from engage.clock import FixedClock
from engage.domain.posts import FetchState
from engage.domain.records import Role
from engage.errors import StoreBusy
from engage.feeds.fetch import Fetched, Job, fetch_feeds
from engage.feeds.workers import Workers
from engage.web.client import Client, Limits
from engage.web.politeness import Politeness
from tests.feeds.conftest import NOW
from tests.support.feedserver import FeedServer, Reply, Request, rss

HOST = "127.0.0.1"


class Pull:
    """Asks feeds of a test server and remembers what came."""

    def __init__(self, server: FeedServer, client: Client, workers: Workers) -> None:
        self.server = server
        self.clock = FixedClock(NOW)
        self.client = client
        self.workers = workers
        self.states: dict[str, FetchState] = {}
        self.got: list[Fetched] = []
        self.arrived = asyncio.Event()
        self.expected = 0

    def take(self, fetched: Fetched) -> None:
        self.got.append(fetched)
        if len(self.got) == self.expected:
            self.arrived.set()

    async def until(self, count: int, *jobs: Job, **more: Any) -> asyncio.Task[Any]:
        """Begin, and wait until so many feeds have arrived."""
        self.expected = count
        task = asyncio.create_task(self(*jobs, **more))
        async with asyncio.timeout(10):
            await self.arrived.wait()
        return task

    def job(self, path: str, host: str = HOST, role: Role = "theirs") -> Job:
        id = f"{host}{path}"
        return Job(id, self.server.url(path, host), role, self.states.get(id), host)

    async def __call__(self, *jobs: Job, **more: Any) -> dict[str, Fetched]:
        self.got = []
        parts: dict[str, Any] = {"client": self.client, "workers": self.workers}
        await fetch_feeds(jobs, self.clock, self.take, **(parts | more))
        found = {fetched.feed: fetched for fetched in self.got}
        assert len(found) == len(self.got)
        self.states |= {id: fetched.state for id, fetched in found.items()}
        return found

    async def one(self, path: str = "/feed", host: str = HOST) -> Fetched:
        return (await self(self.job(path, host)))[f"{host}{path}"]


@pytest.fixture
async def pull(server: FeedServer, client: Client) -> Any:
    async with Workers(limit=1) as workers:
        yield Pull(server, client, workers)


def titles(fetched: Fetched) -> list[str]:
    assert fetched.document is not None
    return [entry.title for entry in fetched.document.entries]


# -- conditional requests


async def test_a_new_feed_an_unchanged_one_and_a_changed_one(pull: Pull) -> None:
    pull.server.feed("/feed", rss(["A"]), etag='W/"1"', last_modified="Mon, 2 Nov 2026 8:00 GMT")
    first = await pull.one()
    assert (first.outcome, titles(first)) == ("new", ["A"])
    second = await pull.one()
    assert (second.outcome, second.document) == ("same", None)
    asked = pull.server.requests[1].headers
    assert asked["if-none-match"] == 'W/"1"'
    assert asked["if-modified-since"] == "Mon, 2 Nov 2026 8:00 GMT"
    pull.server.feed("/feed", rss(["B", "A"]), etag='W/"2"')
    third = await pull.one()
    assert (third.outcome, titles(third)) == ("new", ["B", "A"])
    assert (third.state.etag, third.state.last_modified) == ('W/"2"', None)
    assert "if-none-match" not in pull.server.requests[0].headers


async def test_an_unchanged_body_is_not_parsed_but_its_validators_are_kept(pull: Pull) -> None:
    pull.server.feed("/feed", rss(["A"]), etag='"1"', last_modified="long ago")
    await pull.one()
    pull.server.feed("/feed", rss(["A"]), etag='"2"')
    again = await pull.one()
    assert (again.outcome, again.document) == ("same", None)
    assert (again.state.etag, again.state.last_modified) == ('"2"', None)


async def test_a_304_may_bring_new_validators(pull: Pull) -> None:
    pull.server.feed("/feed", rss(["A"]), etag='"1"', last_modified="long ago")
    await pull.one()
    pull.server.serve("/feed", Reply(304, headers={"ETag": '"2"'}))
    state = (await pull.one()).state
    assert (state.etag, state.last_modified) == ('"2"', "long ago")


async def test_validators_are_not_sent_to_a_new_address(pull: Pull) -> None:
    pull.server.feed("/feed", rss(["A"]), etag='"1"')
    state = (await pull.one()).state
    pull.server.feed("/moved", rss(["A"]), etag='"1"')
    (fetched,) = (await pull(replace(pull.job("/moved"), state=state))).values()
    assert fetched.outcome == "new"
    assert "if-none-match" not in pull.server.requests[-1].headers
    assert fetched.state.url == pull.server.url("/moved")


async def test_validators_reach_the_feed_behind_a_redirect(pull: Pull) -> None:
    pull.server.redirect("/feed", "/real", 302)
    pull.server.feed("/real", rss(["A"]))
    await pull.one()
    assert (await pull.one()).outcome == "same"
    assert pull.server.requests[-1].headers["if-none-match"]
    assert "if-none-match" not in pull.server.requests[-2].headers


def test_when_nothing_is_new_no_worker_is_started_and_no_parser_imported() -> None:
    script = """
import asyncio, sys
from engage.clock import SystemClock
from engage.domain.posts import FetchState
from engage.feeds.fetch import Job, fetch_feeds
from engage.feeds.workers import Workers
from tests.support.feedserver import FeedServer, Reply
with FeedServer() as server:
    server.serve("/feed", Reply(304))
    url = server.url("/feed")
    state = FetchState("f", url, etag='"1"')
    got = []
    workers = Workers()
    workers._start = None
    asyncio.run(fetch_feeds([Job("f", url, "theirs", state, "127.0.0.1")], SystemClock(),
                            got.append, workers=workers))
    assert got[0].outcome == "same", got
heavy = {"feedparser", "selectolax", "textual", "tinydb"} & set(sys.modules)
assert not heavy, heavy
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


# -- failures


@pytest.mark.parametrize(
    ("reply", "outcome", "says"),
    [
        (Reply(404), "failed", "nothing at this address"),
        (Reply(410), "gone", "gone for good"),
        (Reply(500), "failed", "trouble of its own"),
        (Reply(200, b"<!doctype html><p>Hi"), "failed", "web page"),
        (Reply(200, b""), "failed", "empty"),
        (Reply(200, b"x" * 3_000_000), "failed", "MiB"),
        (
            Reply(200, gzip.compress(b"\0" * 9_000_000), {"Content-Encoding": "gzip"}),
            "failed",
            "MiB",
        ),
        (
            Reply(200, gzip.compress(rss())[:-9], {"Content-Encoding": "gzip"}),
            "failed",
            "broke off",
        ),
        (Reply(200, pieces=[b"<"] * 500, pause=0.05), "failed", "took longer"),
        (Reply(200, pieces=[b"<rss>"] * 500, pause=0.05), "failed", "took longer"),
        (Reply(302, headers={"Location": "/feed"}), "failed", "redirected more than"),
        (Reply(302, headers={"Location": "http://127.0.0.77/"}), "failed", "private address"),
        (Reply(hang_up=True), "failed", "broke off"),
    ],
    ids=[
        "404", "410", "500", "web page", "empty", "huge", "bomb", "cut gzip", "slow", "endless",
        "circle", "private", "hung up",
    ],
)  # fmt: skip
async def test_a_bad_feed_fails_alone(pull: Pull, reply: Reply, outcome: str, says: str) -> None:
    pull.server.feed("/feed", rss(["A"]), etag='"1"')
    await pull.one()
    pull.server.serve("/feed", reply)
    pull.server.feed("/good", rss(["B"]))
    pull.client = Client(Limits(seconds=0.5, body=2_000_000), Politeness(rest=0))
    found = await pull(pull.job("/feed"), pull.job("/good"), pull.job("/good", "127.0.0.2"))
    bad = found[f"{HOST}/feed"]
    assert (bad.outcome, bad.document) == (outcome, None)
    assert says in bad.state.message
    assert len(bad.state.message.split()) >= 3
    assert len(bad.state.message) <= 400
    assert "\n" not in bad.state.message
    assert bad.state.failures == 1
    assert bad.state.etag == '"1"'
    assert titles(found[f"{HOST}/good"]) == ["B"]
    assert titles(found["127.0.0.2/good"]) == ["B"]
    pull.server.feed("/feed", rss(["A", "C"]))
    pull.clock.advance(days=2)
    if outcome == "failed":
        well = await pull.one()
        assert (well.outcome, well.state.failures, well.state.message) == ("new", 0, "")


async def test_a_worker_that_hangs_delays_no_other_feed(
    pull: Pull, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 7):
        pull.server.feed(f"/{number}", rss([f"T{number}"]))
    real = pull.workers.parse

    async def parse(
        body: bytes, kind: str, url: str, now: datetime, *role: Any, spent: float = 0
    ) -> Any:
        if b"T1" in body:
            await asyncio.sleep(60)
        return await real(body, kind, url, now, *role, spent=spent)

    monkeypatch.setattr(pull.workers, "parse", parse)
    jobs = [pull.job(f"/{number}") for number in range(1, 7)]
    task = await pull.until(5, *jobs)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_an_unexpected_error_is_one_feeds_failure(
    pull: Pull, monkeypatch: pytest.MonkeyPatch
) -> None:
    pull.server.feed("/good", rss(["B"]))
    real = pull.client.get

    async def get(url: str, **more: Any) -> Any:
        if url.endswith("/bad"):
            raise RuntimeError("never thought of")
        return await real(url, **more)

    monkeypatch.setattr(pull.client, "get", get)
    found = await pull(pull.job("/bad"), pull.job("/good"))
    assert found[f"{HOST}/bad"].outcome == "failed"
    assert "RuntimeError" not in found[f"{HOST}/bad"].state.message
    assert found[f"{HOST}/good"].outcome == "new"


# -- hosts that want to be left alone


async def test_a_host_that_says_429_is_left_alone(pull: Pull) -> None:
    pull.server.serve("/a", Reply(429, headers={"Retry-After": "7200"}))
    pull.server.feed("/b", rss())
    pull.server.feed("/c", rss())
    found = await pull(pull.job("/a"), pull.job("/b"), pull.job("/c", "127.0.0.2"))
    assert pull.server.paths().count("/b") == 0
    assert found["127.0.0.2/c"].outcome == "new"
    waiting = found[f"{HOST}/b"]
    assert waiting.outcome == "failed"
    assert waiting.state.failures == 0
    assert waiting.state.next_fetch == NOW + timedelta(hours=2)
    assert "asked to be left alone until" in waiting.state.message
    assert found[f"{HOST}/a"].state.wait_until == NOW + timedelta(hours=2)


async def test_a_host_that_said_so_before_is_not_asked(pull: Pull) -> None:
    pull.server.feed("/b", rss())
    until = NOW + timedelta(hours=3)
    await pull(pull.job("/b"), left_alone={HOST: until})
    assert pull.server.requests == []
    pull.clock.advance(hours=3)
    await pull(pull.job("/b"), left_alone={HOST: until})
    assert pull.server.paths() == ["/b"]


async def test_a_host_behind_redirects_is_left_alone_as_well(pull: Pull) -> None:
    pull.server.feed("/b", rss())
    state = FetchState(f"{HOST}/b", "https://behind.medium.com/feed", etag='"1"')
    job = replace(pull.job("/b"), state=state)
    (waiting,) = (await pull(job, left_alone={"medium.com": NOW + timedelta(hours=3)})).values()
    assert pull.server.requests == []
    assert "medium.com asked to be left alone" in waiting.state.message


# -- moving


async def test_a_feed_moves_after_three_permanent_redirects_in_seven_days(pull: Pull) -> None:
    pull.server.redirect("/feed", "/new", 308)
    pull.server.feed("/new", rss())
    moved = []
    for _ in range(4):
        moved.append((await pull.one()).moved_to)
        pull.clock.advance(days=3)
    assert moved == [None, None, None, pull.server.url("/new")]


async def test_a_redirect_to_no_feed_moves_nothing(pull: Pull) -> None:
    pull.server.redirect("/feed", "/portal")
    pull.server.serve("/portal", Reply(200, b"<!doctype html><p>Please pay"))
    for _ in range(4):
        assert (await pull.one()).moved_to is None
        pull.clock.advance(days=3)


# -- the network


@pytest.fixture
def dead_names(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Names that resolve to nothing, as on a machine without network."""

    def look_up(*_: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "no")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return lambda private: monkeypatch.setattr(
        "engage.feeds.fetch.is_private_host", lambda _: private
    )


@pytest.mark.parametrize(("others_reached", "failures"), [(False, 0), (True, 1)])
async def test_being_offline_counts_only_where_others_were_reached(
    pull: Pull, dead_names: Callable[[bool], None], others_reached: bool, failures: int
) -> None:
    dead_names(not others_reached)  # whether the loopback server passes for a host out there
    pull.server.feed("/feed", rss())
    far = Job("far", "https://nowhere.example/feed", "theirs", None, None)
    found = await pull(far, pull.job("/feed"))
    assert found["far"].outcome == "failed"
    assert found["far"].state.failures == failures
    assert "nowhere.example" in found["far"].state.message
    assert found[f"{HOST}/feed"].outcome == "new"


# -- politeness and speed


async def test_feeds_of_one_host_one_by_one_of_many_hosts_together(pull: Pull) -> None:
    def late(_: Request) -> Reply:
        pull.server.wait(0.1)
        return Reply(304)

    for number in range(3):
        pull.server.serve(f"/{number}", late)
    pull.client = Client(Limits(), Politeness(rest=0.2))
    jobs = [pull.job(f"/{n}", f"127.0.2.{host}") for n in range(3) for host in range(1, 9)]
    began = time.monotonic()
    await pull(*jobs)
    assert time.monotonic() - began < 3
    for host in range(1, 9):
        assert pull.server.most_in_flight[f"127.0.2.{host}"] == 1
        times = [r.at for r in pull.server.requests if r.host == f"127.0.2.{host}"]
        assert len(times) == 3
        assert min(later - earlier for earlier, later in pairwise(times)) >= 0.2


async def test_many_names_of_one_slow_machine_delay_no_other(
    pull: Pull, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, looked_up = socket.getaddrinfo, []

    def look_up(host: Any, *more: Any) -> Any:
        looked_up.append(host)
        return real("127.0.1.1" if str(host).endswith(".example") else host, *more)

    def late(_: Request) -> Reply:
        pull.server.wait(0.1)
        return Reply(304)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    pull.server.serve("/slow", late)
    pull.server.serve("/quick", Reply(304))
    slow = [pull.job("/slow", f"site{number}.example") for number in range(14)]
    await pull(*slow, pull.job("/quick", "127.0.0.2"), pull.job("/quick", "localhost"))
    places = [fetched.feed for fetched in pull.got]
    assert places.index("127.0.0.2/quick") < 3 and places.index("localhost/quick") < 3
    assert len(places) == 16
    starts = sorted(r.at for r in pull.server.requests if r.path == "/slow")
    assert all(starts[at + 2] - starts[at] >= 0.09 for at in range(12)), "two at a time"
    assert sorted(looked_up) == sorted([*(f"site{n}.example" for n in range(14)), "localhost"])


async def test_cancelling_keeps_what_has_arrived_and_ends_soon(pull: Pull) -> None:
    pull.server.feed("/good", rss(["A"]))
    pull.server.serve("/slow", Reply(200, pieces=[b"<"] * 1000, pause=0.1))
    task = await pull.until(1, pull.job("/good"), pull.job("/slow", "127.0.0.2"), workers=None)
    began = time.monotonic()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert time.monotonic() - began < 1
    assert [fetched.outcome for fetched in pull.got] == ["new"]


async def test_what_the_caller_raises_reaches_the_caller(pull: Pull) -> None:
    pull.server.feed("/feed", rss(["A"]))

    def full(_: Fetched) -> None:
        raise StoreBusy("another engage is writing")

    with pytest.raises(StoreBusy):
        await fetch_feeds(
            [pull.job("/feed")], pull.clock, full, client=pull.client, workers=pull.workers
        )


async def test_no_jobs_no_work(pull: Pull) -> None:
    assert await pull() == {}

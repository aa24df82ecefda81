from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from engage.clock import FixedClock
from engage.feeds.worker import job
from engage.feeds.workers import Workers
from engage.paths import paths_under
from engage.services.desk import Desk, desk_at
from engage.services.follow import add, feeds
from engage.web.client import Client, Limits
from engage.web.politeness import Politeness
from tests.support.feedserver import FeedServer

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


class Reader:
    """A writer's desk and the days that pass at it."""

    def __init__(self, folder: Path) -> None:
        self.clock = FixedClock(NOW)
        self.desk: Desk = desk_at(paths_under(folder), self.clock)

    def restart(self) -> None:
        """End engage and start it again."""
        self.desk.close()
        self.desk = desk_at(self.desk.paths, self.clock)

    def states_of_another_version(self) -> None:
        """Let what is remembered of feeds be as a version left it that knew less and more."""
        (path,) = self.desk.paths.cache.rglob("fetch*.json")
        self.desk.close()
        tables = json.loads(path.read_text())
        for states in tables.values():
            for state in states.values():
                for name in ("failing_since", "moved_from", "count", "skip_days"):
                    state.pop(name, None)
                state["of_tomorrow"] = {"a": [1]}
        path.write_text(json.dumps(tables, separators=(",", ":")))
        self.desk = desk_at(self.desk.paths, self.clock)

    async def follows(self, url: str, person: str | None = None, **more: bool) -> None:
        assert not (await add(self.desk, [url], person=person, **more)).refused

    def urls(self) -> list[str]:
        return sorted(feed.url for feed in self.desk.world().feeds.values())

    def health(self, url: str) -> tuple[str, str]:
        (one,) = [one for one in feeds(self.desk) if one.feed.url == url]
        return one.health.state, one.health.sentence


async def _parsed_here(_workers: Workers, _url: str, _seconds: float, what: str, *said: Any) -> Any:
    """What a worker does, without the half second that starting one takes."""
    return job(what)(*said)


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    hurried = Politeness(rest=0)
    monkeypatch.setattr("engage.web.client.shared", lambda: hurried)
    monkeypatch.setattr(Workers, "_ask", _parsed_here)
    made = Reader(tmp_path)
    yield made
    made.desk.close()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FeedServer]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with FeedServer() as running:
        yield running


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest_asyncio.fixture
async def client() -> Client:
    return Client(Limits(seconds=5), Politeness(rest=0))


@pytest_asyncio.fixture
async def workers() -> AsyncIterator[Workers]:
    async with Workers(limit=1) as running:
        yield running


@pytest.fixture(scope="session")
def captured() -> Path:
    folder = Path(__file__).parents[2] / ".." / "shared" / "feeds"
    if not folder.is_dir():
        pytest.skip("the captured feeds are not here")
    return folder.resolve()

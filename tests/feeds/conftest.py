from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from engage.clock import FixedClock
from engage.feeds.workers import Workers
from engage.web.client import Client, Limits
from engage.web.politeness import Politeness
from tests.support.feedserver import FeedServer

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


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

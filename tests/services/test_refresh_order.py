"""What a refresh brings is in the ledger before the cache: what fails in between comes again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from engage.clock import FixedClock
from engage.domain.changes import Change, put
from engage.domain.identity import feed_id
from engage.domain.records import Feed
from engage.errors import EngageError
from engage.paths import paths_under
from engage.services.desk import Desk, desk_at
from engage.services.refresh import refresh
from tests.support.demo import NOW
from tests.support.feedserver import FeedServer, rss


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FeedServer]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with FeedServer() as running:
        yield running


def opened(folder: Path, days: int = 0) -> Desk:
    return desk_at(paths_under(folder), FixedClock(NOW + timedelta(days=days)))


async def test_a_comment_that_the_full_disk_refused_is_there_next_time(
    tmp_path: Path, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.url("/comments")
    server.feed("/comments", rss(["Comment on Ink"], more="<description>Comments</description>"))
    desk = opened(tmp_path)
    desk.commit("follow", [put(Feed(feed_id(url), url, url, "responses", NOW))])

    def refused(_: Change) -> None:
        raise EngageError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(desk.store, "commit", refused)
        with pytest.raises(EngageError, match="disk is full"):
            await refresh(desk)
    assert desk.world().touches == ()
    desk.close()
    desk = opened(tmp_path, days=2)
    await refresh(desk)
    assert [touch.kind for touch in desk.world().touches] == ["comment"]
    assert len(desk.store.posts(feed_id(url))) == 1
    desk.close()

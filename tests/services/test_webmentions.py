"""A webmention whose addresses came from a feed: only typed hosts may be private."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engage.domain.changes import put
from engage.domain.records import Feed
from engage.errors import EngageError
from engage.services.desk import Desk
from engage.services.webmentions import webmention
from tests.support.feedserver import FeedServer, Reply

HTML = {"Content-Type": "text/html"}


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        yield running


async def test_what_came_from_a_feed_leads_to_no_private_host_that_was_not_typed(
    desk: Desk, server: FeedServer
) -> None:
    source, target = server.url("/mine", "127.0.0.2"), server.url("/theirs", "127.0.0.3")
    server.serve("/mine", Reply(body=f'<a href="{target}">x</a>'.encode(), headers=HTML))
    server.serve("/theirs", Reply(headers=HTML | {"Link": "</wm>; rel=webmention"}))
    own = Feed("own", server.url("/feed", "127.0.0.2"), server.url("/feed", "127.0.0.2"), "own",
               desk.now())  # fmt: skip
    desk.commit("own", [put(own)], by="refresh")
    with pytest.raises(EngageError, match="private address"):
        await webmention(desk, source, target, typed=False)
    assert server.paths() == ["/mine"], "the writer typed that host, with their feed"
    shown = await webmention(desk, source, target)
    assert (shown.sent, shown.endpoint) == (False, server.url("/wm", "127.0.0.3"))

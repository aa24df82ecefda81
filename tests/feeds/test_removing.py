"""A feed that is followed no longer, and again."""

from __future__ import annotations

from engage.services.follow import add, remove
from engage.services.reading import posts
from engage.services.refresh import refresh
from engage.services.remember import undo
from tests.feeds.conftest import Reader
from tests.support.feedserver import FeedServer, Reply, rss


async def test_undone_at_once_it_is_as_it_was_without_a_request(
    server: FeedServer, reader: Reader
) -> None:
    server.feed("/feed", rss(["A", "B"]))
    await reader.follows(server.url("/feed"), "Mara")
    before = reader.health(server.url("/feed"))
    remove(reader.desk, "A feed")
    assert (reader.urls(), posts(reader.desk)[0]) == ([], ())
    undo(reader.desk)
    assert reader.health(server.url("/feed")) == before
    assert len(posts(reader.desk)[0]) == 2
    assert len(server.requests) == 1
    reader.clock.advance(days=2)
    assert (await refresh(reader.desk)).not_modified == 1
    remove(reader.desk, "A feed")
    assert list(reader.desk.store.fetch_states())


async def test_the_next_refresh_forgets_it(server: FeedServer, reader: Reader) -> None:
    server.feed("/feed", rss(["A", "B"]))
    await reader.follows(server.url("/feed"), "Mara")
    remove(reader.desk, "A feed")
    await refresh(reader.desk)
    assert list(reader.desk.store.fetch_states()) == []
    assert not [path for path in reader.desk.paths.cache.rglob("*.json") if path.stem != "fetch"]
    undo(reader.desk)
    assert (await refresh(reader.desk)).fetched == 1
    assert len(posts(reader.desk)[0]) == 2


async def test_its_host_is_left_alone_all_the_same(server: FeedServer, reader: Reader) -> None:
    server.feed("/feed", rss(["A"]))
    server.feed("/other", rss(["B"], title="Other"))
    await reader.follows(server.url("/feed"), "Mara")
    server.serve("/feed", Reply(429, headers={"Retry-After": "259200"}))
    reader.clock.advance(days=2)
    await refresh(reader.desk)
    remove(reader.desk, "A feed")
    await refresh(reader.desk)
    await reader.follows(server.url("/other", "127.0.0.7"), "Tomasz")
    server.requests.clear()
    refused = (await add(reader.desk, [server.url("/other")])).refused
    assert "asked to be left alone" in refused[0].sentence
    assert server.requests == []

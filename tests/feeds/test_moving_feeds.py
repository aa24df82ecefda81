"""Feeds that go elsewhere, meet, or are gone, through the services and a server on loopback."""

from __future__ import annotations

import pytest

from engage.errors import EngageError
from engage.services.follow import feeds
from engage.services.move_feed import move
from engage.services.refresh import refresh
from engage.services.remember import undo
from tests.feeds.conftest import Reader
from tests.support.feedserver import FeedServer, Reply, rss

OLD, NEW = "127.0.4.1", "127.0.4.2"


def site(server: FeedServer, host: str, feed: str) -> bytes:
    return f"""<rss version="2.0"><channel><title>Mara</title><link>{server.url("/", host)}</link>
        <item><title>One</title><guid>{feed}</guid></item></channel></rss>""".encode()


async def moves(reader: Reader, times: int = 4) -> list[tuple[str, ...]]:
    notes = []
    for _ in range(times):
        reader.clock.advance(days=3)
        notes.append((await refresh(reader.desk)).notes)
    return notes


async def test_two_feeds_of_one_person_that_meet_become_one(
    server: FeedServer, reader: Reader
) -> None:
    server.feed("/old", rss(["A"]))
    server.feed("/new", rss(["A"]))
    await reader.follows(server.url("/old", OLD), "Mara")
    await reader.follows(server.url("/new", OLD), "Mara")
    server.redirect("/old", "/new")
    notes = await moves(reader)
    assert reader.urls() == [server.url("/new", OLD)]
    assert sum(notes, ()) == (
        f"{server.url('/old', OLD)} has moved to {server.url('/new', OLD)}; "
        "the two are one feed now.",
    )
    assert {post.feed for post in reader.desk.world().news} == set(reader.desk.world().feeds)


@pytest.mark.parametrize("own", [False, True], ids=["of two people", "of the writer"])
async def test_two_feeds_that_meet_but_may_not_be_one_say_so(
    server: FeedServer, reader: Reader, own: bool
) -> None:
    server.feed("/old", rss(["A"]))
    server.feed("/new", rss(["A"]))
    await reader.follows(server.url("/old", OLD), None if own else "Mara", own=own)
    await reader.follows(server.url("/new", OLD), None if own else "Tomasz", own=own)
    server.redirect("/old", "/new")
    await moves(reader)
    assert len(reader.urls()) == 2
    state, sentence = reader.health(server.url("/old", OLD))
    assert (state, "which you follow already" in sentence) == ("ok", True)


async def test_a_gone_feed_offers_to_look_and_its_site_is_asked(
    server: FeedServer, reader: Reader
) -> None:
    server.feed("/feed", site(server, OLD, "one"))
    await reader.follows(server.url("/feed", OLD))
    server.serve("/feed", Reply(410))
    reader.clock.advance(days=2)
    (error,) = (await refresh(reader.desk)).errors
    assert "`engage move`" in error.message
    assert "`engage move " in reader.health(server.url("/feed", OLD))[1]
    link = '<link rel="alternate" type="application/rss+xml" href="{}">'
    page = "<!doctype html>" + link.format("/feed") + link.format("/atom")
    server.serve("/", Reply(200, page.encode(), {"Content-Type": "text/html"}))
    server.feed("/atom", site(server, OLD, "one"))
    server.requests.clear()
    (before,) = reader.desk.world().feeds.values()
    feed, change = await move(reader.desk, before.id)
    assert server.paths() == ["/", "/atom"]
    assert change is not None
    assert (feed.id, feed.url, feed.person) == (before.id, server.url("/atom", OLD), before.person)
    assert reader.health(feed.url)[0] == "ok"
    (item,) = reader.desk.world().news
    assert item.title == "One"
    undo(reader.desk)
    assert reader.urls() == [before.url]


async def test_the_usual_places_are_tried_for_a_successor_only_when_told_to(
    server: FeedServer, reader: Reader
) -> None:
    server.feed("/blog.xml", site(server, OLD, "one"))
    await reader.follows(server.url("/blog.xml", OLD))
    server.serve("/blog.xml", Reply(404))
    server.serve("/", Reply(200, b"<!doctype html><p>Hi", {"Content-Type": "text/html"}))
    server.feed("/atom.xml", site(server, OLD, "one"))
    with pytest.raises(EngageError, match="no successor was found"):
        await move(reader.desk, "Mara")
    assert "/atom.xml" not in server.paths()
    await move(reader.desk, "Mara", guess=True)
    assert reader.urls() == [server.url("/atom.xml", OLD)]


async def test_a_feed_moves_to_an_address_that_is_given(server: FeedServer, reader: Reader) -> None:
    server.feed("/feed", rss(["A", "B"]))
    server.feed("/new", rss(["A", "B", "C"]))
    await reader.follows(server.url("/feed", OLD))
    await move(reader.desk, "A feed", server.url("/new", NEW))
    assert reader.urls() == [server.url("/new", NEW)]
    assert len(reader.desk.world().news) == 3
    reader.clock.advance(days=2)
    summary = await refresh(reader.desk)
    assert (summary.not_modified, summary.errors) == (1, ())


async def test_a_feed_that_was_gone_answers_again(server: FeedServer, reader: Reader) -> None:
    server.feed("/feed", rss(["A"]))
    await reader.follows(server.url("/feed", OLD))
    server.serve("/feed", Reply(410))
    reader.clock.advance(days=2)
    await refresh(reader.desk)
    server.feed("/feed", rss(["A"]))
    assert (await move(reader.desk, "A feed", server.url("/feed", OLD)))[1] is None
    assert reader.health(server.url("/feed", OLD))[0] == "ok"


@pytest.mark.parametrize(
    ("url", "says"),
    [
        (None, "no successor was found; give the new address yourself"),
        ("http://{NEW}:{port}/page", "names no feed"),
        ("http://{NEW}:{port}/other", "is followed already, as Other"),
        ("https://www.linkedin.com/in/mara", "LinkedIn has no feeds"),
        ("nonsense", "is no address"),
    ],
)
async def test_what_it_cannot_move_to(
    server: FeedServer, reader: Reader, url: str | None, says: str
) -> None:
    server.feed("/feed", site(server, OLD, "one"))
    server.feed("/other", rss(["A"], title="Other"))
    server.serve("/page", Reply(200, b"<!doctype html><p>Hi", {"Content-Type": "text/html"}))
    await reader.follows(server.url("/feed", OLD))
    await reader.follows(server.url("/other", NEW))
    before = reader.urls()
    with pytest.raises(EngageError, match=says):
        await move(reader.desk, "Mara", url and url.format(NEW=NEW, port=server.port))
    assert reader.urls() == before


async def test_a_site_that_the_feed_names_may_not_be_private(
    server: FeedServer, reader: Reader
) -> None:
    server.feed("/feed", site(server, NEW, "one"))
    await reader.follows(server.url("/feed", OLD))
    server.requests.clear()
    with pytest.raises(EngageError, match="a private address"):
        await move(reader.desk, "Mara")
    assert NEW not in {request.host for request in server.requests}


async def test_what_needs_attention_comes_first(server: FeedServer, reader: Reader) -> None:
    for path in ("/a", "/b", "/c"):
        server.feed(path, rss([path], title=path))
        await reader.follows(server.url(path, f"127.0.4.{ord(path[1])}"))
    server.serve("/c", Reply(410))
    server.serve("/b", Reply(500))
    reader.clock.advance(days=2)
    await refresh(reader.desk)
    assert [one.feed.title for one in feeds(reader.desk)] == ["/c", "/b", "/a"]

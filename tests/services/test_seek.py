"""Looking for feeds on people's sites: on request, a few at a time, kept and not asked again."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from engage.clock import FixedClock
from engage.domain.changes import put
from engage.domain.identity import feed_id
from engage.domain.records import DatedLeave, Feed, Person
from engage.services.background import seek_apart
from engage.services.desk import Desk, desk_at
from engage.services.outcomes import Progress
from engage.services.refresh import refresh
from engage.services.remember import undo
from engage.services.seek import AGAIN, AT_ONCE, seek, sites_of
from tests.support.demo import NOW
from tests.support.feedserver import FeedServer, Reply, rss

HTML = {"Content-Type": "text/html; charset=utf-8"}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FeedServer]:
    monkeypatch.setenv("ENGAGE_NOW", NOW.isoformat())
    with FeedServer() as running:
        yield running


def somebody(desk: Desk, name: str, *profiles: str, **more: object) -> Person:
    person = Person(name.lower(), name, NOW, "imported", (f"name:{name}",), profiles=profiles)
    person = replace(person, **more)  # type: ignore[arg-type]
    desk.commit("imported", [put(person)])
    return person


def with_feed(server: FeedServer, number: int) -> str:
    """The address of a site, on a host of its own, that names a feed."""
    link = f'<link rel="alternate" type="application/rss+xml" href="/{number}.xml">'
    server.serve(f"/{number}", Reply(200, f"<html><head>{link}</head>Hi".encode(), HTML))
    server.feed(f"/{number}.xml", rss(["First", "Second"]))
    return server.url(f"/{number}", f"127.0.1.{number + 1}")


def without_feed(server: FeedServer, number: int) -> str:
    server.serve(f"/{number}", Reply(200, b"<html><head></head>Hi", HTML))
    return server.url(f"/{number}", f"127.0.1.{number + 1}")


@pytest.mark.parametrize(
    ("profile", "own"),
    [
        ("https://mara.example/about", True),
        ("https://www.linkedin.com/in/mara", False),
        ("https://www.instagram.com/mara", False),
        ("https://medium.com/@mara", False),
        ("https://mara.substack.com", False),
        ("ftp://mara.example", False),
    ],
)
def test_only_sites_of_their_own_are_looked_at(profile: str, own: bool) -> None:
    person = Person("m", "Mara", NOW, profiles=(profile,))
    assert sites_of(person) == ((profile,) if own else ())


async def test_everybody_without_a_feed(empty: Desk, server: FeedServer) -> None:
    """Who has a feed, or is left in peace, or has no site, is not looked for; who was looked at is
    not again; and somebody found is followed at once."""
    somebody(empty, "Mara", "https://www.linkedin.com/in/mara", with_feed(server, 1))
    somebody(empty, "Tomasz", without_feed(server, 2))
    somebody(empty, "Lone", without_feed(server, 3), leaves=(DatedLeave(NOW, date.max),))
    somebody(empty, "Odile", "https://www.instagram.com/odile")
    have = somebody(empty, "Pia", without_feed(server, 4))
    url = "https://pia.example/feed"
    empty.commit("x", [put(Feed(feed_id(url), url, url, "theirs", NOW, person=have.id))])

    told: list[Progress] = []
    sought = await seek(empty, progress=told.append)

    assert sorted(server.paths()) == ["/1", "/1.xml", "/2"]
    (found,) = sought.added
    assert found.person is not None and found.feed is not None
    assert (found.person.id, found.posts) == ("mara", 2)
    assert [each.given for each in sought.without] == ["Tomasz"]
    assert [(each.done, each.due) for each in told] == [(1, 2), (2, 2)]
    (feed,) = (each for each in empty.world().feeds.values() if each.person == "mara")
    assert feed.wanted and feed.url.endswith("/1.xml")
    assert [each.name for each in empty.world().people.values()].count("Mara") == 1

    again = await seek(empty)
    assert (again.asked, again.skipped, len(server.paths())) == (0, 1, 3)
    assert (await refresh(empty)).due == 1  # Pia's; Mara's was asked just now

    undo(empty)
    assert [each.person for each in empty.world().feeds.values()] == [have.id]


async def test_a_site_is_looked_at_again_after_a_month_or_by_name(
    empty: Desk, server: FeedServer
) -> None:
    somebody(empty, "Tomasz", without_feed(server, 2))
    await seek(empty)
    named = await seek(empty, ["Tomasz", "Nobody"])
    assert [each.given for each in named.refused] == ["Nobody"]
    assert len(server.paths()) == 2
    later = desk_at(empty.paths, FixedClock(NOW + AGAIN + timedelta(days=1)))
    try:
        assert (await seek(later)).asked == 1
    finally:
        later.close()


async def test_what_was_found_is_kept_when_it_is_stopped(empty: Desk, server: FeedServer) -> None:
    """And the same again goes on where it was."""
    somebody(empty, "Mara", with_feed(server, 1))
    somebody(empty, "Slow", server.url("/slow", "127.0.1.9"))
    reached = asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(_: object) -> Reply:
        loop.call_soon_threadsafe(reached.set)
        server.wait(60)
        return Reply(404)

    server.serve("/slow", slow)
    found = asyncio.Event()
    task = asyncio.create_task(seek(empty, progress=lambda _: found.set()))
    await asyncio.wait_for(asyncio.gather(reached.wait(), found.wait()), 20)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert {each.person for each in empty.world().feeds.values()} == {"mara"}
    server.serve("/slow", Reply(200, b"<html></html>", HTML))
    assert (await seek(empty)).asked == 1
    assert server.paths().count("/1") == 1


async def test_a_few_at_a_time_and_one_request_at_a_time_to_a_host(
    empty: Desk, server: FeedServer
) -> None:
    """In a process of its own, as the screen asks; two of the people share a server."""
    lock, under_way, most = threading.Lock(), [0], [0]

    def busy(_: object) -> Reply:
        with lock:
            under_way[0] += 1
            most[0] = max(most[0], under_way[0])
        server.wait(0.1)
        with lock:
            under_way[0] -= 1
        return Reply(200, b"<html><head></head>Hi", HTML)

    for number in range(1, 9):
        server.serve(f"/{number}", busy)
        host = "127.0.1.1" if number < 3 else f"127.0.1.{number}"
        somebody(empty, f"P{number}", server.url(f"/{number}", host))
    told: list[Progress] = []
    sought = await seek_apart(empty.paths, (), told.append)
    assert (sought.asked, len(told), len(server.paths())) == (8, 8, 8)
    assert 1 < most[0] <= AT_ONCE
    first, second = (each.at for each in server.requests if each.path in ("/1", "/2"))
    assert second - first > 1.0

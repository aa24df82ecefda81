"""Feeds made out by rule wait until somebody wants them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from engage.clock import FixedClock
from engage.domain.changes import put
from engage.domain.identity import feed_id
from engage.domain.records import Feed, Person
from engage.paths import paths_under
from engage.services.desk import Desk, desk_at
from engage.services.edit_person import set_circle
from engage.services.follow import add, feeds
from engage.services.refresh import refresh
from engage.services.remember import undo
from engage.services.triage import decide, inbox
from tests.support.demo import NOW
from tests.support.feedserver import FeedServer, rss

PEOPLE = 5


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FeedServer]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with FeedServer() as running:
        yield running


@pytest.fixture
def desk(tmp_path: Path, server: FeedServer) -> Iterator[Desk]:
    """Five people whose feeds an import made out, each on a host of its own; two welcomes a day."""
    (tmp_path / "config.toml").write_text("welcome_per_day = 2\n")
    made = desk_at(paths_under(tmp_path), FixedClock(NOW))
    puts = []
    for number in range(PEOPLE):
        added = NOW - timedelta(days=number)
        person = Person(f"p{number}", f"Person {number}", added, "imported", (f"name:{number}",))
        url = server.url(f"/{number}", f"127.0.1.{number + 1}")
        server.feed(f"/{number}", rss([]))
        feed = Feed(feed_id(url), url, url, "theirs", NOW, person.id, wanted=False)
        puts += [put(person), put(feed)]
    made.commit("imported", puts)
    yield made
    made.close()


async def test_only_those_to_be_welcomed_today_are_asked(desk: Desk, server: FeedServer) -> None:
    done = await refresh(desk)
    assert (done.total, done.due, done.fetched) == (PEOPLE, 2, 2)
    assert sorted(server.paths()) == ["/0", "/1"]
    await refresh(desk, again=True)
    assert len(server.paths()) == 2


async def test_those_not_wanted_yet_say_so_and_have_no_date(desk: Desk) -> None:
    await refresh(desk)
    health = {each.feed.person: each for each in feeds(desk)}
    assert health["p0"].fetch.next_fetch is not None
    assert health["p4"].fetch.next_fetch is None
    assert health["p4"].health.state == "ok"
    assert "welcomed" in health["p4"].health.sentence


async def test_the_next_in_turn_follow(desk: Desk, server: FeedServer) -> None:
    await refresh(desk)
    decide(desk, [task.id for task in inbox(desk).tasks if task.kind == "welcome"], "done")
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(days=1)
    await refresh(desk)
    assert {"/2", "/3"} <= set(server.paths())
    assert "/4" not in server.paths()


def put_in_a_circle(desk: Desk) -> list[str]:
    set_circle(desk, "p4", 2)
    return []


def named(_: Desk) -> list[str]:
    return ["Person 4"]


@pytest.mark.parametrize("ask", [put_in_a_circle, named])
async def test_who_is_wanted_otherwise_is_asked(
    desk: Desk, server: FeedServer, ask: Callable[[Desk], list[str]]
) -> None:
    await refresh(desk, ask(desk))
    assert "/4" in server.paths()
    assert all(feed.wanted for feed in desk.world().feeds.values() if feed.person == "p4")


async def test_to_add_one_is_to_want_it(desk: Desk) -> None:
    url = next(feed.url for feed in desk.world().feeds.values() if feed.person == "p4")
    done = await add(desk, [url])
    assert len(done.known) == 1
    assert desk.world().feeds[feed_id(url)].wanted


async def test_an_import_can_be_undone_after_its_feeds_were_asked(desk: Desk) -> None:
    await refresh(desk)
    undo(desk)
    assert not desk.world().people
    assert not desk.world().feeds

"""Refreshing and adding in a process of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from engage.errors import Ambiguous, EngageError
from engage.paths import paths_under
from engage.services.background import add_apart, bring_apart, refresh_apart, webmention_apart
from engage.services.desk import Desk
from engage.services.outcomes import Progress
from engage.services.remember import undo
from engage.services.transfer import Bring
from tests.support.demo import NOW
from tests.support.feedserver import FeedServer, Reply, Request, rss


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        yield running


@pytest.fixture(autouse=True)
def then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENGAGE_NOW", NOW.isoformat())


async def test_what_a_child_adds_is_seen_here(empty: Desk, server: FeedServer) -> None:
    server.feed("/feed", rss(["First", "Second"]))
    added = await add_apart(empty.paths, [server.url("/feed"), server.url("/none")])
    assert [(item.feed is not None, item.posts) for item in added.added] == [(True, 2)]
    assert [refusal.given for refusal in added.refused] == [server.url("/none")]
    assert [person.name for person in empty.world().people.values()] == ["A feed"]


async def test_a_child_refreshes_and_tells_how_far_it_is(
    empty: Desk, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.feed("/feed", rss(["First"]))
    await add_apart(empty.paths, [server.url("/feed")])
    server.feed("/feed", rss(["First", "Second"]))
    monkeypatch.setenv("ENGAGE_NOW", "2026-11-24T09:00:00+00:00")
    told: list[Progress] = []
    summary = await refresh_apart(empty.paths, told.append)
    assert (summary.due, summary.fetched, summary.new_posts) == (1, 1, 1)
    assert [(item.done, item.due) for item in told] == [(0, 1), (1, 1)]


async def test_an_error_of_the_child_is_its_sentence(empty: Desk) -> None:
    places = paths_under(empty.paths.config.parent / "damaged")
    folder = places.data / "0123abcd"
    folder.mkdir(parents=True)
    (folder / "ledger.json").write_text("{}")
    places.state.mkdir()
    (places.state / "machine").write_text("0123abcd\n")
    with pytest.raises(EngageError, match=r"ledger\.json"):
        await refresh_apart(places)


async def test_a_child_plans_an_import_and_does_it(empty: Desk) -> None:
    asked = Bring(pasted="Followers\nMara Quill https://mara.example\nMara Quill\n")
    plan = await bring_apart(empty.paths, asked)
    assert (plan.counts["new"], plan.plan.written) == (1, False)
    assert not empty.world().people
    done = await bring_apart(empty.paths, replace(asked, write=True))
    assert (done.plan.written, done.plan.change) == (True, None)
    assert [person.name for person in empty.world().people.values()] == ["Mara Quill"] * 2
    assert undo(empty) is not None
    assert not empty.world().people


async def test_a_child_reads_a_table_as_the_writer_says(empty: Desk) -> None:
    text = "Vorname;Seite;Anderes\nMara;mara.example;7\n"
    shown = await bring_apart(empty.paths, Bring(pasted=text))
    assert [each.meaning for each in shown.plan.columns] == ["", "url", ""]
    meanings = {"Vorname": "name", "Seite": "url", "Anderes": ""}
    shown = await bring_apart(empty.paths, Bring(pasted=text, meanings=meanings))
    assert shown.plan.new == ("Mara  https://mara.example",)


async def test_a_child_shows_a_webmention_and_sends_it(empty: Desk, server: FeedServer) -> None:
    html = {"Content-Type": "text/html"}
    source, target = server.url("/mine", "127.0.0.2"), server.url("/theirs", "127.0.0.3")
    links = f'<a class="u-in-reply-to" href="{target}">x</a>'
    server.serve("/mine", Reply(body=links.encode(), headers=html))
    server.serve("/theirs", Reply(headers=html | {"Link": "</wm>; rel=webmention"}))
    bodies: list[bytes] = []

    def receive(request: Request) -> Reply:
        bodies.append(request.body)
        return Reply(202)

    server.serve("/wm", receive)
    shown = await webmention_apart(empty.paths, source, target)
    assert (shown.sent, shown.status, bodies) == (False, None, [])
    sent = await webmention_apart(empty.paths, source, target, send=True)
    assert (sent.sent, sent.status, len(bodies)) == (True, 202, 1)
    [kept] = empty.world().sent_mentions.values()
    assert (kept.source, kept.target, kept.status) == (source, target, 202)
    with pytest.raises(EngageError, match="That was sent"):
        await webmention_apart(empty.paths, source, target, send=True)
    await webmention_apart(empty.paths, source, target, send=True, again=True)
    assert len(bodies) == 2
    server.serve("/mine", Reply(body=(links + links.replace("theirs", "2")).encode(), headers=html))
    with pytest.raises(Ambiguous) as refused:
        await webmention_apart(empty.paths, source, None)
    assert target in refused.value.candidates

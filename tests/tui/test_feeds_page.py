"""The feeds: what each row says, and what the keys do about the feed under the cursor."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from engage.domain.feed_health import Health
from engage.services.follow import add
from engage.tui.refreshing import Apart
from engage.tui.screens.feeds import FeedsScreen, in_short
from engage.tui.screens.person import PersonScreen
from engage.tui.widgets.row_list import RowList
from tests.support.feedserver import FeedServer, Reply, rss
from tests.tui.worlds import LOST_FEED, NOW, Opened, opened, troubled_feeds

HOUR = timedelta(hours=1)


@asynccontextmanager
async def feeds_page(home: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Opened]:
    """The page, with two feeds of the small world and three that are not well."""
    async with opened(home, FeedsScreen, size) as page:
        await page.app.desk(troubled_feeds)
        await page.app.screen.ledger_changed()  # type: ignore[attr-defined]
        await page.settle()
        yield page


def titles(page: Opened) -> list[str]:
    return [row.item.title for row in page.app.screen.query_one(RowList).rows]


def go(page: Opened, feed: str) -> None:
    page.app.screen.query_one(RowList).go(feed)


async def test_what_needs_attention_stands_first_and_is_said_with_what_can_be_done(
    tmp_path: Path,
) -> None:
    async with feeds_page(tmp_path) as page:
        assert titles(page) == [
            "A field of sorrel", "[red]The Paper Mill[/red]", "My pages", "Mara writes",
            "Notes from the ferry",
        ]  # fmt: skip
        text = page.text
        for words in (
            "Feeds 5", "1 needs attention", "failing 12 days", "failing since Fri", "next 16:00",
            "not asked yet", "paused", "Odile Marchand", "[red]The Paper Mill[/red]",
        ):  # fmt: skip
            assert words in text
        go(page, "pia")
        await page.settle()
        shown = " ".join(page.text.split())
        assert LOST_FEED in shown and "`engage" not in shown
        assert "s looks on its site for its successor, # follows it no longer." in shown
        assert "s find successor" in page.text
        go(page, "own")
        await page.settle()
        assert "Fine. Next asked at 16:00." in page.text
        assert "find successor" not in page.text.splitlines()[-1]
        go(page, "ferry")
        await page.settle()
        assert "Paused. p resumes it." in page.text


async def test_pause_and_remove_are_told_and_undone(tmp_path: Path) -> None:
    async with feeds_page(tmp_path) as page:
        go(page, "mara-feed")
        await page.press("p")
        assert page.desk.world().feeds["mara-feed"].paused
        assert page.toasts[-1] == "paused: Mara writes · z takes it back"
        await page.press("p")
        assert not page.desk.world().feeds["mara-feed"].paused
        await page.press("#")
        assert "mara-feed" not in page.desk.world().feeds and "Mara writes" not in titles(page)
        assert page.toasts[-1] == "removed: Mara writes · z takes it back"
        await page.press("z")
        assert "Mara writes" in titles(page)
        assert {item.feed for item in page.desk.world().news} == {"mara-feed"}


async def test_what_is_paused_is_not_asked_again(tmp_path: Path) -> None:
    async with feeds_page(tmp_path) as page:
        go(page, "ferry")
        await page.press("r")
        assert page.toasts[-1] == "It is paused; p resumes it."


async def test_the_filter_and_the_person(tmp_path: Path) -> None:
    async with feeds_page(tmp_path) as page:
        await page.press("/")
        await page.type("failing odile")
        assert "A field of sorrel" in page.text and "My pages" not in page.text
        await page.press("enter")
        assert titles(page) == ["A field of sorrel"] and "/failing odile" in page.text
        await page.press("enter")
        assert isinstance(page.app.screen, PersonScreen) and "Odile Marchand" in page.text
        await page.press("escape")
        await page.press("escape")
        assert len(titles(page)) == 5
        go(page, "own")
        await page.press("enter")
        assert "your own writing" in page.toasts[-1]
        await page.press("/")
        await page.type("zzz")
        assert "No feed matches; Esc clears the filter." in page.text


@pytest.mark.parametrize("size", [(60, 20), (120, 40)], ids=str)
async def test_rows_fit_the_width(tmp_path: Path, size: tuple[int, int]) -> None:
    async with feeds_page(tmp_path, size) as page:
        line = next(line for line in page.text.splitlines() if "sorrel" in line)
        assert "failing 12 days" in line
        assert ("Odile Marchand" in line) == (size[0] > 72)


async def test_g_f_leads_here_and_the_help_knows_the_keys(tmp_path: Path) -> None:
    async with feeds_page(tmp_path) as page:
        await page.press("g", "f")
        assert isinstance(page.app.screen, FeedsScreen)
        await page.press("?")
        for words in ("Feeds", "Look on its site for where the feed is now", "Pause the feed"):
            assert words in page.text


# -- a server is asked


class Site:
    """A page on a real server that names a feed, and the feed that is followed."""

    def __init__(self, page: Opened, server: FeedServer) -> None:
        self.page, self.server = page, server

    def serve(self, path: str, *titles: str) -> None:
        body = rss(titles, title="Weaving").decode()
        site = body.replace("<link>https://mara.example/<", f"<link>{self.server.url('/')}<")
        self.server.feed(path, site.encode())

    async def follow(self) -> None:
        self.serve("/feed", "A")
        assert not (await add(self.page.desk, [self.server.url("/feed")])).refused
        await self.page.app.screen.ledger_changed()  # type: ignore[attr-defined]
        await self.page.settle()
        (self.id,) = [
            feed.id for feed in self.page.desk.world().feeds.values() if feed.title == "Weaving"
        ]
        go(self.page, self.id)

    @property
    def url(self) -> str:
        return self.page.desk.world().feeds[self.id].url.removeprefix(self.server.url(""))

    def at(self, hours: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ENGAGE_NOW", (NOW + hours * HOUR).isoformat())


async def says(page: Opened, keys: Sequence[str]) -> str:
    page.app.clear_notifications()
    await page.press(*keys)
    return page.toasts[-1]


async def test_asking_again_looking_for_the_successor_and_moving(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FeedServer() as server:
        async with opened(tmp_path, FeedsScreen) as page:
            page.app.background = Apart(page.desk.paths)
            site = Site(page, server)
            site.at(0, monkeypatch)
            await site.follow()
            assert "may be asked again at 12:10" in await says(page, "r")
            site.at(1, monkeypatch)
            site.serve("/feed", "B", "A")
            assert await says(page, "r") == "Weaving: 1 new post."
            site.at(2, monkeypatch)
            server.serve("/feed", Reply(404))
            assert "nothing at this address" in await says(page, "r")
            assert "failing since today" in page.text
            html = b'<!doctype html><link rel="alternate" type="application/rss+xml" href="/atom">'
            server.serve("/", Reply(200, html, {"Content-Type": "text/html"}))
            site.serve("/atom", "B", "A")
            assert "z takes it back" in await says(page, "s")
            assert site.url == "/atom" and "failing" not in page.text
            site.serve("/third", "B", "A")
            await page.press("m", "ctrl+u")
            await page.type("nonsense")
            await page.press("enter")
            assert "is no address" in page.text
            await page.press("ctrl+u")
            await page.type(server.url("/third"))
            await page.press("enter")
            assert isinstance(page.app.screen, FeedsScreen) and site.url == "/third"
            await page.press("z")
            assert site.url == "/atom"


def test_the_status_line_tells_what_mends_by_itself_from_what_does_not() -> None:
    fine, gone = Health("ok", "", "Fine.", 4), Health("gone", "gone", "Gone.", 0, attention=True)
    failing = Health("failing", "failing", "It did not answer.", 2)
    assert in_short([fine]) == "all in order"
    assert in_short([fine, failing]) == "1 failing for now"
    assert in_short([fine, failing, gone]) == "1 needs attention"

"""A window left open: it refreshes when a feed falls due, and people are added from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from engage.clock import FixedClock
from engage.domain.changes import change, put
from engage.domain.posts import FetchState
from engage.domain.records import Feed, Person
from engage.errors import EngageError
from engage.paths import paths_under
from engage.services.desk import Desk, desk_at
from engage.services.outcomes import Added, AddedFeed, Progress, Refreshed
from engage.tui.app import EngageApp
from engage.tui.screens.first_run import FirstRunScreen
from tests.tui.worlds import NOW, Opened, Quiet

FEED = Feed("f", "https://me.example/feed", "me.example", "own", NOW)


class Counting(Quiet):
    """Counts refreshes; each moves the feed's turn on, or fails. Adding makes a person."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.refreshed = 0
        self.after = timedelta(hours=1)
        self.fails = False

    async def refresh(
        self,
        progress: Callable[[Progress], None],
        *,
        names: Sequence[str] = (),
        again: bool = False,
    ) -> Refreshed:
        self.refreshed += 1
        if self.fails:
            raise EngageError("The network is away; try again later.")
        due(self.desk, self.desk.clock.now() + self.after)
        return await super().refresh(progress, names=names, again=again)

    async def add(
        self, targets: Sequence[str], progress: Callable[[Progress], None], *, own: bool = False
    ) -> Added:
        await super().add(targets, progress, own=own)
        person = Person(targets[0], f"Who writes {targets[0]}", NOW)
        self.desk.store.commit(change("add", [put(person)], self.desk.stamp(), by="writer"))
        return Added((AddedFeed(None, person, 0),), (), (), None)


def due(desk: Desk, at: datetime) -> None:
    desk.store.save_fetch_states([FetchState(FEED.id, FEED.url, next_fetch=at)])


def follow(desk: Desk) -> None:
    desk.store.commit(change("follow", [put(FEED)], NOW, by="writer"))


async def test_the_next_turn_comes_by_itself_and_not_too_often(tmp_path: Path) -> None:
    clock = FixedClock(NOW)
    desk = desk_at(paths_under(tmp_path), clock)
    follow(desk)
    background = Counting(desk)
    app = EngageApp(desk, background=background)
    async with app.run_test() as pilot:
        page = Opened(app, pilot, desk)

        async def later(**time: float) -> int:
            clock.advance(**time)
            app.tick()
            await page.settle()
            return background.refreshed

        await page.settle()
        assert background.refreshed == 1 and "next at" in app.freshness
        assert await later(minutes=59) == 1
        assert await later(minutes=2) == 2
        background.after = timedelta(0)  # its host is to be left alone: it stays due
        assert await later(hours=1) == 3
        assert await later(minutes=4) == 3
        background.fails = True
        assert await later(minutes=2) == 4
        assert await later(minutes=1) == 4
        background.fails = False
        assert await later(minutes=5) == 5
    app.desk.stop()
    desk.close()


async def test_people_added_with_a_stand_in_the_inbox_after_esc(tmp_path: Path) -> None:
    desk = desk_at(paths_under(tmp_path), FixedClock(NOW))
    follow(desk)
    background = Counting(desk)
    app = EngageApp(desk, background=background)
    async with app.run_test() as pilot:
        page = Opened(app, pilot, desk)
        await page.settle()
        assert "Nobody is here yet." in page.text and "a adds the people" in page.text
        await page.press("a")
        assert isinstance(app.screen, FirstRunScreen) and "Where do you write" not in page.text
        await page.type("mara.example odile.example")
        await page.press("enter", "escape")
        await page.settle()
        assert background.asked == [(("mara.example",), False), (("odile.example",), False)]
        assert "Who writes mara" in page.text and "Who writes odile" in page.text
    app.desk.stop()
    desk.close()

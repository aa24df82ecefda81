"""Looking for feeds on people's sites from the screen: its progress, its end, and stopping it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from engage.services.outcomes import AddedFeed, Progress, Refusal, Sought
from engage.tui.screens.people import PeopleScreen
from engage.tui.screens.person import PersonScreen
from engage.tui.seeking import said
from tests.tui.worlds import Quiet, opened


class Slow(Quiet):
    """A background whose search ends when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on, self.begun = asyncio.Event(), asyncio.Event()

    async def seek(self, names: Sequence[str], progress: Callable[[Progress], None]) -> Sought:
        self.asked.append((tuple(names), False))
        progress(Progress(1, 3, "Mara"))
        self.begun.set()
        await self.go_on.wait()
        return Sought((AddedFeed(None, None, 2),), (), (), 3, 0)


async def test_f_looks_for_everybody_and_tells_how_far_it_is(tmp_path: Path) -> None:
    async with opened(tmp_path, PeopleScreen) as page:
        slow = page.app.background = Slow()
        await page.pilot.press("F")
        await slow.begun.wait()
        await page.pilot.pause()
        assert "looking for feeds: 1 of 3" in page.text
        slow.go_on.set()
        await page.settle()
        assert page.toasts == ["1 feed found on 3 sites."]
        assert "looking for feeds" not in page.text
        assert slow.asked == [((), False)]


async def test_f_again_stops_it(tmp_path: Path) -> None:
    async with opened(tmp_path, PeopleScreen) as page:
        slow = page.app.background = Slow()
        await page.pilot.press("F")
        await slow.begun.wait()
        await page.press("F")
        assert page.toasts == ["Stopped looking; what was found is kept. F goes on from here."]
        assert "looking for feeds" not in page.text


async def test_of_those_who_are_shown_or_of_one(tmp_path: Path) -> None:
    async with opened(tmp_path, PeopleScreen) as page:
        quiet = page.app.background
        assert isinstance(quiet, Quiet)
        await page.press("/")
        await page.type("mara")
        await page.press("enter", "F")
        await page.app.push_screen(PersonScreen("mara"))
        await page.settle()
        await page.press("F")
        assert [names for names, _ in quiet.asked] == [("mara",), ("mara",)]


def test_what_came_of_it_is_a_sentence() -> None:
    none = Refusal("Mara", "Mara: mara.example names no feed.")
    assert said(Sought((), (none,), (), 1, 0)) == none.sentence
    assert said(Sought((), (), (none,), 0, 0)) == none.sentence
    assert said(Sought((), (), (), 0, 4)).startswith("Nobody without a feed")
    assert said(Sought((), (none, none), (), 2, 0)) == "0 feeds found on 2 sites."

"""The weekly review on the screen: one step after the other, and what is done on the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.widgets import Input

from engage.domain.changes import change, put
from engage.domain.records import DatedNumber, Person
from engage.tui.screens.person import PersonScreen
from engage.tui.screens.review import ReviewScreen
from engage.tui.screens.week import WeekScreen
from tests.tui.worlds import NOW, Opened, _touch, ago, opened

SIZES = [(60, 20), (80, 24), (120, 40)]


async def test_the_steps_one_after_the_other(
    tmp_path: Path, golden: Callable[[str, str], None]
) -> None:
    async with opened(tmp_path, WeekScreen, SIZES[0]) as page:
        await page.press("r")
        assert isinstance(page.app.screen, ReviewScreen)
        for size in SIZES:
            await page.resize(*size)
            golden(f"review-{size[0]}x{size[1]}.txt", page.text + "\n")
        for title in ("get current", "get creative", "in your own words"):
            await page.press("space")
            assert title in page.text
        await page.press("escape", "p")
        assert "get creative" in page.text
        await page.press("left", "left", "left")
        assert page.toasts[-1] == "This is the first."


def owed(page: Opened) -> bool:
    return bool(page.desk.standings()["mara"].owed)


async def test_what_is_owed_is_answered_dated_or_dropped_on_the_way(tmp_path: Path) -> None:
    async with opened(tmp_path, ReviewScreen) as page:
        assert "Mara Quill" in page.text
        await page.press("+", "enter")
        assert not owed(page) and "You have answered everybody." in page.text
        await page.press("z")
        assert owed(page)
        await page.press("home", "#")
        assert not owed(page)
        await page.press("z", "home", "h", "enter")
        assert owed(page) and "You have answered everybody." in page.text
        assert page.toasts[-1].endswith("z takes it back")


async def test_a_new_person_is_looked_at_or_placed(tmp_path: Path) -> None:
    async with opened(tmp_path, ReviewScreen, (80, 30)) as page:
        await page.press("j", "e")
        assert page.desk.standings()["hanako"].stage == "Seen"
        await page.press("4")
        assert page.desk.standings()["sami"].circle == 4
        await page.press("enter")
        assert isinstance(page.app.screen, PersonScreen)
        await page.press("escape")
        assert isinstance(page.app.screen, ReviewScreen)


async def test_a_cadence_that_was_a_lie_is_changed(tmp_path: Path) -> None:
    async with opened(tmp_path, ReviewScreen) as page:
        vera = Person("vera", "Vera Rask", ago(300), circles=(DatedNumber(ago(300), 1),))
        letters = [_touch(days, "vera", "out", "letter") for days in (5, 35, 65, 95)]
        puts = [put(record) for record in (vera, *letters)]
        page.desk.store.commit(change("slow letters", puts, NOW, by="refresh"))
        await page.press("n", "n")
        await page.app.look()
        await page.press("end")
        assert "you meant every 14 days; it is usually 30 days" in page.text
        await page.press("c", "ctrl+u")
        await page.type("30")
        await page.press("enter")
        assert "Your cadences hold." in page.text
        assert page.desk.standings()["vera"].cadence == 30


async def test_the_line_is_kept_and_the_notes_are_written(tmp_path: Path) -> None:
    async with opened(tmp_path, ReviewScreen) as page:
        await page.press("n", "n", "n")
        await page.type("Wrote n, p and N.")
        await page.press("enter", "N")
        assert page.desk.world().week_lines["2026-W47"].text == "Wrote n, p and N."
        written = tmp_path / "data" / "notes" / "2026-W47.md"
        assert "Wrote n, p and N." in written.read_text(encoding="utf-8")
        assert page.toasts[-1] == f"The notes are in {written}"


async def test_the_week_shows_the_line_that_the_review_kept(tmp_path: Path) -> None:
    async with opened(tmp_path, WeekScreen) as page:
        await page.press("r", "n", "n", "n")
        await page.type("Slow, and good.")
        await page.press("enter", "escape")
        assert isinstance(page.app.screen, WeekScreen)
        assert page.app.screen.query_one("#line", Input).value == "Slow, and good."

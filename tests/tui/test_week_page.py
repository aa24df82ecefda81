"""The week's page: figures, other weeks, the line in own words, the notes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input

from engage.domain.week import Week
from engage.tui.screens.week import WeekScreen
from engage.tui.widgets.week_lines import title_of
from tests.tui.worlds import Opened, opened


def line_of(page: Opened) -> str:
    return page.app.screen.query_one("#line", Input).value


async def test_the_week_is_told_in_figures(tmp_path: Path) -> None:
    async with opened(tmp_path, WeekScreen, (100, 34)) as page:
        for said in (
            "Week 47 · 16–22 November 2026",
            "4 days, 1 piece published",
            "Owed, open",
            "Bram Visser: a talk",
            "Waiting          Tomasz Lund since 2 Nov",
            "Replies written  ",
            "the week before",
            "your circles promise 0.7 exchanges a week",
            "8 days written",
        ):
            assert said in page.text


async def test_p_and_n_turn_the_weeks(tmp_path: Path) -> None:
    async with opened(tmp_path, WeekScreen) as page:
        await page.press("p")
        assert "Week 46 · 9–15 November 2026" in page.text
        assert line_of(page) == "A slow one, and good."
        await page.press("n")
        assert "Week 47" in page.text
        await page.press("n")
        assert "Week 47" in page.text and page.toasts[-1] == "The next week has not come yet."


async def test_enter_writes_the_line_and_enter_keeps_it(tmp_path: Path) -> None:
    async with opened(tmp_path, WeekScreen) as page:
        await page.press("enter")
        await page.type("Wrote p and n, and q.")
        await page.press("enter")
        assert page.desk.world().week_lines["2026-W47"].text == "Wrote p and n, and q."
        await page.press("p")
        assert "Week 46" in page.text


async def test_what_is_typed_stays_when_the_writer_looks_elsewhere(tmp_path: Path) -> None:
    async with opened(tmp_path, WeekScreen) as page:
        await page.press("enter")
        await page.type("Half a")
        await page.press("escape", "p", "n")
        assert line_of(page) == "Half a"
        assert "2026-W47" not in page.desk.world().week_lines


async def test_a_change_by_another_process_leaves_what_is_typed(tmp_path: Path) -> None:
    async with opened(tmp_path, WeekScreen) as page:
        await page.press("enter")
        await page.type("Half a")
        await page.app.screen.ledger_changed()  # type: ignore[attr-defined]
        await page.settle()
        assert line_of(page) == "Half a"


async def test_capital_n_writes_the_notes_and_says_where(tmp_path: Path) -> None:
    async with opened(tmp_path, WeekScreen) as page:
        await page.press("N")
        written = tmp_path / "data" / "notes" / "2026-W47.md"
        assert written.exists()
        assert page.toasts[-1] == f"The notes are in {written}"


async def test_plus_logs_from_the_week(tmp_path: Path) -> None:
    async with opened(tmp_path, WeekScreen) as page:
        await page.press("+")
        await page.type("Odile")
        await page.press("enter")
        assert page.desk.world().touches[-1].person == "odile"


@pytest.mark.parametrize(
    ("start", "end", "title"),
    [
        (date(2026, 11, 16), date(2026, 11, 22), "Week 47 · 16–22 November 2026"),
        (date(2026, 11, 30), date(2026, 12, 6), "Week 47 · 30 November–6 December 2026"),
    ],
    ids=["one month", "two months"],
)
def test_the_title_names_the_days(start: date, end: date, title: str) -> None:
    assert title_of(week(start, end)) == title


def week(start: date, end: date) -> Week:
    return Week("2026-W47", start, end, 0, 0, 0, 0, (0, 0), 0, (0, 0), (), 0.0, 0.0)

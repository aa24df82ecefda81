"""What is typed into the strips, and what it means."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from engage.errors import EngageError
from engage.tui.screens.prompts import (
    Happened,
    Prompt,
    coming_day,
    happened,
    snooze_prompt,
)
from tests.tui.worlds import NOW, Blank, opened

SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "kind", "note", "expected"),
    [
        ("Mara", "reply", "", Happened("Mara", "reply", "out", "")),
        (" Mara ", "", " x ", Happened("Mara", "reply", "out", "x")),
        ("Mara", "let", "", Happened("Mara", "letter", "out", "")),
        ("Mara", "they letter", "", Happened("Mara", "letter", "in", "")),
        ("Mara", "in", "", Happened("Mara", "reply", "in", "")),
        ("https://x.example/@m", "like", "", Happened("https://x.example/@m", "like", "out", "")),
    ],
)
def test_what_happened_is_understood(name: str, kind: str, note: str, expected: Happened) -> None:
    assert happened(name, kind, note) == expected


@pytest.mark.parametrize(
    ("name", "kind", "sentence"),
    [
        ("", "reply", "Who was it?"),
        ("Mara", "sing", "'sing' is nothing to log; it may be reply, comment,"),
        ("Mara", "reply letter", "'reply letter' is nothing to log"),
        ("Mara", "they sing letter", "'they sing letter' is nothing to log"),
    ],
)
def test_what_means_nothing_is_refused_with_the_remedy(name: str, kind: str, sentence: str) -> None:
    with pytest.raises(EngageError) as refused:
        happened(name, kind, "")
    assert str(refused.value).startswith(sentence)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("tomorrow", date(2026, 11, 23)),
        ("3d", date(2026, 11, 25)),
        (" 2w ", date(2026, 12, 6)),
        ("thursday", date(2026, 11, 26)),
        ("2026-12-01", date(2026, 12, 1)),
    ],
)
def test_a_day_to_come_is_understood(text: str, day: date) -> None:
    assert coming_day(text, SUNDAY) == day


@pytest.mark.parametrize("text", ["", "soon", "2026-11-22", "yesterday", "99999999999d"])
def test_no_other_day_is(text: str) -> None:
    with pytest.raises(EngageError):
        coming_day(text, SUNDAY)


async def test_enter_is_enough_to_snooze_until_tomorrow(tmp_path: Path) -> None:
    taken: list[date] = []

    async def take(day: date) -> None:
        taken.append(day)

    async with opened(tmp_path, Blank) as page:
        page.app.push_screen(snooze_prompt(NOW, take))
        await page.settle()
        assert "Snooze until" in page.text and "tomorrow" in page.text
        await page.press("enter")
        assert taken == [date(2026, 11, 23)] and not isinstance(page.app.screen, Prompt)


async def test_what_is_filled_in_gives_way_to_what_is_typed(tmp_path: Path) -> None:
    taken: list[date] = []

    async def take(day: date) -> None:
        taken.append(day)

    async with opened(tmp_path, Blank) as page:
        page.app.push_screen(snooze_prompt(NOW, take))
        await page.settle()
        await page.type("3d")
        await page.press("enter")
        assert taken == [date(2026, 11, 25)]

"""Correcting what the log says happened: everything derived follows, and can be taken back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from engage.errors import EngageError
from engage.tui.screens.person import PersonScreen
from engage.tui.screens.person_prompts import Corrected, corrected
from engage.tui.screens.prompts import Prompt
from engage.tui.screens.the_log import LogScreen
from tests.tui.worlds import NOW, Opened, opened


def mara() -> LogScreen:
    return LogScreen("mara")


def newest(page: Opened) -> tuple[str, str, str]:
    touch = [each for each in page.desk.world().touches if each.person == "mara"][-1]
    return touch.kind, touch.direction, touch.note


async def test_a_touch_is_corrected_and_what_is_derived_follows(tmp_path: Path) -> None:
    async with opened(tmp_path, lambda: PersonScreen("mara")) as page:
        await page.press("l")
        assert isinstance(page.app.screen, LogScreen)
        assert "commented on The kitchen table  seen" in page.text
        await page.press("enter", "ctrl+u")
        await page.type("they talk")
        await page.press("tab", "tab")
        await page.type("By the ferry")
        await page.press("enter")
        assert newest(page) == ("talk", "in", "By the ferry")
        assert not page.desk.standings()["mara"].owed  # a talk asks for no answer
        assert "talked with you about The kitchen table" in page.text
        await page.press("escape")
        assert "Nothing is due before 4 Dec." in page.text
        await page.press("z")
        assert "you have not answered" in page.text


async def test_a_note_alone_leaves_what_is_owed_as_it_is(tmp_path: Path) -> None:
    async with opened(tmp_path, mara) as page:
        before = page.desk.standings()["mara"].owed
        await page.press("j", "enter", "tab", "tab")
        await page.type("On the ferry")
        await page.press("enter")
        assert page.desk.standings()["mara"].owed == before
        assert "On the ferry" in page.text


async def test_another_day_moves_it_and_one_to_come_is_refused(tmp_path: Path) -> None:
    async with opened(tmp_path, mara) as page:
        await page.press("enter", "tab", "ctrl+u")
        await page.type("2027-01-01")
        await page.press("enter")
        assert isinstance(page.app.screen, Prompt)
        assert "2027-01-01 has not come yet; give a day that has." in page.text
        await page.press("ctrl+u")
        await page.type("2026-11-13")
        await page.press("enter")
        assert "Fri 13 Nov  they  commented" in page.text


async def test_what_did_not_happen_is_taken_out_and_brought_back(tmp_path: Path) -> None:
    async with opened(tmp_path, mara) as page:
        await page.press("#")
        assert "The kitchen table" not in page.text
        assert page.toasts[-1].endswith("z takes it back")
        await page.press("z")
        assert "The kitchen table" in page.text


async def test_with_nothing_there_no_key_breaks_anything(tmp_path: Path) -> None:
    async with opened(tmp_path, lambda: LogScreen("hanako")) as page:
        await page.press("enter", "#", "e")
        assert "Nothing yet." in page.text and isinstance(page.app.screen, LogScreen)


@pytest.mark.parametrize(
    ("given", "means"),
    [
        (("reply", "2026-11-13", ""), Corrected("reply", "out", None, "")),
        (("they let", "", " x "), Corrected("letter", "in", None, "x")),
        (
            ("in", "2026-11-12", ""),
            Corrected("reply", "in", datetime(2026, 11, 12, tzinfo=UTC), ""),
        ),
    ],
)
def test_what_is_typed_means(given: tuple[str, str, str], means: Corrected) -> None:
    assert corrected(*given, "2026-11-13", NOW) == means


@pytest.mark.parametrize(
    ("kind", "when", "sentence"),
    [
        ("wave", "", "'wave' is nothing to log"),
        ("reply", "2026-02-30", "'2026-02-30' is no day"),
        ("reply", "soon", "'soon' is no day"),
    ],
)
def test_what_means_nothing_is_refused(kind: str, when: str, sentence: str) -> None:
    with pytest.raises(EngageError, match=sentence):
        corrected(kind, when, "", "2026-11-13", NOW)

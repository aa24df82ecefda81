"""The people: rows, filter, sorting, and what keys say of the person under the cursor."""

from __future__ import annotations

from pathlib import Path

import pytest

from engage.tui.screens.people import PeopleScreen
from engage.tui.screens.person import PersonScreen
from engage.tui.widgets.row_list import RowList
from tests.tui.worlds import Opened, opened


def names(page: Opened) -> list[str]:
    [people] = [screen for screen in page.app.screen_stack if isinstance(screen, PeopleScreen)]
    rows = people.query_one(RowList).rows
    return [row.item[0].name for row in rows]


def under_cursor(page: Opened) -> str:
    row = page.app.screen.query_one(RowList).cursor
    return row.key if row is not None else ""


async def test_everybody_has_a_row_with_a_name_shown_as_it_is(tmp_path: Path) -> None:
    async with opened(tmp_path, PeopleScreen) as page:
        assert len(names(page)) == 7
        assert "[b]Sami[/b] Brandt" in page.text and "山田 花子" in page.text
        assert "People 7" in page.text


async def test_s_sorts_by_the_last_exchange_and_back(tmp_path: Path) -> None:
    async with opened(tmp_path, PeopleScreen) as page:
        by_name = names(page)
        await page.press("s")
        assert names(page)[:4] == ["Mara Quill", "Bram Visser", "Tomasz Lund", "Greta Olsen"]
        assert "by last exchange" in page.text
        await page.press("s")
        assert names(page) == by_name


async def test_the_filter_works_as_the_writer_types(tmp_path: Path) -> None:
    async with opened(tmp_path, PeopleScreen) as page:
        await page.press("/")
        await page.press(*"mar")
        assert names(page) == ["Mara Quill", "Odile Marchand"]
        await page.press("a")
        assert names(page) == ["Mara Quill"]
        await page.press("enter")
        assert isinstance(page.app.screen, PeopleScreen) and "/mara" in page.text
        await page.press("escape")
        assert len(names(page)) == 7 and isinstance(page.app.screen, PeopleScreen)


async def test_esc_in_the_filter_clears_it(tmp_path: Path) -> None:
    async with opened(tmp_path, PeopleScreen) as page:
        await page.press("/")
        await page.type("mara")
        await page.press("escape")
        assert len(names(page)) == 7


async def test_a_filter_that_matches_nobody_says_so(tmp_path: Path) -> None:
    async with opened(tmp_path, PeopleScreen) as page:
        await page.press("/")
        await page.type("zzz")
        assert "Nobody matches; Esc clears the filter." in page.text


async def test_a_number_sets_the_circle_of_the_row_and_nought_takes_it_away(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path, PeopleScreen) as page:
        page.app.screen.query_one(RowList).go("odile")
        await page.press("3")
        assert page.person("odile").circles[-1].value == 3
        assert under_cursor(page) == "odile"
        assert page.toasts[-1] == "circle 3: Odile Marchand · z takes it back"
        await page.press("0")
        assert page.person("odile").circles[-1].value is None


async def test_undo_takes_the_last_change_back(tmp_path: Path) -> None:
    async with opened(tmp_path, PeopleScreen) as page:
        page.app.screen.query_one(RowList).go("odile")
        await page.press("3", "z")
        assert page.person("odile").circles == ()
        assert page.toasts[-1] == "taken back: circle 3: Odile Marchand"
        await page.press("z")
        assert page.toasts[-1] == "There is nothing to take back."


async def test_m_leaves_in_peace_and_no_longer(tmp_path: Path) -> None:
    async with opened(tmp_path, PeopleScreen) as page:
        page.app.screen.query_one(RowList).go("tomasz")
        await page.press("m")
        assert "left in peace" in next(x for x in page.text.splitlines() if "Tomasz" in x)
        await page.press("m")
        assert "left in peace" not in next(x for x in page.text.splitlines() if "Tomasz" in x)


async def test_f_calls_a_friend_and_no_longer(tmp_path: Path) -> None:
    async with opened(tmp_path, PeopleScreen) as page:
        page.app.screen.query_one(RowList).go("odile")
        await page.press("f")
        assert page.person("odile").friend
        await page.press("f")
        assert not page.person("odile").friend


async def test_enter_opens_the_person_and_esc_comes_back_to_the_row(tmp_path: Path) -> None:
    async with opened(tmp_path, PeopleScreen) as page:
        page.app.screen.query_one(RowList).go("mara")
        await page.press("enter")
        assert isinstance(page.app.screen, PersonScreen) and "Mara Quill" in page.text
        await page.press("escape")
        assert isinstance(page.app.screen, PeopleScreen) and under_cursor(page) == "mara"


async def test_plus_logs_with_the_person_of_the_row(tmp_path: Path) -> None:
    async with opened(tmp_path, PeopleScreen) as page:
        page.app.screen.query_one(RowList).go("tomasz")
        await page.press("+", "tab")
        await page.press("ctrl+u")
        await page.type("letter")
        await page.press("tab")
        await page.type("about the loom")
        await page.press("enter")
        touch = page.desk.world().touches[-1]
        assert (touch.person, touch.kind, touch.note) == ("tomasz", "letter", "about the loom")
        assert page.toasts[-1].startswith("log: letter to Tomasz Lund")


async def test_a_name_that_two_have_is_asked_for_again(tmp_path: Path) -> None:
    async with opened(tmp_path, PeopleScreen) as page:
        await page.press("+", "ctrl+u")
        await page.type("Mar")
        await page.press("enter")
        for candidate in ("Mara Quill  (mara)", "Odile Marchand  (odile)"):
            assert candidate in page.text
        assert len(page.desk.world().touches) == 13


async def test_what_another_process_writes_appears(tmp_path: Path) -> None:
    async with opened(tmp_path, PeopleScreen) as page:
        await page.app.desk(_rename_odile)
        await page.app.screen.ledger_changed()  # type: ignore[attr-defined]
        await page.settle()
        assert "Odette" in page.text


def _rename_odile(desk: object) -> None:
    from engage.services.edit_person import rename

    rename(desk, "odile", "Odette")  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)], ids=str)
async def test_rows_fit_the_width(tmp_path: Path, size: tuple[int, int]) -> None:
    async with opened(tmp_path, PeopleScreen, size) as page:
        line = next(line for line in page.text.splitlines() if "Tomasz" in line)
        assert "20 days ago" in line and "due 2 Dec" in line

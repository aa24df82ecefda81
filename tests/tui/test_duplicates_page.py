"""Who may be here twice: pointed out, and made one by the writer alone."""

from __future__ import annotations

from pathlib import Path

from engage.domain.changes import change, put
from engage.domain.records import Person
from engage.tui.screens.duplicates import DuplicatesScreen
from engage.tui.screens.people import PeopleScreen
from engage.tui.screens.person import PersonScreen
from tests.tui.worlds import NOW, Opened, ago, opened


async def twins(page: Opened) -> None:
    twin = Person("twin", "Mara Quill", ago(5), profiles=("https://quill.example/",))
    other = Person("tom", "Tom L.", ago(5), profiles=("https://a.example/@[b]tlund",))
    third = Person("tl", "T. Lund", ago(4), profiles=("https://b.example/@[b]tlund",))
    puts = [put(each) for each in (twin, other, third)]
    page.desk.store.commit(change("twins", puts, NOW, by="refresh"))
    await page.press("D")


async def test_pairs_say_what_speaks_for_them(tmp_path: Path) -> None:
    async with opened(tmp_path, PeopleScreen) as page:
        await twins(page)
        assert isinstance(page.app.screen, DuplicatesScreen)
        assert "2 pairs" in page.text
        assert "Mara Quill · Mara Quill   both are called Mara Quill" in page.text
        assert "Tom L. · T. Lund   both call themselves [b]tlund" in page.text


async def test_two_become_one_and_two_again(tmp_path: Path) -> None:
    async with opened(tmp_path, PeopleScreen) as page:
        await twins(page)
        first = page.text.splitlines()[2]
        await page.press("M")
        assert "1 pair" in page.text and first not in page.text
        assert page.toasts[-1].endswith("z takes it back")
        await page.press("z")
        assert "2 pairs" in page.text and first in page.text


async def test_enter_looks_at_the_one(tmp_path: Path) -> None:
    async with opened(tmp_path, PeopleScreen) as page:
        await twins(page)
        await page.press("enter")
        assert isinstance(page.app.screen, PersonScreen)
        assert "Perhaps also" in page.text


async def test_where_nobody_is_here_twice_it_says_so(tmp_path: Path) -> None:
    async with opened(tmp_path, DuplicatesScreen) as page:
        assert "Nobody seems to be here twice." in page.text
        await page.press("M", "enter")
        assert isinstance(page.app.screen, DuplicatesScreen)

"""Bringing people along on the screen: choose, look, decide, say what columns hold, write."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual.widgets import Input

from engage.services.importing.offer import Offer, offered
from engage.services.outcomes import Preview
from engage.services.remember import undo
from engage.services.transfer import Bring, preview
from engage.tui.desk_thread import DeskThread
from engage.tui.screens.bringing import BringingScreen
from engage.tui.widgets.bringing_rows import Decision, Heading
from engage.tui.widgets.row_list import RowList
from engage.tui.widgets.source_input import unquoted
from tests.tui.worlds import Opened, Quiet, opened

FRIENDS = (
    '{"friends_v2":[{"name":"Mara Quill","timestamp":1600000000},{"name":"Tomasz Lund"},'
    '{"name":"Sofia Bell","timestamp":1600000001}]}'
)
TABLE = "Vorname,Nachname,Seite\nPia,Lund,pia.example\n"

Open = Callable[..., AbstractAsyncContextManager[Opened]]


class Here(Quiet):
    """A background that imports on the desk's own thread."""

    def __init__(self, desk: DeskThread) -> None:
        super().__init__()
        self._desk = desk
        self.brought: list[Bring] = []

    async def bring(self, asked: Bring) -> Preview:
        self.brought.append(asked)
        return await self._desk(preview, asked)


@pytest.fixture
def bringing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """The page, with the writer's downloads in a folder of the test's own."""
    downloads = tmp_path / "user" / "Downloads"
    downloads.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    for name, text in (
        ("friends.json", FRIENDS), ("leute.csv", TABLE), ("prose.txt", "It was a dark night.\n"),
        ("holiday.jpg", "x"),
    ):  # fmt: skip
        (downloads / name).write_text(text)

    @asynccontextmanager
    async def page(size: tuple[int, int] = (80, 24)) -> AsyncIterator[Opened]:
        async with opened(tmp_path / "home", BringingScreen, size) as found:
            found.app.background = Here(found.app.desk)
            yield found

    return page


def rows(page: Opened) -> list[str]:
    found = []
    for row in page.app.screen.query_one(RowList).rows:
        item = row.item
        if isinstance(item, Heading):
            found.append(f"{item.words} {item.count}")
        elif isinstance(item, Decision):
            found.append(f"? {item.answer.words if item.answer else ''}")
        else:
            found.append(item.path.name if isinstance(item, Offer) else str(item))
    return found


async def read(page: Opened, name: str) -> None:
    await page.type(f"~/Downloads/{name}")
    await page.press("enter")


async def test_the_downloads_are_offered_and_one_is_read(bringing: Open) -> None:
    async with bringing() as page:
        assert set(rows(page)) == {"friends.json", "leute.csv", "prose.txt"}
        await page.type("~/Downloads/fr")
        assert rows(page) == ["friends.json"]
        await page.press("enter")
        assert rows(page)[0] == "To decide 2"
        assert "New 1" in rows(page)
        assert "facebook · 2 to decide · 1 new" in page.text
        assert len(page.desk.world().people) == 7


async def test_keys_decide_and_enter_writes_one_step(bringing: Open) -> None:
    async with bringing() as page:
        await read(page, "friends.json")
        assert "1 Mara Quill" in page.text
        await page.press("1")
        assert rows(page)[1].startswith("? Mara Quill")
        assert "Tomasz Lund  connected with you: who is that?" in page.text  # the next to decide
        assert "1 to decide" in page.text
        await page.press("n", "enter")
        assert not isinstance(page.app.screen, BringingScreen)
        assert page.toasts == ["Brought along: 2 new, 1 changed · z takes it back"]
        people = page.desk.world().people
        assert sorted(each.name for each in people.values()).count("Tomasz Lund") == 2
        assert people["mara"].directions == ("mutual",)
        undo(page.desk)
        assert len(page.desk.world().people) == 7
        assert page.person("mara").directions == ()


async def test_esc_leaves_with_nothing_written(bringing: Open) -> None:
    async with bringing() as page:
        await read(page, "friends.json")
        await page.press("1", "escape")
        assert not isinstance(page.app.screen, BringingScreen)
        assert len(page.desk.world().people) == 7
        assert page.person("mara").directions == ()


async def test_a_key_that_is_no_answer_there_does_nothing(bringing: Open) -> None:
    async with bringing() as page:
        await read(page, "friends.json")
        before = rows(page)
        await page.press("9", "f", "s")
        assert rows(page) == before


async def test_a_pasted_list_is_read_at_once_and_asked_for_its_direction(bringing: Open) -> None:
    async with bringing() as page:
        await page.type("@nora\n@emil\n")
        assert rows(page)[:2] == ["To decide 1", "? "]
        assert "stand to you" in page.text
        await page.press("f", "y")
        new = [each for each in page.desk.world().people.values() if each.name == "nora"]
        assert [each.directions for each in new] == [("follows_me",)]


async def test_what_cannot_be_read_says_so_and_what_was_typed_stays(bringing: Open) -> None:
    async with bringing() as page:
        await read(page, "prose.txt")
        assert "one person a line" in page.text.replace("\n ", " ")
        assert page.app.screen.query_one(Input).value == "~/Downloads/prose.txt"
        await page.type("~/Downloads/none.csv")
        await page.press("enter")
        assert "no such file" in page.text


async def test_columns_are_named_by_a_key_each_and_read_so(bringing: Open) -> None:
    async with bringing() as page:
        await read(page, "leute.csv")
        assert "what is in the columns?" in page.text
        assert "address" in page.text  # pia.example looks like one
        await page.press("f", "l", "enter")
        assert "Pia Lund  https://pia.example" in rows(page)
        await page.press("c")
        assert "last name" in page.text
        await page.press("escape", "enter")
        pia = [each for each in page.desk.world().people.values() if each.name == "Pia Lund"]
        assert [each.profiles for each in pia] == [("https://pia.example",)]


async def test_columns_that_say_nobody_are_refused(bringing: Open) -> None:
    async with bringing() as page:
        await read(page, "leute.csv")
        await page.press("x", "x", "x", "enter")
        assert "what is in the columns?" in page.text
        assert "no column that engage knows" in page.text.replace("\n", "")


async def test_what_is_known_already_is_not_written_again(bringing: Open) -> None:
    async with bringing() as page:
        await page.type("Followers\n@nora\n@emil\n")
        await page.press("y")
        page.app.action_bring()
        await page.settle()
        await page.type("Followers\n@nora\n@emil\n")
        assert "Known 2" in rows(page)
        await page.press("y")
        assert isinstance(page.app.screen, BringingScreen)
        assert "nothing is written" in page.text.replace("\n", "")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)], ids=str)
async def test_it_fits(
    bringing: Open, size: tuple[int, int], golden: Callable[[str, str], None]
) -> None:
    async with bringing(size) as page:
        await read(page, "friends.json")
        await page.press("1")
        assert all(len(line) <= size[0] for line in page.text.splitlines())
        golden(f"bringing-{size[0]}.txt", page.text)


async def test_the_key_and_the_help_lead_there(bringing: Open) -> None:
    async with bringing() as page:
        await read(page, "friends.json")
        await page.press("?")
        assert "Bringing people along" in page.text
        assert "1–9, n, x, f, i, m, s Decide what is unclear" in page.text
        await page.press("escape", "escape", "I")
        assert isinstance(page.app.screen, BringingScreen)


@pytest.mark.parametrize(
    ("pasted", "path"),
    [
        ("'/home/ines/My export.zip' ", "/home/ines/My export.zip"),
        ("/home/ines/My\\ export.zip", "/home/ines/My export.zip"),
        ("/home/ines/a.zip\n", "/home/ines/a.zip"),
        ("file:///home/ines/My%20export.zip", "/home/ines/My export.zip"),
        ("/home/ines/it's.zip", "/home/ines/it's.zip"),
        ("/home/ines/My export.zip", "/home/ines/My export.zip"),
    ],
)
def test_a_file_dropped_on_the_terminal(pasted: str, path: str) -> None:
    assert unquoted(pasted) == path


def test_a_folder_is_offered_whole_and_with_what_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "a.csv").write_text("x")
    nobody: object = None
    first, second = offered(nobody, f"{tmp_path}/export/")  # type: ignore[arg-type]
    assert (first.whole, first.folder, second.path.name) == (True, True, "a.csv")
    (folder,) = offered(nobody, f"{tmp_path}/ex")  # type: ignore[arg-type]
    assert (folder.folder, folder.whole) == (True, False)
    assert offered(nobody, "\x00") == offered(nobody, "~nobody-at-all/") == ()  # type: ignore[arg-type]


async def test_a_path_among_the_first_addresses_is_read_as_an_export(bringing: Open) -> None:
    async with bringing() as page:
        await page.press("escape")
        await page.app.action_add()
        await page.settle()
        await page.type("~/Downloads/friends.json")
        await page.press("enter")
        assert isinstance(page.app.screen, BringingScreen)
        assert rows(page)[0] == "To decide 2"
        await page.press("escape")
        await page.type("Followers\nNora Vik https://nora.example\nEmil\n")
        assert isinstance(page.app.screen, BringingScreen)
        assert "Nora Vik  https://nora.example  follows you" in rows(page)


class Held(Here):
    """A background that answers when the test says so."""

    def __init__(self, desk: DeskThread) -> None:
        super().__init__(desk)
        self.go_on = asyncio.Event()
        self.reading = False

    async def bring(self, asked: Bring) -> Preview:
        if asked.write or self.reading:
            await self.go_on.wait()
        return await super().bring(asked)


async def test_it_is_written_once_however_often_the_key_is_pressed(bringing: Open) -> None:
    async with bringing() as page:
        held = page.app.background = Held(page.app.desk)
        await read(page, "friends.json")
        for key in ("y", "y", "enter", "escape", "n"):
            await page.pilot.press(key)
        assert isinstance(page.app.screen, BringingScreen)
        assert "It is being written" in page.toasts[0]
        held.go_on.set()
        await page.settle()
        assert not isinstance(page.app.screen, BringingScreen)
        assert [each.write for each in held.brought] == [False, True]
        assert len(page.desk.world().people) == 9


async def test_esc_while_it_reads_leaves(bringing: Open) -> None:
    async with bringing() as page:
        held = page.app.background = Held(page.app.desk)
        held.reading = True
        await page.type("~/Downloads/fr")
        await page.pilot.press("enter")
        await page.pilot.pause()
        assert "reading" in page.text
        await page.press("escape")
        assert not isinstance(page.app.screen, BringingScreen)


async def test_a_click_on_a_file_leaves_the_keys_where_they_are(bringing: Open) -> None:
    async with bringing() as page:
        await page.pilot.click(RowList, offset=(5, 1))
        assert isinstance(page.app.focused, Input)
        await page.press("tab")
        assert page.app.screen.query_one(Input).value.startswith("/")
        await page.press("enter")
        await page.pilot.click("#about")
        await page.press("j")
        assert isinstance(page.app.focused, RowList)


async def test_what_others_wrote_is_shown_literally(bringing: Open) -> None:
    async with bringing() as page:
        await page.type("BEGIN:VCARD\nFN:[b]Sami[/b] Brandt\nEND:VCARD\n")
        assert "[b]Sami[/b] Brandt" in page.text

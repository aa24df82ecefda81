"""What the inbox looks like: at three sizes as text, in each theme as a picture."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.tui.conftest import OpenInbox, picture

SIZES = [(60, 20), (80, 24), (120, 40)]

LOOKS: dict[str, list[str]] = {
    "inbox": [],
    "inbox-decided": ["e", "j", "#", "x"],
    "inbox-reading": ["j", "j", "j", "j", "j", "enter"],
}


@pytest.mark.parametrize("name", LOOKS)
async def test_the_inbox_looks_as_agreed(
    open_inbox: OpenInbox, golden: Callable[[str, str], None], name: str
) -> None:
    async with open_inbox(SIZES[0]) as page:
        await page.press(*LOOKS[name])
        for size in SIZES:
            await page.resize(*size)
            await page.pilot.pause(0.2)  # the pane beside the list follows when the cursor rests
            await page.settle()
            golden(f"{name}-{size[0]}x{size[1]}.txt", page.text + "\n")


@pytest.mark.parametrize("theme", ["engage-dark", "engage-light"])
async def test_a_theme_looks_as_agreed(
    open_inbox: OpenInbox, golden: Callable[[str, str], None], theme: str
) -> None:
    async with open_inbox((120, 36)) as page:
        page.app._use_theme(theme)
        await page.press("j", "e", "x")
        await page.pilot.pause(0.2)
        await page.settle()
        golden(f"inbox-{theme.removeprefix('engage-')}.svg", picture(page.app))


async def test_without_colour_the_cursor_and_the_one_of_today_are_still_marked(
    open_inbox: OpenInbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_inbox() as page:
        assert page.app.no_color
        await page.press("j")
        lines = page.text.splitlines()
        assert any(line.startswith(" ● Mara Quill") for line in lines)
        assert any(line.startswith("›  Tomasz Lund") for line in lines)


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (200, 50)], ids=str)
async def test_the_person_and_the_reason_stay_at_any_size(
    open_inbox: OpenInbox, size: tuple[int, int]
) -> None:
    async with open_inbox(size) as page:
        row = next(line for line in page.text.splitlines() if "Tomasz Lund" in line)
        assert "answered you, Fri" in row


async def test_resizing_keeps_the_cursor_on_its_row(open_inbox: OpenInbox) -> None:
    async with open_inbox((120, 40)) as page:
        await page.press("G", "k")
        before = page.app.screen.rows.cursor.key
        await page.pilot.resize_terminal(60, 20)
        await page.pilot.pause(0.3)
        assert page.app.screen.rows.cursor.key == before
        assert [line for line in page.text.splitlines() if line.startswith("›")]
        await page.pilot.resize_terminal(120, 40)
        await page.pilot.pause(0.3)
        assert page.app.screen.rows.cursor.key == before


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24)], ids=str)
async def test_no_word_of_a_toast_is_cut_off(open_inbox: OpenInbox, size: tuple[int, int]) -> None:
    async with open_inbox(size, toasts=True) as page:
        await page.press("j", "i")
        await page.pilot.pause(0.1)
        await page.settle()
        said = " ".join(line.partition("▌")[2] for line in page.text.splitlines() if "▌" in line)
        assert [word for word in said.split() if set(word) != {"─"}] == page.toasts[-1].split()

"""Choosing a link by its number."""

from __future__ import annotations

from pathlib import Path

import pytest

from engage.tui.screens.links import LinkChooser, choose_link
from engage.tui.widgets.article import Link
from tests.tui.worlds import Blank, Opened, opened


def links(number: int) -> list[Link]:
    return [Link(at, f"[b]{at}[/b]", f"https://x.example/{at}") for at in range(1, number + 1)]


async def choose(page: Opened, number: int, *keys: str) -> list[str | None]:
    chosen: list[str | None] = []
    page.app.push_screen(LinkChooser(links(number)), chosen.append)
    await page.settle()
    await page.press(*keys)
    return chosen


@pytest.mark.parametrize(
    ("number", "keys", "chosen"),
    [
        pytest.param(3, ["2"], ["https://x.example/2"], id="at once where only one is meant"),
        pytest.param(12, ["1"], [], id="not yet where several may be meant"),
        pytest.param(12, ["1", "2"], ["https://x.example/12"], id="two figures"),
        pytest.param(12, ["1", "enter"], ["https://x.example/1"], id="enter ends a number"),
        pytest.param(12, ["1", "backspace", "3"], ["https://x.example/3"], id="rubbed out"),
        pytest.param(3, ["7"], [], id="no such link"),
        pytest.param(3, ["enter"], [], id="no number"),
        pytest.param(3, ["escape"], [None], id="none"),
    ],
)
async def test_a_number_opens_its_link(
    tmp_path: Path, number: int, keys: list[str], chosen: list[str | None]
) -> None:
    async with opened(tmp_path, Blank) as page:
        assert await choose(page, number, *keys) == chosen


async def test_links_are_shown_as_they_are_and_can_be_scrolled(tmp_path: Path) -> None:
    async with opened(tmp_path, Blank) as page:
        await choose(page, 40)
        assert "[1] [b]1[/b]  x.example/1" in page.text and "Which number?" in page.text
        assert "x.example/22" not in page.text
        await page.pilot.press(*["down"] * 12)
        assert "x.example/22" in page.text


async def test_without_links_that_is_said(tmp_path: Path) -> None:
    async with opened(tmp_path, Blank) as page:
        choose_link(page.app, [])
        await page.settle()
        assert page.toasts[-1] == "There are no links in this one."

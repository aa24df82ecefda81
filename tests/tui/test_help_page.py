"""The help: from the registry, with the writer's own keys, and searchable."""

from __future__ import annotations

from pathlib import Path

import pytest

from engage.tui.actions import PLACES
from engage.tui.keymap import load_keymap
from engage.tui.screens.help import HelpScreen, help_lines
from engage.tui.screens.people import PeopleScreen
from engage.tui.widgets.text_lines import lines_of
from tests.tui.worlds import opened


def told(places: tuple[str, ...], query: str = "", **own: str | bool) -> str:
    lines = lines_of(help_lines(places, load_keymap(own), query), 80)
    return "\n".join(line.plain for line in lines)


@pytest.mark.parametrize("place", PLACES)
def test_each_place_has_its_keys(place: str) -> None:
    assert told((place,)).startswith(PLACES[place] + "\n")


def test_the_keys_are_the_writers_own() -> None:
    assert "ctrl+e" in told(("inbox",), done="ctrl+e").casefold()
    assert "I did this" not in told(("inbox",), done=False)


def test_keys_that_do_the_same_are_one_line() -> None:
    assert "Enter, space" in told(("inbox",))


def test_only_what_is_asked_for_is_told() -> None:
    found = told(("people", "list", "everywhere"), "circle 3")
    assert "Put them in circle 3" in found and "circle 2" not in found
    assert told(("people",), "zzz") == "No key has to do with that; Esc shows all.\n"


async def test_question_mark_tells_the_keys_of_where_the_writer_is(tmp_path: Path) -> None:
    async with opened(tmp_path, PeopleScreen, (80, 40)) as page:
        await page.press("?")
        assert isinstance(page.app.screen, HelpScreen)
        assert page.text.index("People") < page.text.index("In every list")
        await page.press("/")
        await page.type("sort")
        await page.press("enter")
        assert "By name, or by the last exchange" in page.text
        assert "Put them in circle" not in page.text
        await page.press("escape")
        assert "Put them in circle 1" in page.text
        await page.press("escape")
        assert isinstance(page.app.screen, PeopleScreen)

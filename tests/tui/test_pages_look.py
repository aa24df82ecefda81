"""What the pages look like at three sizes, as text that reviews as a diff.

``ENGAGE_UPDATE_GOLDEN=1 pytest tests/tui/test_pages_look.py`` writes the pictures anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from textual.screen import Screen

from engage.domain.posts import Block, Entry, Post, Span
from engage.domain.records import Feed, Person
from engage.services.outcomes import Added, AddedFeed, Refusal
from engage.tui.screens.feeds import FeedsScreen
from engage.tui.screens.first_run import FirstRunScreen
from engage.tui.screens.help import HelpScreen
from engage.tui.screens.people import PeopleScreen
from engage.tui.screens.person import PersonScreen
from engage.tui.screens.reading import ReadingScreen
from engage.tui.screens.week import WeekScreen
from tests.tui.worlds import NOW, Opened, opened, troubled_feeds

SIZES = [(60, 20), (80, 24), (120, 40)]

SORREL = (
    Block(
        "p",
        (
            Span("The field behind "),
            Span("the school", "link", "https://pia.example/school"),
            Span(" was never ours, which is why we knew every stone of it. We went there "),
            Span("every", "em"),
            Span(" evening, and nobody called us back before the lamps were lit."),
        ),
    ),
    Block("quote", (Span("You can own a thing by looking at it long enough, my aunt said."),)),
    Block("h", (Span("What grew there"),), 2),
    Block("li", (Span("sorrel, which is sour and free"),)),
    Block("li", (Span("nettles, of which my mother made a soup that I have not met again"),)),
    Block("img", (Span("The field in March"),)),
    Block("code", (Span("for stone in field:\n    know(stone)"),)),
    Block("p", (Span("私はガラスを食べられます。それは私を傷つけません。" * 4),)),
)


def reading() -> ReadingScreen:
    entry = Entry(
        title="A field of sorrel",
        url="https://pia.example/sorrel",
        published=NOW - timedelta(days=3),
        words=2070,
        blocks=SORREL,
    )
    return ReadingScreen(Person("pia", "Pia Novak", NOW), [Post("p", "f", NOW, entry)])


async def _add(targets: Sequence[str], own: bool) -> Added:
    if own:
        feed = Feed("mara-feed", "u", "u", "own", NOW, title="Slow pages")
        return Added((AddedFeed(feed, None, 3),), (), (), None)
    return Added((), (), (Refusal(targets[0], "No feed was found there."),), None)


async def _fill_in(page: Opened) -> None:
    await page.type("me.example")
    await page.press("enter")
    await page.type("x.example")
    await page.press("enter")


async def _as_it_is(_page: Opened) -> None:
    return None


async def _why(page: Opened) -> None:
    await page.press("i")


async def _troubled(page: Opened) -> None:
    await page.app.desk(troubled_feeds)
    await page.app.screen.ledger_changed()  # type: ignore[attr-defined]
    await page.settle()
    await page.press("home")


async def _log(page: Opened) -> None:
    await page.press("+")


LOOKS = {
    "people": (PeopleScreen, _as_it_is),
    "person": (lambda: PersonScreen("mara"), _as_it_is),
    "person-why": (lambda: PersonScreen("mara"), _why),
    "person-log": (lambda: PersonScreen("mara"), _log),
    "week": (WeekScreen, _as_it_is),
    "feeds": (FeedsScreen, _troubled),
    "help": (lambda: HelpScreen(("people", "list")), _as_it_is),
    "first-run": (lambda: FirstRunScreen(_add), _fill_in),
    "reading": (reading, _as_it_is),
}


#: Pages that differ from others only in what lies over them: one size says it.
ONCE = ("person-why", "person-log")


@pytest.mark.parametrize("name", LOOKS)
async def test_the_page_looks_as_agreed(
    tmp_path: Path, golden: Callable[[str, str], None], name: str
) -> None:
    screen: Callable[[], Screen[None]]
    screen, before = LOOKS[name]
    async with opened(tmp_path, screen, SIZES[0]) as page:
        await before(page)
        for size in SIZES if name not in ONCE else SIZES[:1]:
            await page.resize(*size)
            golden(f"{name}-{size[0]}x{size[1]}.txt", page.text + "\n")

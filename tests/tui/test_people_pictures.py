"""The pictures of docs/people.md: a person, the week and its review in the made-up writer's world.

``ENGAGE_UPDATE_GOLDEN=1 pytest tests/tui/test_people_pictures.py`` writes them anew.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.screen import Screen

from engage.tui.screens.person import PersonScreen
from engage.tui.screens.review import ReviewScreen
from engage.tui.screens.week import WeekScreen
from tests.tui.conftest import OpenInbox, picture

SIZES = [(60, 20), (80, 24), (120, 40)]
DOCS = Path(__file__).parents[2] / "docs" / "people.md"


async def test_the_pictures_of_the_docs_are_what_the_screen_shows(
    open_inbox: OpenInbox, golden: Callable[[str, str], None]
) -> None:
    told = DOCS.read_text(encoding="utf-8")
    async with open_inbox(SIZES[0]) as page:
        mara = next(id for id, who in page.desk.world().people.items() if who.name == "Mara Quill")
        pages: dict[str, Screen[None]] = {
            "person": PersonScreen(mara),
            "week": WeekScreen(),
            "review": ReviewScreen(),
        }
        for name, screen in pages.items():
            await page.app.push_screen(screen)
            await page.settle()
            for width, height in SIZES:
                await page.resize(width, height)
                picture_of = f"{name}-demo-{width}x{height}.svg"
                golden(picture_of, picture(page.app))
                assert picture_of in told
            await page.app.pop_screen()

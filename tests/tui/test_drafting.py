"""``r`` in the inbox: the small editor, the question, and what it logs."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from textual import events

from engage.tui.screens.draft import DraftScreen


@pytest.fixture(autouse=True)
def no_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)


async def until(page: Any, what: Any) -> None:
    """Wait until something holds; a test that waits in vain fails."""
    async with asyncio.timeout(10):
        while not what():
            await page.pilot.pause(0.02)


async def draft(page: Any, *keys: str) -> None:
    """Open the draft of the first row, type, and leave it."""
    await page.pilot.press("r")
    await until(page, lambda: isinstance(page.app.screen, DraftScreen))
    await page.pilot.press(*keys)
    await page.pilot.press("escape")
    await until(page, lambda: not isinstance(page.app.screen, DraftScreen))


async def test_a_draft_is_copied_asked_about_and_logged(open_inbox: Any) -> None:
    async with open_inbox() as page:
        await draft(page, "H", "i")
        await until(page, lambda: "Did you post it?" in page.text)
        assert page.app.clipboard == "Hi"
        await page.pilot.press("y")
        await until(page, lambda: "answered · z undo" in page.text)


async def test_an_empty_draft_asks_nothing(open_inbox: Any) -> None:
    async with open_inbox() as page:
        await draft(page)
        await until(page, lambda: any("empty" in toast for toast in page.toasts))
        assert "Did you post it?" not in page.text


async def test_not_yet_puts_the_row_on_the_pile_and_asks_no_more(open_inbox: Any) -> None:
    async with open_inbox() as page:
        await draft(page, "H", "i")
        await until(page, lambda: "Did you post it?" in page.text)
        assert "y yes · l not yet" in page.text
        assert "· Mara Quill" in page.text and "written, not posted" in page.text, "the row dims"
        await page.pilot.press("l")
        await until(page, lambda: "in Reply later" in page.text)
        await page.app.look()
        lines = page.text.splitlines()
        assert not any("Did you post it?" in line for line in lines)
        assert "Owed" in lines[2] and "Mara Quill" in lines[3], "rows and headings stay"
        states = {task.state for task in page.desk.tasks() if task.kind == "reply"}
        assert "later" in states


async def test_an_address_that_is_pasted_or_typed_is_where_the_reply_is(open_inbox: Any) -> None:
    async with open_inbox() as page:
        await draft(page, "H", "i")
        await until(page, lambda: "Did you post it?" in page.text)
        await page.pilot.press("Y")
        await until(page, lambda: "It is at" in page.text)
        await page.type("here")
        await page.pilot.press("enter")
        await until(page, lambda: "'here' is no web address" in page.text)
        await page.pilot.press("escape")
        page.app.post_message(events.Paste("https://ines.example/the-kitchen-table#comment-9"))
        await until(page, lambda: "answered · z undo" in page.text)
        out = max(page.desk.world().touches, key=lambda touch: touch.recorded)
        assert out.url == "https://ines.example/the-kitchen-table#comment-9"

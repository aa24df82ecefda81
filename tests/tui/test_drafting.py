"""``r`` in the inbox: the small editor, the question, and what it logs."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

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

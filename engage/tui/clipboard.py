"""Copying from the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engage.services.outside import by_program, by_terminal, too_long

if TYPE_CHECKING:
    from textual.app import App


async def copy(app: App[int], text: str) -> str:
    """Copy a text both ways; a sentence on what may be in the way, "" if nothing is."""
    sequences = by_terminal(text)
    if sequences and app._driver is not None:
        app._clipboard = text  # what Textual pastes by itself
        app._driver.write(sequences)
    return "" if await by_program(text) or sequences else too_long(text)

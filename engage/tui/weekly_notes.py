"""Writing the weekly notes from the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engage.errors import EngageError
from engage.services.desk import Desk
from engage.services.notes import write_notes

if TYPE_CHECKING:
    from engage.tui.app import EngageApp


async def write_them(app: EngageApp, week: str) -> None:
    """Write the notes of a week, and say where they are."""
    try:
        path = await app.desk(_write, week)
    except EngageError as refusal:
        app.say(str(refusal), warning=True)
    else:
        app.say(f"The notes are in {path}")


def _write(desk: Desk, week: str) -> str:
    folder = desk.paths.data / "notes"
    folder.mkdir(parents=True, exist_ok=True)
    return str(write_notes(desk, folder, week))

"""The inbox."""

from __future__ import annotations

from typing import ClassVar

from engage.tui.screens.desk_screen import DeskScreen


class InboxScreen(DeskScreen):
    """What is worth doing, and what each of it is about."""

    PLACES: ClassVar[tuple[str, ...]] = ("inbox", "list", "everywhere")

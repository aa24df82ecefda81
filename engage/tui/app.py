"""The app: wiring only."""

from __future__ import annotations

from textual.app import App

from engage.services.desk import Desk
from engage.tui.desk_thread import DeskThread
from engage.tui.keymap import load_keymap
from engage.tui.screens.inbox import InboxScreen


class EngageApp(App[int]):
    """engage on the screen."""

    CSS_PATH = "styles/base.tcss"
    TITLE = "engage"

    def __init__(self, desk: Desk, *, background: object = None) -> None:
        super().__init__()
        self.background = background
        self.desk = DeskThread(desk)
        self.keymap = load_keymap(desk.settings.keys)

    def get_default_screen(self) -> InboxScreen:
        return InboxScreen()


def run(desk: Desk) -> int:
    """Open the screen; the exit status."""
    return EngageApp(desk).run() or 0

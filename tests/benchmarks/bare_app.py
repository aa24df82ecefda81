"""The least that Textual can show, to compare with: a line that counts the keys pressed."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Static


class Bare(App[None]):
    """One widget, repainted with every key."""

    def compose(self) -> ComposeResult:
        self.keys = 0
        yield Static("ready")

    def on_key(self, event: Key) -> None:
        if event.key == "j":
            self.keys += 1
            self.query_one(Static).update(f"keys {self.keys}")


if __name__ == "__main__":
    Bare().run()

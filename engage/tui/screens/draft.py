"""A small editor for replies, where the writer has named none of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Static, TextArea

#: Seconds without a key after which what is written is saved.
PAUSE = 0.5


class DraftScreen(ModalScreen[str]):
    """The reply below what it answers. Esc or Ctrl+S end it; dismissed with the text.

    ``save`` is told as the writer pauses, so that nothing is lost.
    """

    DEFAULT_CSS = """
    DraftScreen { align: center middle; background: transparent; }
    DraftScreen #draft { width: 100%; max-width: 84; height: 100%; background: $surface; }
    DraftScreen #about { height: auto; max-height: 8; padding: 0 1; color: $text-muted; }
    DraftScreen TextArea, DraftScreen TextArea:focus {
        height: 1fr;
        padding: 0 1;
        border: none;
        border-top: solid $engage-line;
        border-bottom: solid $engage-line;
    }
    DraftScreen #count { height: 1; padding: 0 1; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+s", "leave", "Done", show=False, priority=True)
    ]

    def __init__(self, about: str, text: str, save: Callable[[str], None]) -> None:
        super().__init__()
        self._about, self._text, self._save = about, text, save
        self._saving: Timer | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="draft"):
            yield Static(Content(self._about), id="about")
            yield TextArea(self._text, soft_wrap=True, tab_behavior="focus")
            yield Static(id="count")

    def on_mount(self) -> None:
        area = self.query_one(TextArea)
        area.focus()
        area.move_cursor(area.document.end)
        self._count()

    @on(TextArea.Changed)
    def _changed(self) -> None:
        self._count()
        if self._saving is not None:
            self._saving.stop()
        self._saving = self.set_timer(PAUSE, self._keep)

    def action_leave(self) -> None:
        if self._saving is not None:
            self._saving.stop()
        self.dismiss(self.query_one(TextArea).text)

    def _keep(self) -> None:
        self._save(self.query_one(TextArea).text)

    def _count(self) -> None:
        words = len(self.query_one(TextArea).text.split())
        said = f"{words} word{'s' if words != 1 else ''} · Esc ends it, the draft is kept"
        self.query_one("#count", Static).update(Content(said))

"""The line at the top: where the writer is, and how things stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget

_GAP = 2


class StatusLine(Widget):
    """Words at the left, and at the right as many of the notes as there is room for; the most
    important is the last and goes last."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"status--muted", "status--accent"}

    DEFAULT_CSS = """
    StatusLine {
        height: 1;
        width: 1fr;
        padding: 0 1;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        & > .status--muted { color: $text-muted; }
        & > .status--accent { color: $accent; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._left = Content("")
        self._notes: tuple[Sequence[str], ...] = ()
        self._news = ""

    def show(self, left: Content, notes: Sequence[Sequence[str]] = (), news: str = "") -> None:
        """``notes``: each in its forms, the longest first. ``news`` stands out and always stays."""
        state = (left, tuple(notes), news)
        if state != (self._left, self._notes, self._news):
            self._left, self._notes, self._news = state
            self.refresh()

    def render(self) -> Content:
        width = self.content_size.width
        room = width - self._left.cell_length - _GAP
        right = self._right(room)
        if right.cell_length > max(room, 0):
            return self._left.truncate(width, ellipsis=True)
        gap = width - self._left.cell_length - right.cell_length
        return Content.assemble(self._left, " " * gap, right)

    def _right(self, room: int) -> Content:
        """The longest form of all notes that fits; the first notes are left out before others."""
        news = Content.styled(self._news, ".status--accent")
        notes = [note for note in self._notes if note]
        while notes:
            for form in range(max(len(note) for note in notes)):
                words = [note[min(form, len(note) - 1)] for note in notes]
                content = Content.styled(
                    " · ".join(word for word in words if word), ".status--muted"
                )
                if self._news:
                    content = Content.assemble(content, (" · ", ".status--muted"), news)
                if content.cell_length <= room:
                    return content
            notes = notes[:-1]
        return news

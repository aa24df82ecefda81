"""The line about a week in the writer's own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static


class _Line(Input):
    """Esc goes back to the page, and what was typed stays."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "screen.leave_line", show=False)]


class OwnWords(Horizontal):
    """What is typed is kept for each week until it is said or taken back."""

    DEFAULT_CSS = """
    OwnWords {
        height: 2;
        padding: 0 1;
        border-top: solid $engage-line;
        & > Static { width: auto; color: $text-muted; }
        & > Input { width: 1fr; height: 1; }
    }
    """

    @dataclass
    class Said(Message):
        """The line is as the writer wants it."""

        week: str
        text: str

    def __init__(self) -> None:
        super().__init__(id="own-words")
        self._week = ""
        self._kept: dict[str, str] = {}
        self._unsaid: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        yield Static(Content("In your own words: "))
        yield _Line(compact=True, id="line")

    def show(self, week: str, line: str) -> None:
        """The line that is kept with a week, or what was typed for it and not said."""
        entry = self.query_one(Input)
        untouched = week == self._week and entry.value == self._kept.get(week)
        self._kept[week] = line
        if week != self._week or untouched:
            self._week = week
            entry.value = self._unsaid.get(week, line)

    def write(self) -> None:
        """Put the cursor into the line."""
        self.query_one(Input).focus()

    def said(self, week: str) -> None:
        """What was typed for a week is kept now."""
        self._unsaid.pop(week, None)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value == self._kept.get(self._week):
            self._unsaid.pop(self._week, None)
        else:
            self._unsaid[self._week] = event.value

    @on(Input.Submitted)
    def _say(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Said(self._week, event.value))

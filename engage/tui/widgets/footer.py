"""The line at the bottom: the keys that apply here, as many as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

_GAP = 2


@dataclass(frozen=True, slots=True)
class Hint:
    """A key and what it does; those of the lowest ``rank`` stay longest."""

    action: str
    key: str
    text: str
    rank: int


class KeyBar(Widget):
    """Draws hints; a click does what the key does."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key", "keys--text"}

    DEFAULT_CSS = """
    KeyBar {
        height: 1;
        width: 1fr;
        padding: 0 1;
        text-wrap: nowrap;
        text-overflow: clip;
        & > .keys--key { color: $foreground; text-style: bold; }
        & > .keys--text { color: $text-muted; }
    }
    """

    @dataclass
    class Pressed(Message):
        """A hint was clicked."""

        action: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._hints: tuple[Hint, ...] = ()
        self._places: list[tuple[int, int, str]] = []

    def show(self, hints: Sequence[Hint]) -> None:
        """The hints in the order in which they are to stand."""
        if tuple(hints) != self._hints:
            self._hints = tuple(hints)
            self.refresh()

    def render(self) -> Content:
        kept = chosen(self._hints, self.content_size.width)
        parts: list[tuple[str, str] | str] = []
        self._places, at = [], 0
        for hint in kept:
            if parts:
                parts.append(" " * _GAP)
                at += _GAP
            width = _width(hint)
            self._places.append((at, at + width, hint.action))
            parts += [(hint.key, ".keys--key"), (f" {hint.text}", ".keys--text")]
            at += width
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        x = event.x - self.styles.padding.left
        for start, end, action in self._places:
            if start <= x < end:
                self.post_message(self.Pressed(action))


def chosen(hints: Sequence[Hint], width: int) -> list[Hint]:
    """Those that fit in ``width`` cells: the lowest ranks, in the order given."""
    kept: list[Hint] = []
    used = -_GAP
    for hint in sorted(hints, key=lambda hint: hint.rank):
        if used + _GAP + _width(hint) > width:
            break
        kept.append(hint)
        used += _GAP + _width(hint)
    return [hint for hint in hints if hint in kept]


def _width(hint: Hint) -> int:
    return len(hint.key) + 1 + len(hint.text)

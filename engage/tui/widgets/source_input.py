"""The input in which a path is typed or dropped, and a list is pasted."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import unquote

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input


class Source(Input):
    """An input for a path, which also takes a pasted list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "screen.back", show=False),
        Binding("tab", "screen.complete", show=False),
        Binding("down", "screen.pick(1)", show=False),
        Binding("up", "screen.pick(-1)", show=False),
    ]

    @dataclass
    class Pasted(Message):
        """A list was pasted."""

        text: str

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        if "\n" in event.text.strip():
            self.post_message(self.Pasted(event.text))
        else:
            self.value = unquoted(event.text)
            self.action_end()


def unquoted(text: str) -> str:
    """A path as terminals paste it when a file is dropped on them: quoted, or with backslashes."""
    text = text.strip()
    try:
        parts = shlex.split(text)
    except ValueError:
        return text
    path = parts[0] if len(parts) == 1 else text
    return unquote(path.removeprefix("file://")) if path.startswith("file://") else path

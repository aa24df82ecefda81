"""What all screens share: keys from the registry, and the way to the services."""

from __future__ import annotations

from inspect import isawaitable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.screen import Screen
from textual.widget import Widget

from engage.tui.actions import BY_ID, Action

if TYPE_CHECKING:
    from engage.tui.app import EngageApp


class DeskScreen(Screen[None]):
    """A screen whose keys are actions of the registry.

    ``PLACES`` are the places of `engage.tui.actions` it answers to, first the most particular. An
    action runs the method of its ``handler`` name: the focused widget's, the screen's or the app's.
    """

    PLACES: ClassVar[tuple[str, ...]] = ("everywhere",)

    if TYPE_CHECKING:

        @property
        def app(self) -> EngageApp: ...

    def __init__(self) -> None:
        super().__init__()
        self.prefix = ""

    @property
    def places(self) -> tuple[str, ...]:
        """Where the writer is now."""
        return self.PLACES

    def available(self, action: Action) -> bool:
        """Whether an action would do something now; else the footer leaves it out."""
        return self._handler(action) is not None

    def on_key(self, event: events.Key) -> None:
        """Find the action of a key. What is typed into an input stays the input's."""
        if self.focused is not None and _takes_text(self.focused):
            return
        key = key_of(event)
        keymap, before = self.app.keymap, self.prefix
        if before:
            self.set_prefix("")
            if (action := keymap.find(self.places, f"{before} {key}")) is not None:
                event.stop()
                event.prevent_default()
                self.perform(action)
                return
        if keymap.continuations(self.places, key):
            self.set_prefix(key)
        elif (action := keymap.find(self.places, key)) is not None:
            self.perform(action)
        elif not before:
            return
        event.stop()
        event.prevent_default()

    def set_prefix(self, prefix: str) -> None:
        """The first key of a sequence was typed, or ("") is waited for no longer."""
        self.prefix = prefix
        self.refresh_bindings()

    def perform(self, action: Action | str) -> None:
        """Do an action, by the handler that is nearest."""
        action = BY_ID[action] if isinstance(action, str) else action
        handler = self._handler(action)
        if handler is None:
            return
        result = handler() if action.argument is None else handler(action.argument)
        if isawaitable(result):
            self.run_worker(_awaited(result), group="action")

    def _handler(self, action: Action) -> Any:
        nodes: list[object] = [self.focused, self, self.app]
        own = [node for node in nodes if isinstance(node, Widget | type(self.app))]
        for node in own:
            if (handler := getattr(node, action.handler, None)) is not None:
                return handler
        return None


def key_of(event: events.Key) -> str:
    """A key as the registry writes it: the character where it has one, else its name."""
    character = event.character
    if character and event.is_printable and character != " " and "+" not in event.key[1:]:
        return character
    return event.key


def _takes_text(widget: Widget) -> bool:
    return widget.check_consume_key("a", "a")


async def _awaited(result: Any) -> None:
    await result

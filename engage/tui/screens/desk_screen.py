"""What all screens share: keys from the registry, and the way to the services."""

from __future__ import annotations

from inspect import isawaitable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.screen import Screen
from textual.widget import Widget

from engage.tui.actions import ACTIONS, BY_ID, Action
from engage.tui.keymap import show_key
from engage.tui.widgets.footer import Hint, KeyBar

if TYPE_CHECKING:
    from textual import getters

    from engage.tui.app import EngageApp


class DeskScreen(Screen[None]):
    """A screen whose keys are actions of the registry.

    ``PLACES`` are the places of `engage.tui.actions` it answers to, first the most particular. An
    action runs the method of its ``handler`` name: the screen's, the focused widget's or the app's.
    """

    PLACES: ClassVar[tuple[str, ...]] = ("everywhere",)

    if TYPE_CHECKING:
        app = getters.app(EngageApp)

    def __init__(self) -> None:
        super().__init__()
        self.prefix = ""
        #: The key that is acted on.
        self.pressed = ""

    def on_mount(self) -> None:
        if not self.query(KeyBar):
            self.mount(KeyBar())
        self.show_keys()

    @property
    def places(self) -> tuple[str, ...]:
        """Where the writer is now."""
        return self.PLACES

    def available(self, action: Action) -> bool:
        """Whether an action would do something now; else the footer leaves it out."""
        if action.id == "back":
            return len(self.app.screen_stack) > 1
        return self._handler(action) is not None

    def on_key(self, event: events.Key) -> None:
        """Find the action of a key. What is typed into an input stays the input's."""
        if self.focused is not None and _takes_text(self.focused):
            return
        key = key_of(event)
        keymap, before = self.app.keymap, self.prefix
        self.pressed = key
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
        self.show_keys()

    def show_keys(self) -> None:
        """Bring the footer up to date."""
        for bar in self.query(KeyBar):
            bar.show(self._continuations() if self.prefix else self._hints())

    def on_key_bar_pressed(self, message: KeyBar.Pressed) -> None:
        self.set_prefix("")
        self.perform(message.action)

    def on_descendant_focus(self) -> None:
        self.show_keys()

    async def ledger_changed(self) -> None:
        """The ledger is not what it was; by default nothing follows from it."""

    async def feeds_asked(self) -> None:
        """A refresh has ended; by default nothing follows from it."""

    def action_back(self) -> None:
        """One step back: to the screen before."""
        if len(self.app.screen_stack) > 1:
            self.dismiss()

    def action_quit(self) -> None:
        """Back, and in the end out."""
        self.action_back()

    def perform(self, action: Action | str) -> None:
        """Do an action, by the handler that is nearest."""
        action = BY_ID[action] if isinstance(action, str) else action
        handler = self._handler(action)
        if handler is None:
            return
        result = handler() if action.argument is None else handler(action.argument)
        if isawaitable(result):
            self.run_worker(_awaited(result), group="action")

    def _hints(self) -> list[Hint]:
        keymap, places = self.app.keymap, self.places
        hints = [
            Hint(action.id, keymap.shown(action.id), action.text, action.footer)
            for action in ACTIONS
            if action.footer and keymap.keys[action.id] and set(action.where) & set(places)
            if self.available(action)
        ]
        # The help stays when nothing else does, and stands last.
        return sorted(hints, key=lambda hint: (hint.action == "help", hint.rank))

    def _continuations(self) -> list[Hint]:
        """What may follow the key that was typed."""
        found = self.app.keymap.continuations(self.places, self.prefix)
        shown = show_key(self.prefix)
        return [
            Hint(action.id, f"{shown} {show_key(key)}", action.text, rank)
            for rank, (key, action) in enumerate(found.items())
            if self.available(action)
        ]

    def _handler(self, action: Action) -> Any:
        nodes: list[object] = [self, self.focused, self.app]
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

"""What the keys do where the writer is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content

from engage.tui.actions import ACTIONS, PLACES, Action
from engage.tui.keymap import Keymap, show_key
from engage.tui.screens.desk_screen import DeskScreen
from engage.tui.screens.prompts import FilterPrompt
from engage.tui.widgets.status_line import StatusLine
from engage.tui.widgets.text_lines import Paragraph, TextLines, Wraps

_KEYS = 16
_DIGITS = ", ".join("123456789")
_BLANK = (Content(""),)


class HelpScreen(DeskScreen):
    """The keys of the places that the writer came from, from the registry."""

    CSS_PATH = "pages.tcss"
    PLACES: ClassVar[tuple[str, ...]] = ("help", "text", "everywhere")

    def __init__(self, places: Iterable[str]) -> None:
        super().__init__()
        self._from = tuple(places)
        self._query = ""

    def compose(self) -> ComposeResult:
        yield StatusLine(id="status")
        yield TextLines(id="page")

    def on_mount(self) -> None:
        self.query_one(TextLines).focus()
        self._draw()

    def action_filter(self) -> None:
        self.app.push_screen(FilterPrompt(self._query, self._filter, "a key or a word"))

    def action_help(self) -> None:
        self.dismiss()

    def action_back(self) -> None:
        if self._query:
            self._filter("")
        else:
            self.dismiss()

    def _filter(self, query: str) -> None:
        self._query = query
        self._draw()

    def _draw(self) -> None:
        lines = help_lines(self._from, self.app.keymap, self._query)
        find = f"/{self._query}" if self._query else f"{self.app.keymap.shown('filter')} find"
        self.query_one(StatusLine).show(Content.styled("Keys", "bold"), [(find,)])
        self.query_one(TextLines).show(lines)


def help_lines(places: Iterable[str], keymap: Keymap, query: str = "") -> list[Wraps]:
    """Keys and what they do, place by place; with ``query`` only those that it occurs in."""
    lines: list[Wraps] = []
    told: set[str] = set()
    for place in places:
        rows = []
        for action, keys in _together(place, keymap):
            shown = ", ".join(show_key(key) for key in keys).replace(_DIGITS, "1–9")
            if action.id in told or not keys:
                continue
            if query.casefold() in f"{shown} {action.text} {action.sentence}".casefold():
                told.add(action.id)
                rows.append(
                    Paragraph(
                        Content.styled(f"{shown:<{_KEYS - 1}} ", ".text--accent"),
                        Content(words(action)),
                    )
                )
        if rows:
            lines += [*_BLANK[: len(lines)], Content.styled(PLACES[place], ".text--heading"), *rows]
    if not told:
        lines += [Content("No key has to do with that; Esc shows all.")]
    return [*lines, Content("")]


def _together(place: str, keymap: Keymap) -> list[tuple[Action, tuple[str, ...]]]:
    """The actions of a place; those that do the same are one, with the keys of all."""
    found: dict[tuple[str, object], tuple[Action, tuple[str, ...]]] = {}
    for action in ACTIONS:
        if place in action.where:
            same = (action.handler, action.argument)
            first, keys = found.get(same, (action, ()))
            found[same] = (first, keys + keymap.keys[action.id])
    return list(found.values())


def words(action: Action) -> str:
    """What an action does, in a sentence where it has one."""
    return action.sentence or action.text.capitalize()

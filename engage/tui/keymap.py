"""Keys to actions: the registry's, with the writer's own over them."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engage.tui.actions import ACTIONS, BY_ID, Action

_LISTS = (
    "inbox", "people", "log", "review", "duplicates", "feeds", "plan", "columns", "drafts",
    "questions", "mentions",
)  # fmt: skip
_TEXTS = ("reading", "person", "conversation", "week", "help")
# The places that each screen answers to at the same time.
_TOGETHER = (
    *({place, "list", "everywhere"} for place in _LISTS),
    *({place, "text", "everywhere"} for place in _TEXTS),
    {"sorting", "everywhere"},
)
_NAMED = {
    "enter", "escape", "tab", "space", "backspace", "delete", "insert", "up", "down", "left",
    "right", "home", "end", "pageup", "pagedown", *(f"f{n}" for n in range(1, 13)),
}  # fmt: skip
_MODIFIERS = {"ctrl", "alt", "shift"}
_ALSO = {"esc": "escape", "return": "enter", "del": "delete", "pgup": "pageup", "pgdn": "pagedown"}
_SHOWN = {
    "enter": "Enter", "escape": "Esc", "tab": "Tab", "shift+tab": "Shift+Tab", "up": "↑",
    "down": "↓", "left": "←", "right": "→", "home": "Home", "end": "End", "pageup": "PgUp",
    "pagedown": "PgDn", "backspace": "Backspace",
}  # fmt: skip


@dataclass(frozen=True)
class Keymap:
    """Which keys do what. ``findings``: sentences about keys of the writer's that mean nothing."""

    keys: Mapping[str, tuple[str, ...]]
    findings: tuple[str, ...] = ()
    _places: dict[str, dict[str, Action]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        for action in ACTIONS:
            for place in action.where:
                table = self._places.setdefault(place, {})
                for key in self.keys[action.id]:
                    table.setdefault(key, action)

    def find(self, places: Iterable[str], key: str) -> Action | None:
        """What a key, or a sequence of two, does in these places: in the first that knows it."""
        for place in places:
            if (action := self._places.get(place, {}).get(key)) is not None:
                return action
        return None

    def continuations(self, places: Iterable[str], key: str) -> dict[str, Action]:
        """What may follow a key that begins sequences: second key -> action."""
        found: dict[str, Action] = {}
        for place in places:
            for known, action in self._places.get(place, {}).items():
                first, _, second = known.partition(" ")
                if second and first == key:
                    found.setdefault(second, action)
        return found

    def shown(self, action: str) -> str:
        """The first key of an action as people write it, "" where it has none."""
        keys = self.keys.get(action, ())
        return show_key(keys[0]) if keys else ""


def show_key(key: str) -> str:
    """``pagedown`` -> ``PgDn``, ``g i`` -> ``g i``, ``ctrl+p`` -> ``Ctrl+p``."""
    if key.startswith(("ctrl+", "alt+")):
        return key.capitalize() if len(key) == 6 else key.title()
    return " ".join(_SHOWN.get(part, part) for part in key.split())


def load_keymap(own: Mapping[str, str | bool]) -> Keymap:
    """The keys with the writer's own: action -> key, several with commas, or false for none.

    What means nothing, or would take a key from another action of the same place, is left at its
    default and said.
    """
    findings: list[str] = []
    asked: dict[str, tuple[str, ...]] = {}
    for id, value in own.items():
        if id not in BY_ID:
            near = difflib.get_close_matches(id, BY_ID, 1)
            hint = f"; did you mean {near[0]!r}?" if near else "; `engage keys` lists them."
            findings.append(f"keys: no action is called {id!r}{hint}")
        elif value is False:
            asked[id] = ()
        elif isinstance(value, str) and (keys := parse_keys(value)):
            asked[id] = keys
        else:
            findings.append(
                f"keys: {value!r} is no key for {id!r}; write one such as 'e', 'ctrl+e', 'g e', "
                "or false."
            )
    while clash := _clash({**_defaults(), **asked}, asked):
        id, key, other = clash
        del asked[id]
        findings.append(
            f"keys: {key!r} for {id!r} is also a key of {other!r}; give that one another first."
        )
    return Keymap({**_defaults(), **asked}, tuple(findings))


def parse_keys(text: str) -> tuple[str, ...]:
    """The keys in ``j, down``; empty where one of them is no key."""
    parts = [text] if text.strip() == "," else text.split(",")
    keys = [_parse_key(part.strip()) for part in parts]
    return tuple(key for key in keys if key) if all(keys) else ()


def _parse_key(text: str) -> str:
    strokes = [_parse_stroke(stroke) for stroke in text.split()]
    return " ".join(strokes) if 1 <= len(strokes) <= 2 and all(strokes) else ""


def _parse_stroke(text: str) -> str:
    if len(text) == 1:
        return text if unicodedata.category(text)[0] in "LNPS" else ""
    *modifiers, key = text.lower().split("+")
    key = _ALSO.get(key, key)
    known = key in _NAMED or (bool(modifiers) and len(key) == 1)
    if not known or not set(modifiers) <= _MODIFIERS:
        return ""
    return "+".join([*(name for name in ("alt", "ctrl", "shift") if name in modifiers), key])


def _defaults() -> dict[str, tuple[str, ...]]:
    return {action.id: action.keys for action in ACTIONS}


def meet(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether somewhere actions of these places answer to keys at the same time."""
    return any(not here.isdisjoint(one) and not here.isdisjoint(other) for here in _TOGETHER)


def _clash(
    keys: Mapping[str, Sequence[str]], own: Mapping[str, object]
) -> tuple[str, str, str] | None:
    """An own action, its key, and another action that has that key in a place of both."""
    taken = list(_strokes(keys))
    for id in own:
        for key in keys[id]:
            for other, where, strokes in taken:
                if (
                    other != id
                    and meet(where, BY_ID[id].where)
                    and (strokes == key or _begins(strokes, key) or _begins(key, strokes))
                ):
                    return id, key, other
    return None


def _begins(short: str, long: str) -> bool:
    return long.startswith(short + " ")


def _strokes(keys: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, tuple[str, ...], str]]:
    for action in ACTIONS:
        for key in keys[action.id]:
            yield action.id, action.where, key

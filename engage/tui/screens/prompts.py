"""One-line questions in a strip at the bottom: what is typed stays until it is taken."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, cast
from weakref import WeakKeyDictionary

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from engage.domain.days import local_day
from engage.domain.records import Direction, TouchKind
from engage.domain.when import parse_day
from engage.errors import Ambiguous, EngageError
from engage.services.outcomes import LOGGABLE

#: What a prompt hands on: the text of each of its fields.
Values = Mapping[str, str]
Submit = Callable[[Values], Awaitable[None]]

# What was left in a prompt with Esc, by app and prompt: it is there again the next time.
_LEFT: WeakKeyDictionary[object, dict[object, Values]] = WeakKeyDictionary()
_CANDIDATES = 3
_THEY = ("in", "they", "their", "them")

#: What may be logged, in words.
KINDS_HINT = f"{', '.join(LOGGABLE)}; with they before it: from them"


@dataclass(frozen=True, slots=True)
class Field:
    """One input of a prompt. ``share``: how much of the line it gets beside the others."""

    name: str
    placeholder: str = ""
    value: str = ""
    share: int = 1


class Prompt(ModalScreen[bool]):
    """A strip with a label and one or a few inputs on one line.

    Enter hands the values to ``submit``. Where that refuses, its sentence stands under the input
    and everything typed stays. ``changed`` is told as the writer types. ``keep``: what is left
    with Esc is there again when the same prompt opens.
    """

    CSS_PATH = "prompts.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", show=False)]

    def __init__(
        self,
        label: str,
        fields: Sequence[Field],
        submit: Submit,
        *,
        changed: Callable[[str], None] | None = None,
        hint: str = "",
        keep: bool = False,
    ) -> None:
        super().__init__()
        self._keep = keep
        self._label, self._fields, self._submit = label, tuple(fields), submit
        self._changed, self._hint = changed, hint

    def compose(self) -> ComposeResult:
        with Vertical(id="strip"):
            with Horizontal(id="line"):
                yield Static(Content(self._label), id="label")
                left = self._left.get(self._key, {})
                for field in self._fields:
                    entry = Input(
                        left.get(field.name, field.value),
                        field.placeholder,
                        id=field.name,
                        compact=True,
                    )
                    entry.styles.width = f"{field.share}fr"
                    yield entry
            yield Static(Content(self._hint), id="hint")

    @property
    def values(self) -> Values:
        return {field.name: self.query_one(f"#{field.name}", Input).value for field in self._fields}

    @on(Input.Changed)
    def _told(self, event: Input.Changed) -> None:
        if self._changed is not None:
            self._changed(event.value)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self._take()

    def action_leave(self) -> None:
        if self._keep:
            self._left[self._key] = self.values
        self.dismiss(False)

    @property
    def _left(self) -> dict[object, Values]:
        return _LEFT.setdefault(self.app, {})

    @property
    def _key(self) -> object:
        return self._label, self._fields

    @work(group="prompt", exclusive=True)
    async def _take(self) -> None:
        try:
            await self._submit(self.values)
        except Ambiguous as refusal:
            self._say("\n".join([str(refusal), *refusal.candidates[:_CANDIDATES]]))
        except EngageError as refusal:
            self._say(str(refusal))
        else:
            self._left.pop(self._key, None)
            self.dismiss(True)

    def _say(self, sentence: str) -> None:
        hint = self.query_one("#hint", Static)
        hint.update(Content(sentence))
        hint.add_class("refused")


class FilterPrompt(Prompt):
    """``/``: filters as the writer types; Enter keeps the filter, Esc clears it."""

    def __init__(
        self,
        value: str,
        changed: Callable[[str], None],
        placeholder: str = "a name, a word, circle:1, is:due",
    ) -> None:
        async def keep(_values: Values) -> None:
            return None

        super().__init__("/", [Field("text", placeholder, value)], keep, changed=changed)
        self._tell = changed

    def action_leave(self) -> None:
        self._tell("")
        super().action_leave()


def snooze_prompt(now: datetime, submit: Callable[[date], Awaitable[None]]) -> Prompt:
    """Until when? "tomorrow" is filled in, so that Enter is enough."""

    async def take(values: Values) -> None:
        await submit(coming_day(values["until"], now))

    return Prompt(
        "Snooze until",
        [Field("until", "a date, 3d, 2w, Thursday", "tomorrow")],
        take,
    )


@dataclass(frozen=True, slots=True)
class Happened:
    """What the writer says happened elsewhere; ``name`` is a person or an address."""

    name: str
    kind: TouchKind
    direction: Direction
    note: str


def log_prompt(
    submit: Callable[[Happened], Awaitable[None]], *, name: str = "", kind: str = "reply"
) -> Prompt:
    """``+``: what happened elsewhere."""

    async def take(values: Values) -> None:
        await submit(happened(values["name"], values["kind"], values["note"]))

    fields = [
        Field("name", "a name or an address", name, share=2),
        Field("kind", "what", kind),
        Field("note", "a note, if you like", share=2),
    ]
    return Prompt("Log", fields, take, hint=KINDS_HINT, keep=True)


def happened(name: str, kind: str, note: str) -> Happened:
    """What the fields of the log mean. Raises EngageError with the remedy."""
    if not name.strip():
        raise EngageError("Who was it? Give a name, or the address of a profile or post.")
    return Happened(name.strip(), *kind_of(kind), note.strip())


def kind_of(words_given: str) -> tuple[TouchKind, Direction]:
    """What ``letter``, ``they comment`` or ``in`` mean. Raises EngageError with the remedy."""
    words = words_given.lower().split() or ["reply"]
    direction: Direction = "in" if words[0] in _THEY else "out"
    wanted = words[-1] if direction == "out" or len(words) > 1 else "reply"
    kinds: Sequence[str] = [each for each in LOGGABLE if each.startswith(wanted)]
    if not kinds or len(words) > 2 or (direction == "out" and len(words) > 1):
        listed = ", ".join(LOGGABLE)
        raise EngageError(f"{words_given.strip()!r} is nothing to log; it may be {listed}.")
    return cast(TouchKind, kinds[0]), direction


def coming_day(text: str, now: datetime) -> date:
    """A day after today. Raises EngageError with the remedy."""
    try:
        day = parse_day(text.strip(), now)
    except (ValueError, OverflowError) as cause:
        raise EngageError(
            f"{text.strip()!r} is no day; say tomorrow, 3d, 2w, Thursday or 2026-12-01."
        ) from cause
    if day <= local_day(now):
        raise EngageError(f"{text.strip()!r} is not after today; say tomorrow, 3d or 2w.")
    return day

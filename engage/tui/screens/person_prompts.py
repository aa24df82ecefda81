"""The strips in which the writer says something of one person, or corrects what happened."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime

from engage.domain.days import local_day
from engage.domain.records import Direction, Touch, TouchKind
from engage.domain.when import parse_moment
from engage.errors import EngageError
from engage.tui.screens.prompts import KINDS_HINT, Field, Prompt, Values, coming_day, kind_of

#: The longest cadence, in days.
LONGEST_CADENCE = 3650


def next_prompt(name: str, now: datetime, submit: Callable[[date, str], Awaitable[None]]) -> Prompt:
    """When to write to somebody next, and about what."""

    async def take(values: Values) -> None:
        await submit(coming_day(values["when"], now), values["about"].strip())

    fields = [
        Field("when", "a date, 3w, Thursday"),
        Field("about", "what about, if you like", share=2),
    ]
    return Prompt(f"Next time with {name}", fields, take, keep=True)


def note_prompt(name: str, submit: Callable[[str], Awaitable[None]]) -> Prompt:
    """A line for the notes about somebody."""
    hint = "where they live, what they are writing"
    return _one_line(f"Note on {name}", hint, "", submit, keep=True)


def rename_prompt(name: str, submit: Callable[[str], Awaitable[None]]) -> Prompt:
    """What to call somebody."""
    return _one_line("Name", "", name, submit)


def cadence_prompt(
    name: str, days: int | None, submit: Callable[[int | None], Awaitable[None]]
) -> Prompt:
    """Every how many days the writer means to have an exchange; empty: as the circle says."""

    async def take(values: Values) -> None:
        await submit(cadence(values["days"]))

    fields = [Field("days", "days", str(days or ""))]
    return Prompt(f"{name}, every", fields, take, hint="so many days; empty: as the circle says")


def cadence(text: str) -> int | None:
    """A number of days, or None for the circle's own. Raises EngageError with the remedy."""
    digits = text.strip()
    if not digits:
        return None
    # Nine digits at most: int() refuses thousands with an error of its own.
    known = digits.isascii() and digits.isdigit() and len(digits) < 10
    if not known or not 1 <= int(digits) <= LONGEST_CADENCE:
        raise EngageError(
            f"{digits!r} is no number of days; it is 1 to {LONGEST_CADENCE}, or nothing for the "
            "circle's own."
        )
    return int(digits)


def leave_prompt(name: str, now: datetime, submit: Callable[[date], Awaitable[None]]) -> Prompt:
    """Until when somebody is left in peace."""

    async def take(values: Values) -> None:
        await submit(coming_day(values["until"], now))

    fields = [Field("until", "a date, 3w, Thursday")]
    return Prompt(f"Leave {name} in peace until", fields, take, keep=True)


def merge_prompt(name: str, likely: str, submit: Callable[[str], Awaitable[None]]) -> Prompt:
    """Whose record is made one with this one; ``likely``: who it may be."""

    async def take(values: Values) -> None:
        await submit(values["text"])

    hint = f"{name} stays, with all that was the other's"
    fields = [Field("text", "a name", likely)]
    return Prompt(f"{name} is also", fields, take, hint=hint)


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a touch is to say; None: as it says."""

    kind: TouchKind
    direction: Direction
    at: datetime | None
    note: str


def correct_prompt(
    touch: Touch, now: datetime, submit: Callable[[Corrected], Awaitable[None]]
) -> Prompt:
    """What a touch says, to be put right."""
    day = local_day(touch.at).isoformat()

    async def take(values: Values) -> None:
        await submit(corrected(values["kind"], values["when"], values["note"], day, now))

    said = f"they {touch.kind}" if touch.direction == "in" else touch.kind
    fields = [
        Field("kind", "what", said, share=3),
        Field("when", "when", day, share=3),
        Field("note", "a note, if you like", touch.note, share=4),
    ]
    return Prompt("Correct", fields, take, hint=KINDS_HINT)


def corrected(kind: str, when: str, note: str, day: str, now: datetime) -> Corrected:
    """What the fields mean. ``day``: the touch's own, which keeps the moment on it. Raises
    EngageError with the remedy."""
    if not when.strip() or when.strip() == day:
        at = None
    else:
        try:
            at = parse_moment(when, now, past=True)
        except (ValueError, OverflowError) as cause:
            raise EngageError(
                f"{when.strip()!r} is no day; say yesterday, 3d, Thursday or 2026-11-13."
            ) from cause
    return Corrected(*kind_of(kind), at, note.strip())


def _one_line(
    label: str,
    placeholder: str,
    value: str,
    submit: Callable[[str], Awaitable[None]],
    *,
    keep: bool = False,
) -> Prompt:
    async def take(values: Values) -> None:
        await submit(values["text"])

    return Prompt(label, [Field("text", placeholder, value)], take, keep=keep)

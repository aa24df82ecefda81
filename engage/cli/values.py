"""What the values on a command line mean. One that means nothing is wrong usage, and is repeated.

The functions are `type=` of argparse's arguments; the clock is asked only where a value needs it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from engage.clock import clock_from
from engage.errors import WrongUsage
from engage.text import clean, clip, one_line

Value = TypeVar("Value")

#: The longest cadence, in days: ten years.
LONGEST_CADENCE = 3650


def quoted(text: str) -> str:
    """A value as it was given, fit for a sentence."""
    return f"'{clip(one_line(text), 200)}'"


def text(given: str) -> str:
    """Words of the writer's."""
    return clean(given)


def name(given: str) -> str:
    """What is called something: not empty."""
    if not (found := one_line(given)):
        raise WrongUsage(f"{quoted(given)} is no name: there is nothing in it.")
    return found


def day(given: str) -> date:
    """WHEN, as the local day meant; a weekday is the next one."""
    from engage.domain.when import parse_day

    return _meant(parse_day, given)


def coming_day(given: str) -> date:
    """WHEN, as a day after today."""
    found = day(given)
    if found <= _now().astimezone().date():
        raise WrongUsage(f"{quoted(given)} is not after today; say for example tomorrow or 2w.")
    return found


def past_day(given: str) -> date:
    """WHEN, as a day that is not to come; a weekday is the last one."""
    return past_moment(given).astimezone().date()


def past_moment(given: str) -> datetime:
    """WHEN, as a moment that is not to come; a weekday is the last one."""
    from engage.domain.when import parse_moment

    found = _meant(lambda value, now: parse_moment(value, now, past=True), given)
    if found > _now():
        raise WrongUsage(f"{quoted(given)} is still to come.")
    return found


def week(given: str) -> str:
    """WEEK: an ISO week, ``2026-W47``."""
    from engage.domain.when import parse_week

    try:
        return parse_week(given, _now())
    except (ValueError, OverflowError) as cause:
        raise WrongUsage(f"{quoted(given)} is no week such as 2026-W47.") from cause


def query(words: Sequence[str]) -> str:
    """QUERY, its words as one; what it asks for exists."""
    from engage.domain.query import QueryError, parse

    joined = " ".join(words).strip()
    try:
        parse(joined)
    except QueryError as cause:
        raise WrongUsage(str(cause)) from cause
    return joined


def circle(given: str) -> int | None:
    """N of `circle`: 1 to 5, or none."""
    return None if given.strip().lower() == "none" else some_circle(given)


def some_circle(given: str) -> int:
    """N: 1 (closest) to 5 (widest)."""
    return _number(given, 1, 5, "circle; it is 1 (closest) to 5, or none")


def cadence(given: str) -> int | None:
    """DAYS: a number of days, or none for the circle's own."""
    if given.strip().lower() == "none":
        return None
    wanted = f"number of days; it is 1 to {LONGEST_CADENCE}, or none for the circle's own"
    return _number(given, 1, LONGEST_CADENCE, wanted)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words; ``what`` they are, for the sentence."""

    what: str
    words: tuple[str, ...]

    def __call__(self, given: str) -> str:
        if given not in self.words:
            listed = ", ".join(self.words[:-1])
            listed = f"{listed} or {self.words[-1]}" if listed else self.words[0]
            raise WrongUsage(f"{quoted(given)} is no {self.what}; it may be {listed}.")
        return given


def _number(given: str, least: int, most: int, what: str) -> int:
    digits = given.strip()
    # Nine digits at most: int() refuses thousands with an error of its own.
    if digits.isascii() and digits.isdigit() and len(digits) < 10 and least <= int(digits) <= most:
        return int(digits)
    raise WrongUsage(f"{quoted(given)} is no {what}.")


def _meant(parse: Callable[[str, datetime], Value], given: str) -> Value:
    try:
        return parse(given, _now())
    except (ValueError, OverflowError) as cause:
        raise WrongUsage(
            f"{quoted(given)} is no time; say a date such as 2026-11-22, an ISO time, 3d, 2w, "
            "tomorrow or a weekday."
        ) from cause


def _now() -> datetime:
    return clock_from(os.environ).now()

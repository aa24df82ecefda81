"""What the writer said of somebody over time: the last word that was said by a moment holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from engage.domain.records import DatedNumber


class _Dated(Protocol):
    @property
    def at(self) -> datetime: ...


Entry = TypeVar("Entry", bound=_Dated)


def with_said(history: Sequence[Entry], entry: Entry) -> tuple[Entry, ...]:
    """A history, oldest first, with what is said now.

    What a clock that ran ahead dated later gives way: else it would take the last word back as soon
    as that moment came.
    """
    return (*(before for before in history if before.at < entry.at), entry)


def ran_ahead(history: Sequence[_Dated], now: datetime) -> bool:
    """Whether something was said by a clock that ran ahead of this one."""
    return bool(history) and history[-1].at > now


def last_said(history: Sequence[Entry], now: datetime) -> Entry | None:
    """The entry that holds at a moment."""
    return next((entry for entry in reversed(history) if entry.at <= now), None)


def in_force(history: Sequence[DatedNumber], now: datetime) -> int | None:
    """The number that holds at a moment, or None."""
    entry = last_said(history, now)
    return entry.value if entry is not None else None

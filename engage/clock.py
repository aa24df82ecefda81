"""The time, injected everywhere it matters."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Protocol

from engage.errors import WrongUsage


def time_zone() -> str:
    """What tells one time zone of the system from another: its name, and what it makes of time."""
    where = os.environ.get("TZ") or os.path.realpath("/etc/localtime")
    return f"{where} {time.tzname} {time.timezone} {time.altzone}"


class Clock(Protocol):
    """Tells the time; every rule and every file written asks a clock, never the system."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class FixedClock:
    """A time that stands still until it is set or moved: ``ENGAGE_NOW``, tests and simulations."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment.astimezone(UTC)

    def now(self) -> datetime:
        return self.moment

    def advance(self, **parts: float) -> None:
        """Move on by a timedelta given in its own keywords, ``advance(days=1)``."""
        self.moment += timedelta(**parts)


def clock_from(environ: Mapping[str, str] = os.environ) -> Clock:
    """The clock that ``ENGAGE_NOW`` asks for; a time without offset is the writer's local time.

    Raises WrongUsage where the value is no ISO 8601 time.
    """
    value = environ.get("ENGAGE_NOW", "").strip()
    if not value:
        return SystemClock()
    try:
        return FixedClock(datetime.fromisoformat(value).astimezone(UTC))
    except (ValueError, OverflowError) as cause:
        raise WrongUsage(
            f"ENGAGE_NOW is {value!r}, which is no ISO 8601 time such as 2026-11-22T09:00:00+01:00."
        ) from cause

"""The made-up writer's world on a home of its own, at a moment that stands still."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from engage.clock import FixedClock
from engage.paths import paths_under
from engage.services.demo import fill
from engage.services.desk import Desk, desk_at

#: Sunday of week 47.
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def demo_desk(home: Path, now: datetime = NOW) -> Desk:
    """A desk on the demo's world in that home; the caller closes it."""
    desk = desk_at(paths_under(home), FixedClock(now))
    fill(desk)
    return desk

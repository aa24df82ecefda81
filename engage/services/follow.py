"""Following feeds: adding them, their health, pausing and removing them."""

from __future__ import annotations

from collections.abc import Sequence

from engage.domain.changes import Change
from engage.services.desk import Desk
from engage.services.outcomes import Added, FeedHealth


async def add(
    desk: Desk,
    targets: Sequence[str],
    *,
    own: bool = False,
    responses: bool = False,
    person: str | None = None,
    circle: int | None = None,
    guess: bool = False,
) -> Added:
    """Follow feeds: one GET where a target is a feed. Without targets ``person`` is added."""
    raise NotImplementedError


def feeds(desk: Desk) -> tuple[FeedHealth, ...]:
    """Every feed with its health, own ones first, then by title."""
    raise NotImplementedError


def remove(desk: Desk, name: str) -> Change | None:
    """Follow a feed no longer; the person and what happened stay."""
    raise NotImplementedError


def pause(desk: Desk, name: str) -> tuple[Change | None, bool]:
    """Pause a feed, or resume a paused one; whether it is paused now."""
    raise NotImplementedError

"""Pulling the feeds that are due."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engage.services.desk import Desk
from engage.services.outcomes import Progress, Refreshed


async def refresh(
    desk: Desk,
    names: Sequence[str] = (),
    *,
    again: bool = False,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Refreshed:
    """Pull the feeds that are due (of the people and feeds named). What has arrived is kept when
    this is cancelled. Waits while another engage refreshes, then asks only what is still due."""
    raise NotImplementedError

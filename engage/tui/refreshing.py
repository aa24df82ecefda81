"""What is asked of servers in the background, and how fresh everything is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from engage.domain.days import local_day
from engage.domain.records import World
from engage.paths import Paths

if TYPE_CHECKING:
    from engage.domain.changes import Change
    from engage.services.desk import Desk
    from engage.services.outcomes import Added, Mentioned, Preview, Progress, Refreshed, Sought
    from engage.services.transfer import Bring


class Background(Protocol):
    """What runs beside the screen, in a process of its own."""

    async def refresh(
        self,
        progress: Callable[[Progress], None],
        *,
        names: Sequence[str] = (),
        again: bool = False,
    ) -> Refreshed:
        """Ask the feeds that are due, of those named; ``again``: also those that are not due.
        Raises EngageError."""
        ...

    async def add(
        self, targets: Sequence[str], progress: Callable[[Progress], None], *, own: bool = False
    ) -> Added:
        """Follow feeds. Raises EngageError."""
        ...

    async def move(self, feed: str, url: str | None = None) -> Change | None:
        """Point a feed to another address, or to what its site names now. Raises EngageError."""
        ...

    async def seek(self, names: Sequence[str], progress: Callable[[Progress], None]) -> Sought:
        """Look for feeds on people's sites. Raises EngageError."""
        ...

    async def bring(self, asked: Bring) -> Preview:
        """Plan an import, or do it. Raises EngageError."""
        ...

    async def webmention(self, source: str, target: str | None, **how: bool) -> Mentioned:
        """Show what would be sent, or with ``send`` send it. Raises EngageError."""
        ...


class Apart:
    """The background as it is: a child process of engage's own."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths

    async def refresh(
        self,
        progress: Callable[[Progress], None],
        *,
        names: Sequence[str] = (),
        again: bool = False,
    ) -> Refreshed:
        from engage.services.background import refresh_apart  # here: not before first paint

        return await refresh_apart(self._paths, progress, names=names, again=again)

    async def add(
        self, targets: Sequence[str], progress: Callable[[Progress], None], *, own: bool = False
    ) -> Added:
        from engage.services.background import add_apart

        return await add_apart(self._paths, targets, progress, own=own)

    async def move(self, feed: str, url: str | None = None) -> Change | None:
        from engage.services.background import move_apart

        return await move_apart(self._paths, feed, url)

    async def seek(self, names: Sequence[str], progress: Callable[[Progress], None]) -> Sought:
        from engage.services.background import seek_apart

        return await seek_apart(self._paths, names, progress)

    async def bring(self, asked: Bring) -> Preview:
        from engage.services.background import bring_apart

        return await bring_apart(self._paths, asked)

    async def webmention(self, source: str, target: str | None, **how: bool) -> Mentioned:
        from engage.services.background import webmention_apart

        return await webmention_apart(self._paths, source, target, **how)


#: At least so long between two refreshes that begin by themselves: a feed whose host is to be left
#: alone stays due.
REST = timedelta(minutes=5)

Seen = tuple[World, date]


def look(desk: Desk, seen: Seen | None) -> Seen | None:
    """The world and the local day, if they are not those seen before; else None.

    What other machines wrote is united first, if it has changed.
    """
    desk.store.unite_neighbours()
    world, day = desk.world(), local_day(desk.now())
    if seen is not None and seen[0] is world and seen[1] == day:
        return None
    return world, day


def next_fetch(desk: Desk) -> datetime | None:
    """When the next feed that is followed falls due."""
    feeds = desk.world().feeds
    moments = [
        state.next_fetch
        for id, state in desk.store.fetch_states().items()
        if state.next_fetch is not None and id in feeds and not feeds[id].paused
    ]
    return min(moments, default=None)


def next_turn(due: datetime | None, now: datetime) -> datetime | None:
    """When a window that stays open refreshes by itself; None where no feed is followed."""
    return None if due is None else max(due, now + REST)


def needing(desk: Desk) -> int:
    """How many feeds do not mend by themselves."""
    from engage.services import follow  # here: not before first paint

    return sum(each.health.attention for each in follow.feeds(desk))


def summary(
    done: Refreshed, due: datetime | None, now: datetime, needing: int = 0, key: str = ""
) -> str:
    """How it went, for the status line: ``all fresh; next at 14:05``, with the day if it is not
    today's. ``needing``: feeds that need the writer; ``key`` leads to them."""
    after = ""
    if due is not None:
        day = "" if local_day(due) == local_day(now) else f"{due.astimezone():%a} "
        after = f"; next at {day}{due.astimezone():%H:%M}"
    if needing:
        words = "feed needs" if needing == 1 else "feeds need"
        return f"{needing} {words} you: {key}{after}"
    if done.failed:
        words = "feed" if done.failed == 1 else "feeds"
        return f"{done.failed} {words} did not answer{after}"
    return f"all fresh{after}"

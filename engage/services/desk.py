"""The writer's desk: the store, the clock, the settings, and the one door for changes."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from engage.clock import Clock, clock_from
from engage.domain.changes import By, Change, Put, change
from engage.domain.days import local_day
from engage.domain.derived import Standing, Task
from engage.domain.kept import Kept
from engage.domain.records import Rules, World
from engage.errors import EngageError
from engage.paths import Paths, find_paths
from engage.services import left_inbox
from engage.services.inbox_outcomes import Inbox, inbox_of
from engage.settings import Settings, load_settings
from engage.store.api import StoreApi
from engage.store.store import open_store

#: What is said instead of asking a server where the desk is `offline`.
DEMO_NOTE = "This is the made-up world of the demo: no server is asked."

#: How far clocks may be apart: what was decided with a clock further ahead does not hold this one.
AHEAD = timedelta(days=1)


class Desk:
    """What every service works on. Use it from one thread at a time."""

    def __init__(self, store: StoreApi, clock: Clock, settings: Settings, paths: Paths) -> None:
        self.store = store
        self.clock = clock
        self.settings = settings
        self.paths = paths
        self._kept = Kept()
        self._inbox: tuple[World, Inbox] | None = None
        self._new = True

    @property
    def rules(self) -> Rules:
        """The settings that the rules of the domain depend on."""
        return self.settings.rules

    @property
    def offline(self) -> bool:
        """Whether this desk must ask no server: the made-up world of the demo."""
        return self.paths.demo_mark.exists()

    def now(self, last: datetime | None = None) -> datetime:
        """The present moment, never before what the writer did last; ``last`` where it is known."""
        now, last = self.clock.now(), last or self.last_stamp()
        return last if now < last <= now + timedelta(seconds=1) else now

    def stamp(self) -> datetime:
        """The moment for what the writer does now: after all that they did before.

        Order decides what was answered and which decision holds, also where ``ENGAGE_NOW`` stands
        still between two commands, and where another machine's clock is ahead of this one's.
        """
        now, last = self.now(), self.last_stamp()
        return last + timedelta(microseconds=1) if now <= last <= now + AHEAD else now

    def last_stamp(self) -> datetime:
        """When engage last wrote down what the writer said, did or decided."""
        return self._kept.stamped(self.world())

    def world(self) -> World:
        return self.store.world()

    def standings(self) -> Mapping[str, Standing]:
        """How the writer and each person stand now; derived anew only for whom a change or a new
        local day concerns."""
        return self._kept.standings(self.world(), self.rules, self.now())

    def tasks(self) -> tuple[Task, ...]:
        """All tasks of all states, in the inbox's order; likewise."""
        return self._kept.tasks(self.world(), self.rules, self.now())

    def inbox(self) -> Inbox:
        """The inbox: when it is asked for first as engage left it, if that is what it still is."""
        new, self._new = self._new, False
        if new and (left := left_inbox.take(self.store, self.clock, self.rules)):
            return replace(left.inbox, now=self.now(left.stamped))
        return self._worked_out()

    def _worked_out(self) -> Inbox:
        world = self.world()
        inbox = inbox_of(world, self.standings(), self.tasks(), self.rules, self.now())
        self._inbox = (world, inbox)
        return inbox

    def commit(self, label: str, puts: Iterable[Put], *, by: By = "writer") -> Change | None:
        """Write one change through the one door; None where there is nothing to write."""
        listed = [self._as_new(item) if by == "writer" else item for item in puts]
        if not listed:
            return None
        made = change(label, listed, self.stamp(), by=by, salt=secrets.token_hex(8))
        self.store.commit(made)
        return made

    def unused_touch_id(self, id: str) -> str:
        """This id, or one made from it if a touch, perhaps one taken back, has it already.

        A decision taken back and taken again in one moment logs a second touch, not the voided
        one again.
        """
        while self.store.get("touches", id) is not None:
            id = hashlib.blake2b(id.encode(), digest_size=10).hexdigest()
        return id

    def _as_new(self, item: Put) -> Put:
        if item.table != "touches" or item.before is not None or item.after is None:
            return item
        id = self.unused_touch_id(item.id)
        return item if id == item.id else replace(item, id=id, after={**item.after, "id": id})

    def close(self) -> None:
        """Leave everything as the next engage finds it best, and let go of it."""
        try:
            with contextlib.suppress(EngageError):  # else it is worked out at the next opening
                self._leave_inbox()
        finally:
            self.store.close()

    def _leave_inbox(self) -> None:
        if not self._kept.knows_tasks:
            return  # all of it would have to be worked out
        world, inbox = self._inbox or (None, None)
        today = local_day(self.now())
        if inbox is None or world is not self.world() or local_day(inbox.now) != today:
            inbox = self._worked_out()
        left = left_inbox.Left(inbox, self.last_stamp())
        left_inbox.leave(self.store, self.clock, self.rules, left)


def open_desk(environ: Mapping[str, str] = os.environ) -> Desk:
    """The desk of this writer: their folders, clock, settings and store."""
    return desk_at(find_paths(environ), clock_from(environ))


def desk_at(paths: Paths, clock: Clock) -> Desk:
    """The desk whose things lie in these folders."""
    return Desk(open_store(paths, clock), clock, load_settings(paths.config_file), paths)

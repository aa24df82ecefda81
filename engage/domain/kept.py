"""What was derived of each person, kept while their records, the day and the rules are the same.

A decision then costs what concerns one person, not two thousand.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from engage.domain.by_person import BEFORE_ALL, Records, follow
from engage.domain.days import local_day
from engage.domain.derived import Standing, Task
from engage.domain.records import Rules, World
from engage.domain.relationships import standing_of
from engage.domain.triage import Share, listed


class Kept:
    """Standings and tasks of the latest world asked about; the same as if derived anew."""

    def __init__(self) -> None:
        self._world = World()
        self._key: tuple[date, Rules] | None = None
        self._everybody: dict[str, Records] = {}
        self._stale: set[str] = set()
        self._stamped: datetime | None = None
        self._standings: dict[str, Standing] = {}
        self._shares: dict[str, Share] = {}

    def stamped(self, world: World) -> datetime:
        """When engage last wrote down what the writer said, did or decided."""
        self._follow(world)
        if self._stamped is None:
            stamps = (records.stamped for records in self._everybody.values())
            self._stamped = max(stamps, default=BEFORE_ALL)
        return self._stamped

    def standings(self, world: World, rules: Rules, now: datetime) -> Mapping[str, Standing]:
        """How the writer and each person stand; the same object while nothing changed."""
        self._follow(world)
        key = (local_day(now), rules)
        if self._key != key:
            self._key, self._stale = key, {*self._everybody, *self._standings}
        if self._stale:
            known = self._standings
            self._standings = {
                id: standing_of(records, rules, now) if id in self._stale else known[id]
                for id, records in self._everybody.items()
            }
            for id in self._stale:
                self._shares.pop(id, None)
            self._stale = set()
        return self._standings

    @property
    def knows_tasks(self) -> bool:
        """Whether tasks were asked for."""
        return bool(self._shares)

    def tasks(self, world: World, rules: Rules, now: datetime) -> tuple[Task, ...]:
        """All tasks, as `triage.tasks` gives them."""
        standings = self.standings(world, rules, now)
        self._shares = {
            id: self._shares.get(id) or Share(records, standings[id], rules, now)
            for id, records in self._everybody.items()
        }
        return listed(world, self._everybody, self._shares, rules, now)

    def _follow(self, world: World) -> None:
        if world is self._world:
            return
        self._everybody, changed = follow(self._world, self._everybody, world)
        self._stale |= changed
        self._stamped = None
        self._world = world

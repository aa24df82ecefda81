"""What was derived of each person, kept while their records, the day and the rules are the same.

A decision then costs what concerns one person, not two thousand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from engage.domain.by_person import Records, by_person, follow
from engage.domain.days import local_day
from engage.domain.records import Rules, Standing, Task, World
from engage.domain.relationships import standing_of
from engage.domain.triage import Share, listed


class Kept:
    """Standings and tasks of the latest world asked about; the same as if derived anew."""

    def __init__(self) -> None:
        self._world: World | None = None
        self._key: tuple[date, Rules] | None = None
        self._everybody: dict[str, Records] = {}
        self._standings: dict[str, Standing] = {}
        self._shares: dict[str, Share] = {}

    def standings(self, world: World, rules: Rules, now: datetime) -> Mapping[str, Standing]:
        """How the writer and each person stand; the same object while nothing changed."""
        key = (local_day(now), rules)
        if self._world is world and self._key == key:
            return self._standings
        if self._world is None or self._key != key:
            self._everybody, changed = by_person(world), set(world.people)
            self._standings, self._shares = {}, {}
        else:
            self._everybody, changed = follow(self._world, self._everybody, world)
        self._world, self._key = world, key
        fresh = self._derived(changed, rules, now)
        self._standings = {
            id: fresh[id] if id in fresh else self._standings[id] for id in self._everybody
        }
        for id in changed:
            self._shares.pop(id, None)
        return self._standings

    def tasks(self, world: World, rules: Rules, now: datetime) -> tuple[Task, ...]:
        """All tasks, as `triage.tasks` gives them."""
        standings = self.standings(world, rules, now)
        self._shares = {
            id: self._shares.get(id) or Share(records, standings[id], rules, now)
            for id, records in self._everybody.items()
        }
        return listed(world, self._everybody, self._shares, rules, now)

    def _derived(self, changed: Iterable[str], rules: Rules, now: datetime) -> dict[str, Standing]:
        known = ((id, self._everybody.get(id)) for id in changed)
        return {id: standing_of(each, rules, now) for id, each in known if each is not None}

"""The writer's desk: the store, the clock, the settings, and the one door for changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from engage.clock import Clock
from engage.domain.changes import By, Change, Put, change
from engage.domain.records import Rules, Standing, World
from engage.paths import Paths
from engage.settings import Settings
from engage.store.api import StoreApi


class Desk:
    """What every service works on. Use it from one thread at a time."""

    def __init__(self, store: StoreApi, clock: Clock, settings: Settings, paths: Paths) -> None:
        self.store = store
        self.clock = clock
        self.settings = settings
        self.paths = paths
        self._standings: tuple[World, datetime, Mapping[str, Standing]] | None = None

    @property
    def rules(self) -> Rules:
        """The settings that the rules of the domain depend on."""
        raise NotImplementedError

    def now(self) -> datetime:
        return self.clock.now()

    def world(self) -> World:
        return self.store.world()

    def standings(self) -> Mapping[str, Standing]:
        """How the writer and each person stand now."""
        raise NotImplementedError

    def commit(self, label: str, puts: Iterable[Put], *, by: By = "writer") -> Change | None:
        """Write one change through the one door; None where there is nothing to write."""
        made = change(label, puts, self.now(), by=by)
        if not made.puts:
            return None
        self.store.commit(made)
        return made


def open_desk(environ: Mapping[str, str] | None = None) -> Desk:
    """The desk of this writer: their folders, clock, settings and store."""
    raise NotImplementedError

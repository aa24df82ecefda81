"""The ledger: records changed by whole changes and read as one world."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from engage.domain.changes import Change
from engage.domain.codec import Doc
from engage.domain.records import World
from engage.errors import EngageError
from engage.store import recovery, undo_log
from engage.store.documents import Tables, plain
from engage.store.ledger_file import (
    CHANGES,
    SCHEMA,
    DamagedError,
    ForeignError,
    Generation,
    LedgerStorage,
)
from engage.store.ledger_tables import Changed, LedgerTables, find
from engage.store.locks import FileLock
from engage.store.places import Places
from engage.store.reader import WorldReader

_NOTHING: Tables = {}


class Ledger:
    """The precious part of the store. One thread may commit while others read."""

    def __init__(
        self, places: Places, now: Callable[[], datetime], notice: Callable[[str], None]
    ) -> None:
        self._places = places
        self._now = now
        self._notice = notice
        self._lock = FileLock(places.lock)
        self._tables: LedgerTables | None = None
        self._reader = WorldReader(notice)
        self._listed: tuple[Mapping[str, Doc], Sequence[Change]] = ({}, ())

    def read(self) -> Tables:
        """The documents now, also those that other processes wrote: not to be changed.

        Raises EngageError where they are damaged beyond mending or not engage's.
        """
        folder = self._places.ledger_folder()
        if folder is None:
            return _NOTHING
        storage = self._tables_in(folder).storage
        try:
            return storage.read()
        except ForeignError as cause:
            raise recovery.foreign(storage.path) from cause
        except DamagedError as damage:
            return self._mended(storage, damage).tables

    def world(self) -> World:
        """What the documents say; the same object while nothing changed."""
        return self._reader.world(self.read())

    def get(self, table: str, key: str) -> Doc | None:
        """One document, the caller's own copy, or None."""
        return copy.deepcopy(find(self.read(), table, key)[1])

    def changes(self) -> Sequence[Change]:
        """The writer's changes that were not undone, newest first."""
        log = self.read().get(CHANGES, {})
        seen, listed = self._listed
        if seen is not log:
            listed = undo_log.undoable(undo_log.newest_first(log.values()))
            self._listed = (log, listed)
        return listed

    def commit(self, change: Change) -> None:
        """Write one change wholly or not at all.

        Raises StoreBusy, and EngageError where the change, the ledger or the disk refuses it.
        """
        made: Doc = plain(undo_log.entry(change), f"the change {change.label!r}")
        with self._lock.held():
            tables = self._tables_in(self._places.make_ledger_folder())
            generation = self._sound(tables.storage, tables.storage.read_surely)
            if generation.schema > SCHEMA:
                raise EngageError(
                    f"{tables.storage.path} was written by a newer engage and this one only reads "
                    "it; update engage, then do this again."
                )
            log = undo_log.newest_first(generation.tables.get(CHANGES, {}).values())
            if not undo_log.is_done_already(made, log):
                logged = _logged(generation.tables, undo_log.after(change, made, log))
                tables.put(change.puts, logged, generation)
            if tables.storage.path.exists():
                self._places.settle(tables.folder)

    def close(self) -> None:
        """Let go of the database; stock TinyDB opens its file at any time."""
        if self._tables:
            self._tables.close()
            self._tables = None

    def _tables_in(self, folder: Path) -> LedgerTables:
        # Another one than before only until the first ledger of this machine is written.
        if self._tables is None or self._tables.folder != folder:
            self._tables = LedgerTables(folder, expected=self._places.settled)
        return self._tables

    def _mended(self, storage: LedgerStorage, damage: DamagedError) -> Generation:
        """A sound generation in place of a damaged one, for a reader."""
        try:
            with self._lock.held():
                return self._sound(storage, storage.load)
        except EngageError:
            # The folder is read-only, or the lock is held: the generation before can be read still.
            generation = recovery.previous_generation(storage, damage)
            storage.stand_in(generation)
            self._notice(
                f"{storage.path} {damage} and could not be mended now; the ledger before the last "
                "change is shown instead."
            )
            return generation

    def _sound(self, storage: LedgerStorage, load: Callable[[], Generation]) -> Generation:
        """What ``load`` gives, mended if need be. To be called under the lock."""
        try:
            return load()
        except ForeignError as cause:
            raise recovery.foreign(storage.path) from cause
        except DamagedError as damage:
            self._notice(recovery.rebuild(storage, damage, self._now()))
            return storage.load()


def _logged(tables: Tables, entries: Sequence[tuple[str, Doc | None]]) -> Changed:
    return {find(tables, CHANGES, key)[0]: entry for key, entry in entries}

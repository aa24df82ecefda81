"""The ledger: records changed by whole changes and read as one world."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from threading import RLock

from engage.domain.changes import Change
from engage.domain.codec import Doc
from engage.domain.days import local_day
from engage.domain.records import World
from engage.domain.stamps import STAMPS
from engage.errors import EngageError
from engage.store import migrations, recovery, undo_log
from engage.store.backups import Backups
from engage.store.ledger_file import LedgerStorage
from engage.store.ledger_tables import Changed, LedgerTables, find
from engage.store.locks import PATIENCE, FileLock
from engage.store.marking import erased, marks_of
from engage.store.packed import Documents, Tables
from engage.store.places import LEDGER, Places
from engage.store.reader import WorldReader
from engage.store.snapshot import CHANGES, DamagedError, ForeignError


class Ledger:
    """The precious part of the store. One thread may commit while others read.

    Between processes the lock is held only while a change is written; reading never takes it.
    """

    def __init__(
        self, places: Places, now: Callable[[], datetime], notice: Callable[[str], None]
    ) -> None:
        self._places = places
        self._now = now
        self._notice = notice
        self._lock = FileLock(places.lock)
        #: Between threads: what is in memory. Taken after the lock where both are.
        self._guard = RLock()
        self._tables: LedgerTables | None = None
        self._reader = WorldReader(notice)
        self._world: tuple[LedgerStorage | None, int, World] = (None, 0, World())
        self._log: tuple[LedgerStorage | None, int, list[undo_log.Entry]] = (None, 0, [])
        self._backed_up: date | None = None
        self._listed: tuple[object, Sequence[Change]] = (None, ())

    def world(self) -> World:
        """What the documents say; the same object while nothing changed.

        Raises EngageError where they are damaged beyond mending or not engage's.
        """
        with self.following() as storage:
            if storage is not None and self._world[:2] != (storage, storage.version):
                world = self._reader.world(storage.tables, storage.changed())
                self._world = (storage, storage.version, world)
            return self._world[2]

    def fingerprint(self) -> str | None:
        """The same text means the same documents; None where there are none, or none can tell."""
        with self.following() as storage:
            return storage.fingerprint if storage else None

    def get(self, table: str, key: str) -> Doc | None:
        """One document, the caller's own copy, or None."""
        with self.following() as storage:
            return find(storage.tables, table, key) if storage else None

    def file(self) -> Path | None:
        """The ledger's file; None where none was ever written."""
        folder = self._places.ledger_folder()
        return folder / LEDGER if folder else None

    def marks(self) -> list[Doc]:
        """What the marks say, without what is kept out of sight."""
        with self.following() as storage:
            found = storage.tables.get(STAMPS, Documents()).values() if storage else ()
            return [{name: marks[name] for name in marks if name != "doc"} for marks in found]

    def changes(self) -> Sequence[Change]:
        """The writer's changes that were not undone, newest first."""
        with self.following() as storage:
            log = self._log_in(storage) if storage else []
            if self._listed[0] is not log:
                self._listed = (log, undo_log.undoable(log))
            return self._listed[1]

    def commit(self, change: Change) -> None:
        """Write one change wholly or not at all.

        Raises StoreBusy, and EngageError where the change, the ledger or the disk refuses it.
        """
        with self._writing() as tables:
            self._write(tables, change)

    def commit_made(
        self, make: Callable[[Tables], Change | None], *, patience: float = PATIENCE
    ) -> Change | None:
        """Write a change that is made of what the ledger holds at that very moment, or none.

        Gives the change. Raises as `commit` does, after ``patience`` seconds of another's lock.
        """
        with self._writing(patience) as tables:
            change = make(tables.storage.tables)
            if change is not None:
                self._write(tables, change)
            return change

    def _write(self, tables: LedgerTables, change: Change) -> None:
        storage = tables.storage
        log = self._log_in(storage)
        if undo_log.is_done_already(change, log):
            return
        becomes = undo_log.after(change, log)
        changed = tables.changed_by(change.puts, undo_log.packed(becomes))
        if changed:
            _keep_older(storage)
            if self._back_up(storage):
                changed = _with(erased(storage.tables, change.at), changed)
            tables.write(_with(changed, marks_of(change, changed, storage.tables)))
            self._log = (storage, storage.version, undo_log.advanced(log, becomes))

    def replace(self, tables: Tables) -> tuple[Path, ...]:
        """Put a ledger in the place of one that is missing or cannot be read.

        Gives the files of the old one, which are set aside. Raises StoreBusy, EngageError.
        """
        with self._lock.held(), self._guard:
            folder = self._places.make_ledger_folder()
            storage = self._tables_in(folder).storage
            aside = recovery.set_all_aside(storage, self._now())
            storage.put_in_place(tables, damaged=True)
            self._places.settle(folder)
        return aside

    def tidy(self) -> None:
        """Fold a long journal, unless another process is writing."""
        storage = self._tables.storage if self._tables else None
        if storage is not None and storage.long:
            self._fold(storage, patience=0)

    def settle(self) -> None:
        """Leave one file that stock TinyDB opens.

        Where the lock is held, or the disk is full, the journal stays: nothing is lost by that.
        """
        storage = self._tables.storage if self._tables else None
        if storage is not None and (storage.unfolded or storage.irregular):
            self._fold(storage)

    def close(self) -> None:
        """`settle`, and let go of the files."""
        self.settle()
        with self._guard:
            if self._tables is not None:
                self._tables.close()
                self._tables = None

    def _fold(self, storage: LedgerStorage, **patience: float) -> None:
        with contextlib.suppress(EngageError), self._lock.held(**patience), self._guard:
            self._bring_up(storage)
            if storage.unfolded and not storage.newer:
                _keep_older(storage)
                storage.fold()

    @contextlib.contextmanager
    def following(self) -> Iterator[LedgerStorage | None]:
        """The documents now, also those that other processes wrote; None where none ever were."""
        damage = None
        with self._guard:
            folder = self._places.ledger_folder()
            storage = self._tables_in(folder).storage if folder else None
            if storage is not None:
                damage = _damage(storage, storage.refresh)
        if storage is not None and (damage or storage.irregular or storage.suspect):
            self._mend(storage, damage)
        with self._guard:
            yield storage

    @contextlib.contextmanager
    def _writing(self, patience: float = PATIENCE) -> Iterator[LedgerTables]:
        """The tables to write upon, as all processes left them, under the lock."""
        with self._lock.held(patience), self._guard:
            tables = self._tables_in(self._places.make_ledger_folder())
            storage = tables.storage
            self._bring_up(storage)
            if storage.newer:
                raise EngageError(
                    f"{storage.path} was written by a newer engage and this one only reads it; "
                    "update engage, then do this again."
                )
            yield tables
            if not self._places.settled and storage.path.exists():
                self._places.settle(tables.folder)

    def _tables_in(self, folder: Path) -> LedgerTables:
        # Another one than before only until the first ledger of this machine is written.
        if self._tables is None or self._tables.folder != folder:
            self._tables = LedgerTables(folder, expected=self._places.settled, notice=self._notice)
        return self._tables

    def _log_in(self, storage: LedgerStorage) -> list[undo_log.Entry]:
        """The undo log, newest first."""
        if self._log[:2] != (storage, storage.version):
            log = undo_log.newest_first(storage.tables.get(CHANGES, Documents()).packed.values())
            self._log = (storage, storage.version, log)
        return self._log[2]

    def _bring_up(self, storage: LedgerStorage) -> None:
        """Read what others wrote, and mend what is damaged. To be called under the lock."""
        damage = _damage(storage, lambda: storage.refresh(settled=True))
        if damage:
            self._notice(recovery.rebuild(storage, damage, self._now()))
        irregular = storage.irregular
        if irregular and (said := recovery.make_regular(storage, irregular, self._now())):
            self._notice(said)

    def _mend(self, storage: LedgerStorage, damage: DamagedError | None) -> None:
        """Mend what a reader found damaged; where that cannot be done now, show what there is."""
        try:
            with self._lock.held(), self._guard:
                self._bring_up(storage)
        except EngageError:  # the folder is read-only, or the lock is held
            with self._guard:
                if damage:
                    tables, since = recovery.rebuilt(storage, damage)
                    storage.stand_in(tables)
                    self._notice(
                        f"{storage.path} {damage} and could not be mended now; what is shown is "
                        f"{since}."
                    )
                elif storage.suspect:
                    storage.refresh(settled=True)
                if storage.irregular and storage.irregular.lost:
                    self._notice(f"{recovery.lost_lines(storage.irregular)}.")

    def _back_up(self, storage: LedgerStorage) -> bool:
        """Keep what the day begins with; whether this is how it begins. Under the lock."""
        today = local_day(self._now())
        if self._backed_up == today or not any(storage.tables.values()):
            return False
        self._backed_up = today
        try:
            return Backups(storage.folder).daily(today, storage.tables)
        except EngageError as refused:  # a full disk does not keep the writer from deciding
            self._notice(f"There is no backup of today: {refused}")
            return False


def _with(changed: Mapping[str, Changed], more: Mapping[str, Changed]) -> dict[str, Changed]:
    return {
        table: {**changed.get(table, {}), **more.get(table, {})}
        for table in changed.keys() | more.keys()
    }


def _damage(storage: LedgerStorage, read: Callable[[], None]) -> DamagedError | None:
    """What is wrong with the snapshot, after reading. Raises EngageError for a file not ours."""
    try:
        read()
    except ForeignError as cause:
        raise recovery.foreign(storage.path) from cause
    except DamagedError as damage:
        return damage
    return None


def _keep_older(storage: LedgerStorage) -> None:
    """Back a ledger of an older schema up before it is written. Raises EngageError."""
    if storage.schema < migrations.schema():
        Backups(storage.folder).keep_older(storage.path)

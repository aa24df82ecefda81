"""The ledger's documents: a snapshot and its journal, held in memory, followed and folded.

A *generation* is a snapshot with the journal upon it. Folding writes the next one, which holds the
same: its number follows. Where the content changes in another way than by a line of the journal
(mending, a migration, an edit by hand) a number is skipped, so that who follows reads it afresh.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from tinydb import Storage

from engage.store import migrations
from engage.store.documents import PlainTables
from engage.store.files import Stamp, cannot_write, stamp_of
from engage.store.journal import Journal, Tail
from engage.store.packed import GONE, Documents, Packed, PackedChanges, Tables, apply, pack
from engage.store.places import LEDGER, PREVIOUS
from engage.store.snapshot import (
    DamagedError,
    Snapshot,
    encode,
    is_whole,
    number_of,
    read_snapshot,
    replace_snapshot,
)

#: A journal is folded when the ledger is opened if it has more bytes than this, or more than half
#: as many as its snapshot; a short one costs nothing to read.
_LONG_JOURNAL = 4_000_000
_SHORT_JOURNAL = 64_000


@dataclass(slots=True)
class Irregular:
    """What is wrong with a journal, to be put right by writing a new generation.

    ``lost`` lines cannot be read; ``cut``: the last was never finished.
    """

    path: Path
    lost: int = 0
    cut: bool = False


@dataclass(slots=True)
class _State:
    """``apart``: the tables are not what a snapshot of this number held; its journal is not to be
    written on. ``stands_in``: they are shown in place of a damaged file that is still there."""

    tables: Tables = field(default_factory=dict)
    schema: int = 1
    number: int = 0
    stamp: Stamp | None = None
    size: int = 0
    apart: bool = False
    stands_in: bool = False


class LedgerStorage(Storage):
    """TinyDB's storage for a ledger. Memory changes only after the disk has answered.

    Its tables change in place; ``version`` says when. To be used by one thread at a time.
    """

    def __init__(self, folder: Path, expected: bool, notice: Callable[[str], None]) -> None:
        """``expected``: there was a ledger before, so that a missing one is a lost one."""
        self._expected = expected
        self._notice = notice
        self.folder = folder
        self.path = folder / LEDGER
        self.previous = folder / PREVIOUS
        self.version = 0
        #: What is wrong with the journal in use, until a new generation is written.
        self.irregular: Irregular | None = None
        #: Whether lines cannot be read that may be just being written: the lock will tell.
        self.suspect = False
        self._state: _State | None = None
        self._journal = Journal(folder, 0)
        self._staged: PackedChanges | None = None
        self._changed: dict[str, set[str]] | None = None

    # What there is

    @property
    def tables(self) -> Tables:
        """The documents as they are in memory: not to be changed."""
        return self._state.tables if self._state else {}

    @property
    def schema(self) -> int:
        """The schema of the file that was read."""
        return self._state.schema if self._state else migrations.schema()

    @property
    def newer(self) -> bool:
        """Whether a newer engage wrote it."""
        return self.schema > migrations.schema()

    @property
    def fingerprint(self) -> str | None:
        """The same text means the same documents; None where the files do not say."""
        state = self._state
        if state is None or state.stamp is None or state.apart or state.stands_in:
            return None
        if self.irregular or self.suspect:
            return None
        return f"{state.stamp} {self._journal.stamp}"

    @property
    def unfolded(self) -> int:
        """The bytes of the journal."""
        return self._journal.size

    @property
    def long(self) -> bool:
        """Whether the journal is so long that opening the ledger takes notably longer."""
        size = self._state.size if self._state else 0
        return self.unfolded > max(_SHORT_JOURNAL, min(_LONG_JOURNAL, size / 2))

    def changed(self) -> dict[str, set[str]] | None:
        """The documents that changed since this was asked last; None: any of them."""
        changed, self._changed = self._changed, {}
        return changed

    # Following the disk

    def refresh(self, *, settled: bool = False) -> None:
        """Bring memory up to what the disk holds.

        ``settled``: the lock is held. Raises DamagedError, ForeignError, EngageError.
        """
        state = self._state
        stands_in = settled and state is not None and state.stands_in
        same = state is not None and not stands_in and stamp_of(self.path) == state.stamp
        if not same and not self._follow():
            self.load(settled=settled)
        self._take(self._journal.tail(settled=settled), settled=settled)

    def load(self, *, settled: bool = False) -> None:
        """Read everything whatever is known. Raises DamagedError, ForeignError, EngageError."""
        while True:
            found = read_snapshot(self.path)
            if found is None:
                beside = stamp_of(self.previous) is not None or journal_numbers(self.folder)
                if self._expected or beside:
                    raise DamagedError("is missing")
                found = Snapshot(schema=migrations.schema())
            number = found.number or self._number_by_hand(found)
            journal = Journal(self.folder, number)
            tail = journal.tail(settled=settled)
            if stamp_of(self.path) == found.stamp:  # else another process folded it meanwhile
                break
        for changes in tail.changes:
            apply(changes, found.tables)
        tail.changes.clear()
        tables = migrations.migrated(found.tables, found.schema)
        apart = found.stamp is not None and (not found.number or found.schema < migrations.schema())
        self._journal.close()
        self._journal = journal
        self._adopt(_State(tables, found.schema, number, found.stamp, found.size, apart))
        self._take(tail, settled=settled)

    def stand_in(self, tables: Tables) -> None:
        """Answer with these tables until the damaged file is another."""
        stamp = stamp_of(self.path)
        self._adopt(_State(tables, migrations.schema(), stamp=stamp, stands_in=True))
        self._journal.close()
        self._journal = Journal(self.folder, 0)

    # TinyDB's side

    def read(self) -> Tables:  # type: ignore[override]
        """The tables, with what a transaction changed so far; the tables are not to be changed."""
        if not self._staged:
            return dict(self.tables)
        seen = {name: Documents(dict(table.packed)) for name, table in self.tables.items()}
        apply(self._staged, seen)
        return seen

    def write(self, data: PlainTables) -> None:
        """Make the tables these, as one change. TinyDB calls this where it drops tables."""
        changes: PackedChanges = {}
        for name in self.tables.keys() | data.keys():
            before, after = dict(self.tables.get(name, {})), data.get(name, {})
            changes[name] = {
                number: pack(after[number], f"{name}/{number}") if number in after else GONE
                for number in before.keys() | after.keys()
                if before.get(number) != after.get(number)
            }
        self.commit(changes)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What is committed meanwhile is written as one change at the end; nothing of it after an
        error."""
        self._staged = {}
        try:
            yield
            staged = self._staged
        finally:
            self._staged = None
        self.commit(staged)

    def staged(self, table: str) -> dict[str, Packed]:
        """What the transaction has changed in a table so far."""
        return (self._staged or {}).get(table, {})

    # Writing

    def commit(self, changes: PackedChanges) -> None:
        """Write one change, durably; to be called under the lock, after `refresh`.

        Raises EngageError where the disk refuses; memory is as before then.
        """
        changes = {name: documents for name, documents in changes.items() if documents}
        if self._staged is not None:
            for name, documents in changes.items():
                self._staged.setdefault(name, {}).update(documents)
        elif changes:
            self.begin()
            in_place = self._journal.append(changes)
            self._apply(changes)
            if not in_place:  # another program took the journal away under us
                self.fold(skip=True)

    def begin(self) -> None:
        """Write a generation to write upon, if there is none yet; under the lock."""
        if self._state is None or self._state.stamp is None or self._state.apart:
            self.fold(skip=self._state is not None and self._state.apart)

    def fold(self, *, skip: bool = False) -> None:
        """Write the next generation out of memory; to be called under the lock, after `refresh`.

        ``skip`` where memory is not exactly the snapshot with its journal.
        Raises EngageError where the disk refuses; nothing is changed then.
        """
        state = self._state or _State()
        self._renew(state, skip=skip or state.apart or self.irregular is not None)

    def put_in_place(self, tables: Tables, *, damaged: bool) -> None:
        """Write other tables as a new generation; to be called under the lock. Raises EngageError.

        ``damaged``: the file in place is, and does not become the previous one.
        """
        known = self._state.number if self._state else 0
        self._renew(_State(tables, number=known), skip=True, damaged=damaged)
        self._changed = None

    def _renew(self, new: _State, *, skip: bool, damaged: bool = False) -> None:
        if skip:
            new = replace(new, number=max(new.number, self._highest_number()) + 1)
        number = new.number + 1
        whole = damaged or stamp_of(self.path) is None or is_whole(self.path)
        follows = whole and not skip and self._state is not None and self._state.stamp is not None
        content = encode(new.tables, number)
        try:
            replace_snapshot(self.path, content, follows=follows)
        except OSError as cause:
            raise cannot_write(self.path, cause) from cause
        if not (whole or new.apart):
            self._notice(
                f"{self.path} was damaged while engage ran; it was written again from memory, and "
                "nothing was lost."
            )
        self._expected = True
        self._journal.close()
        self._journal = Journal(self.folder, number)
        self.irregular = None
        stamp = stamp_of(self.path)
        self._state = _State(new.tables, migrations.schema(), number, stamp, len(content))
        self.version += 1
        self._drop_old_journals()

    def close(self) -> None:
        """Let go of the files; the next use reads them again."""
        self._journal.close()
        self._journal = Journal(self.folder, 0)
        self._state = None

    def _follow(self) -> bool:
        """Go on to the next generation if it holds the same as this one with its journal."""
        state, stamp = self._state, stamp_of(self.path)
        if state is None or stamp is None or state.apart:
            return False
        if not state.number or number_of(self.path) != state.number + 1:
            return False
        tail = self._journal.tail(settled=True)
        if tail.lost or tail.unended or tail.replaced or stamp_of(self.path) != stamp:
            return False
        self._take(tail, settled=True)
        self._journal.close()
        self._journal = Journal(self.folder, state.number + 1)
        state.number, state.stamp, state.size = state.number + 1, stamp, stamp[2]
        return True

    def _take(self, tail: Tail, *, settled: bool) -> None:
        for changes in tail.changes:
            self._apply(changes)
        self.suspect = bool(tail.lost) and not settled
        if (tail.lost and settled) or tail.unended or tail.replaced:
            before = self.irregular or Irregular(self._journal.path)
            self.irregular = Irregular(before.path, before.lost + tail.lost, tail.cut)

    def _apply(self, changes: PackedChanges) -> None:
        apply(changes, self.tables)
        self.version += 1
        if self._changed is not None:
            for name, documents in changes.items():
                self._changed.setdefault(name, set()).update(documents)

    def _adopt(self, state: _State) -> None:
        self._state = state
        self._changed = None
        self.irregular = None
        self.version += 1

    def _number_by_hand(self, found: Snapshot) -> int:
        """The number of an edited ledger: that of the one it was made from, whose journal, if any,
        may hold changes that it lacks."""
        if found.stamp is None:
            return 0
        return max(self._highest_number(), (number_of(self.previous) or 0) + 1)

    def _highest_number(self) -> int:
        return max([0, number_of(self.path) or 0, *journal_numbers(self.folder)])

    def _drop_old_journals(self) -> None:
        oldest = number_of(self.previous)
        for number in journal_numbers(self.folder):
            if oldest is not None and number < oldest:
                Journal(self.folder, number).path.unlink(missing_ok=True)


def journal_numbers(folder: Path) -> list[int]:
    """The generations that have a journal in a folder, oldest first."""
    names = [path.name.split(".") for path in folder.glob("ledger.*.jsonl")]
    return sorted(int(name[1]) for name in names if len(name) == 3 and name[1].isdecimal())

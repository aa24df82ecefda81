"""The ledger's tables in TinyDB. A change costs its own size, not the table's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from pathlib import Path

from tinydb import TinyDB
from tinydb.table import Table

from engage.domain import stamps
from engage.domain.changes import TABLES, Put, apply
from engage.domain.codec import Doc
from engage.domain.stamps import STAMPS
from engage.store import undo_log
from engage.store.documents import slot
from engage.store.ledger_file import LedgerStorage
from engage.store.packed import GONE, Documents, Packed, Tables, pack, unpack
from engage.store.snapshot import CHANGES

#: The field of each table's documents that identifies them.
KEYS: Mapping[str, str] = {
    **dict.fromkeys(TABLES, "id"),
    "news": "uid",
    "own_posts": "uid",
    CHANGES: undo_log.KEY,
    STAMPS: stamps.KEY,
}

#: What becomes of a table's documents, by the text of their id.
Changed = dict[str, Packed]


class StagedTable(MutableMapping[int, Doc]):
    """A table as an updater may change it: only what it touched is copied, and then written.

    A document that is asked for is the updater's own copy, since TinyDB changes it in place.
    """

    def __init__(self, documents: Documents, staged: Changed) -> None:
        self._documents = documents
        self._touched: dict[str, Doc | None] = {}
        self._staged = staged

    def changed(self) -> dict[str, Doc | None]:
        """What differs from before, by the text of the id."""
        return {
            number: document
            for number, document in self._touched.items()
            if document != self._before(number)
        }

    def __getitem__(self, number: int) -> Doc:
        key = str(number)
        if key not in self._touched:
            before = self._before(key)
            if before is None:
                raise KeyError(number)
            self._touched[key] = before
        found = self._touched[key]
        if found is None:
            raise KeyError(number)
        return found

    def __setitem__(self, number: int, document: Doc) -> None:
        self._touched[str(number)] = document

    def __delitem__(self, number: int) -> None:
        if number not in self:
            raise KeyError(number)
        self._touched[str(number)] = None

    def __contains__(self, number: object) -> bool:
        return self.now(str(number)) is not None

    def __iter__(self) -> Iterator[int]:
        added = [*self._staged, *self._touched]
        for key in dict.fromkeys([*self._documents, *added]):
            if self.now(key) is not None:
                yield int(key)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Take every document out."""
        self._touched = dict.fromkeys([*self._documents, *self._staged])

    def now(self, key: str) -> Doc | None:
        """The document with an id as it is by now, or None."""
        return self._touched[key] if key in self._touched else self._before(key)

    def _before(self, key: str) -> Doc | None:
        if key not in self._staged:
            return self._documents.get(key)
        return None if self._staged[key] == GONE else unpack(self._staged[key])


class JournalTable(Table):
    """TinyDB's table over a `LedgerStorage`.

    TinyDB's own `_update_table` copies the whole table twice; this one hands the updater a view.
    """

    _storage: LedgerStorage

    def put(self, changed: Changed) -> None:
        """Put documents in the place of others, or take them out, as one change."""
        self._storage.commit({self.name: changed})
        self.clear_cache()

    def _update_table(self, updater: Callable[[MutableMapping[int, Doc]], object]) -> None:  # type: ignore[override]
        storage = self._storage
        view = StagedTable(storage.tables.get(self.name, Documents()), storage.staged(self.name))
        updater(view)
        self.put(
            {
                number: GONE if document is None else pack(document, f"{self.name}/{number}")
                for number, document in view.changed().items()
            }
        )


class LedgerDatabase(TinyDB):
    """TinyDB over one ledger; several of its tables may change in one transaction."""

    table_class = JournalTable


class LedgerTables:
    """The database of one ledger's folder; to be changed by one thread at a time."""

    def __init__(self, folder: Path, *, expected: bool, notice: Callable[[str], None]) -> None:
        """``expected``: there was a ledger before, so that a missing one is a lost one."""
        self.folder = folder
        self._database = LedgerDatabase(folder, expected, notice, storage=LedgerStorage)
        storage = self._database.storage
        assert isinstance(storage, LedgerStorage)
        self.storage = storage

    def changed_by(
        self, puts: Iterable[Put], log: Iterable[tuple[str, Packed]]
    ) -> dict[str, Changed]:
        """What puts make of each table, with what becomes of the undo log; unchanged ones left out.

        Raises EngageError for what JSON cannot hold, and where a document finds no place.
        """
        changed: dict[str, Changed] = {}
        for put in puts:
            documents = self.storage.tables.get(put.table, Documents())
            _apply(put, documents, changed.setdefault(put.table, {}))
        tables = self.storage.tables
        changed[CHANGES] = {number_of(tables, CHANGES, key): document for key, document in log}
        return {name: becomes for name, becomes in changed.items() if becomes}

    def write(self, changed: Mapping[str, Changed]) -> None:
        """Write to several tables as one change. Raises EngageError where the disk refuses."""
        with self.storage.transaction():
            for name, becomes in changed.items():
                table = self._database.table(name, cache_size=0)
                assert isinstance(table, JournalTable)
                table.put(becomes)

    def close(self) -> None:
        self._database.close()


def find(tables: Tables, table: str, key: str) -> Doc | None:
    """A record's document, or None."""
    return tables.get(table, Documents()).get(number_of(tables, table, key))


def number_of(tables: Tables, table: str, key: str) -> str:
    """The id of a record's document, or a free one where there is none."""
    return slot(tables.get(table, Documents()).get, table, key, KEYS[table])


def _apply(put: Put, documents: Documents, changed: Changed) -> None:
    view = StagedTable(documents, changed)
    number = slot(view.now, put.table, put.id, KEYS[put.table])
    before = documents.get(number)
    # Marks are computed as a whole, never field by field.
    after = put.after if put.table == STAMPS else apply(put, view.now(number))
    becomes = GONE
    if after is not None:
        becomes = pack({**after, KEYS[put.table]: put.id}, f"{put.table}/{put.id}")
    unchanged = after is None if before is None else after is not None and unpack(becomes) == before
    if unchanged:
        changed.pop(number, None)
    else:
        changed[number] = becomes

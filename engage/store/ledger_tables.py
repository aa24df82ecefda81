"""The ledger's tables in TinyDB. A change costs its own size, not the table's."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from pathlib import Path

from tinydb import TinyDB
from tinydb.table import Table

from engage.domain.changes import TABLES, Put, apply
from engage.domain.codec import Doc
from engage.store import undo_log
from engage.store.documents import slot
from engage.store.ledger_file import LedgerStorage
from engage.store.packed import Documents, Tables
from engage.store.snapshot import CHANGES

#: The field of each table's documents that identifies them.
KEYS: Mapping[str, str] = {
    **dict.fromkeys(TABLES, "id"),
    "news": "uid",
    "own_posts": "uid",
    CHANGES: undo_log.KEY,
}

#: What becomes of documents, by their id; None: taken out.
Changed = dict[int, Doc | None]


class StagedTable(MutableMapping[int, Doc]):
    """A table as an updater may change it: only what it touched is copied, and then written.

    A document that is asked for is the updater's own copy, since TinyDB changes it in place.
    """

    def __init__(self, documents: Mapping[str, Doc], staged: Mapping[str, Doc | None]) -> None:
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
            self._touched[key] = copy.deepcopy(before)
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
        return self._now(str(number)) is not None

    def __iter__(self) -> Iterator[int]:
        added = [*self._staged, *self._touched]
        for key in dict.fromkeys([*self._documents, *added]):
            if self._now(key) is not None:
                yield int(key)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Take every document out."""
        self._touched = dict.fromkeys([*self._documents, *self._staged])

    def _now(self, key: str) -> Doc | None:
        return self._touched[key] if key in self._touched else self._before(key)

    def _before(self, key: str) -> Doc | None:
        return self._staged[key] if key in self._staged else self._documents.get(key)


class JournalTable(Table):
    """TinyDB's table over a `LedgerStorage`.

    TinyDB's own `_update_table` copies the whole table twice; this one hands the updater a view.
    """

    _storage: LedgerStorage

    def put(self, changed: Changed) -> None:
        """Put documents in the place of others, or take them out, as one change."""

        def updater(table: MutableMapping[int, Doc]) -> None:
            for number, document in changed.items():
                if document is not None:
                    table[number] = document
                elif number in table:
                    del table[number]

        self._update_table(updater)

    def _update_table(self, updater: Callable[[MutableMapping[int, Doc]], object]) -> None:  # type: ignore[override]
        storage = self._storage
        view = StagedTable(storage.tables.get(self.name, {}), storage.staged(self.name))
        updater(view)
        storage.commit({self.name: view.changed()})
        self.clear_cache()


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

    def changed_by(self, puts: Iterable[Put], log: Changed) -> dict[str, Changed]:
        """What puts make of each table, with what becomes of the undo log; unchanged ones left out.

        The puts hold nothing that JSON cannot. Raises EngageError where a document finds no place.
        """
        changed: dict[str, Changed] = {}
        for put in puts:
            documents = self.storage.tables.get(put.table, Documents())
            _apply(put, documents, changed.setdefault(put.table, {}))
        changed[CHANGES] = log
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


def find(tables: Tables, table: str, key: str) -> tuple[int, Doc | None]:
    """The id of a record's document and the document; None, and a free id, where there is none."""
    documents = tables.get(table, Documents())
    number, _ = slot(lambda number: documents.get(str(number)), table, key, KEYS[table])
    return number, documents.get(str(number))


def _apply(put: Put, documents: Mapping[str, Doc], changed: Changed) -> None:
    def now(number: int) -> Doc | None:
        return changed[number] if number in changed else documents.get(str(number))

    number, _ = slot(now, put.table, put.id, KEYS[put.table])
    after = apply(put, now(number))
    if after is not None:
        after = {**after, KEYS[put.table]: put.id}
    if after == documents.get(str(number)):
        changed.pop(number, None)
    else:
        changed[number] = after

"""The ledger's tables in TinyDB: several of them changed, one write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tinydb import TinyDB
from tinydb.middlewares import Middleware
from tinydb.table import Document

from engage.domain.changes import TABLES, Put, apply
from engage.domain.codec import Doc
from engage.store import undo_log
from engage.store.documents import Tables, plain, slot
from engage.store.ledger_file import CHANGES, Generation, LedgerStorage

#: The field of each table's documents that identifies them.
KEYS: Mapping[str, str] = {
    **dict.fromkeys(TABLES, "id"),
    "news": "uid",
    "own_posts": "uid",
    CHANGES: undo_log.KEY,
}

#: What becomes of documents, by their id; None: taken out.
Changed = dict[int, Doc | None]


class Transaction(Middleware):
    """Collects what TinyDB writes table by table, and hands it on as one write."""

    storage: LedgerStorage

    def __init__(self) -> None:
        super().__init__(LedgerStorage)
        self._staged: Tables | None = None

    def read(self) -> Tables:
        return self.storage.read() if self._staged is None else self._staged

    def write(self, data: Tables) -> None:
        self._staged = data

    @contextmanager
    def upon(self, generation: Generation) -> Iterator[None]:
        """What TinyDB writes meanwhile is written at the end; nothing of it after an error."""
        # TinyDB puts changed tables into the dictionary that it read: memory keeps its own.
        self._staged = dict(generation.tables)
        try:
            yield
            self.storage.write(self._staged)
        finally:
            self._staged = None


class LedgerTables:
    """The database of one ledger's folder; to be changed by one thread at a time."""

    def __init__(self, folder: Path, *, expected: bool) -> None:
        """``expected``: there was a ledger before, so that a missing one is a lost one."""
        self.folder = folder
        self._transaction = Transaction()
        self._database = TinyDB(folder, expected, storage=self._transaction)

    @property
    def storage(self) -> LedgerStorage:
        return self._transaction.storage

    def put(self, puts: Iterable[Put], log: Changed, generation: Generation) -> None:
        """Apply puts, and what becomes of the undo log, as one write upon a generation.

        Raises EngageError where a document cannot be kept, or the disk refuses.
        """
        changed: dict[str, Changed] = {}
        for put in puts:
            documents = generation.tables.get(put.table, {})
            _apply(put, documents, changed.setdefault(put.table, {}))
        changed[CHANGES] = log
        if any(changed.values()):
            with self._transaction.upon(generation):
                for table, becomes in changed.items():
                    self._change(table, becomes)

    def close(self) -> None:
        self._database.close()

    def _change(self, name: str, changed: Changed) -> None:
        if not changed:
            return
        table = self._database.table(name, cache_size=0)
        if stored := [number for number in changed if table.contains(doc_id=number)]:
            table.remove(doc_ids=stored)
        kept = [Document(doc, number) for number, doc in changed.items() if doc is not None]
        if kept:
            table.insert_multiple(kept)


def find(tables: Tables, table: str, key: str) -> tuple[int, Doc | None]:
    """The id of a record's document and the document; None, and a free id, where there is none."""
    documents = tables.get(table, {})
    number, _ = slot(lambda number: documents.get(str(number)), table, key, KEYS[table])
    return number, documents.get(str(number))


def _apply(put: Put, documents: Mapping[str, Doc], changed: Changed) -> None:
    def now(number: int) -> Doc | None:
        return changed[number] if number in changed else documents.get(str(number))

    number, _ = slot(now, put.table, put.id, KEYS[put.table])
    after = apply(put, now(number))
    if after is not None:
        after = plain({**after, KEYS[put.table]: put.id}, f"{put.table}/{put.id}")
    if after == documents.get(str(number)):
        changed.pop(number, None)
    else:
        changed[number] = after

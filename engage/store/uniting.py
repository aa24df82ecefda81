"""Uniting the ledger with others: what they hold that this one does not, as one change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from engage.domain.changes import By, Change, Put, change
from engage.domain.codec import Doc
from engage.domain.stamps import STAMPS
from engage.domain.uniting import united
from engage.errors import EngageError
from engage.store.documents import doc_id
from engage.store.holding import TablesHolding, differing
from engage.store.ledger import Ledger
from engage.store.ledger_tables import KEYS, number_of
from engage.store.locks import PATIENCE
from engage.store.packed import Documents, Tables, packed_tables
from engage.store.sources import Source, ledgers_in, read_source


def sources_at(path: Path, own: Path | None) -> list[Source]:
    """What there is to unite with at a path: a home, a data folder, a machine's, or a file.

    ``own``: this machine's ledger, which is left out. Raises EngageError where nothing is.
    """
    files = ledgers_in(path) if path.is_dir() else [path]
    others = [file for file in files if own is None or not _same(file, own)]
    if not others:
        raise EngageError(f"{path} is this very ledger; name another machine's, or a backup.")
    return [read_source(file) for file in others]


def source_of(name: Path, documents: Mapping[str, Iterable[Doc]]) -> Source:
    """Records of another form than a ledger's, to unite with."""
    tables: dict[str, dict[str, Doc]] = {}
    for table, listed in documents.items():
        key = KEYS[table]
        tables[table] = {str(doc_id(table, str(doc[key]))): doc for doc in listed}
    return Source(name, packed_tables(tables))


def unite(
    ledger: Ledger,
    sources: Sequence[Source],
    label: str,
    at: datetime,
    *,
    by: By = "merge",
    patience: float = PATIENCE,
) -> Change | None:
    """Bring in what others hold, as one change; None where there is nothing new.

    Raises StoreBusy, and EngageError where the disk refuses.
    """

    def made(tables: Tables) -> Change | None:
        mine = tables
        puts: dict[tuple[str, str], Put] = {}
        for number, source in enumerate(sources):
            if number:
                mine = with_puts(tables, puts.values())
            for put in puts_to_unite(mine, source.tables):
                first = puts.get((put.table, put.id))
                before = first.before if first else put.before
                puts[put.table, put.id] = Put(put.table, put.id, before, put.after)
        listed = [put for put in puts.values() if put.before != put.after]
        return change(label, listed, at, by=by, salt=at.isoformat()) if listed else None

    return ledger.commit_made(made, patience=patience)


def puts_to_unite(mine: Tables, theirs: Tables) -> list[Put]:
    """What makes a ledger one with another one: nothing where it holds all of that already."""
    uids = differing(mine, theirs)
    if not uids:
        return []
    here = TablesHolding(mine)
    found = united(here, TablesHolding(theirs, foreign=True), sorted(uids))
    puts = [
        Put(table, key, here.get(table, key), after) for (table, key), after in found.docs.items()
    ]
    return puts + [Put(STAMPS, uid, here.marks(uid), after) for uid, after in found.marks.items()]


def with_puts(tables: Tables, puts: Iterable[Put]) -> Tables:
    """The tables as they are after puts that found them so; the given ones stay as they are."""
    after = {name: Documents(dict(table.packed)) for name, table in tables.items()}
    for put in puts:
        documents = after.setdefault(put.table, Documents())
        number = number_of(after, put.table, put.id)
        if put.after is None:
            documents.pop(number, None)
        else:
            documents[number] = dict(put.after)
    return after


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False

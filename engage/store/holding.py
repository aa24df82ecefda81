"""A ledger's tables as `domain.uniting` asks for them, and where two ledgers differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from engage.domain.changes import TABLES
from engage.domain.codec import Doc
from engage.domain.stamps import KEY, STAMPS, record_of, uid_of
from engage.errors import EngageError
from engage.store.ledger_tables import KEYS, find
from engage.store.packed import Documents, Tables, pack
from engage.store.reader import READ
from engage.text import clean

_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}[ZR](-|\+\d+)?")


class TablesHolding:
    """`engage.domain.uniting.Holding` on a ledger's tables; ``foreign``: another one's, whose texts
    are made safe."""

    def __init__(self, tables: Tables, *, foreign: bool = False) -> None:
        self._tables = tables
        self._foreign = foreign

    def get(self, table: str, key: str) -> Doc | None:
        return self._given(find(self._tables, table, key))

    def all(self, table: str) -> Iterator[tuple[str, Doc]]:
        for document in self._tables.get(table, Documents()).values():
            yield str(document.get(KEYS[table])), document

    def marks(self, uid: str) -> Doc | None:
        if not self._tables.get(STAMPS):
            return None
        found = self._given(find(self._tables, STAMPS, uid))
        return None if found is None or (self._foreign and not _are_marks(found)) else found

    def all_marks(self) -> Iterator[Doc]:
        yield from self._tables.get(STAMPS, Documents()).values()

    def _given(self, document: Doc | None) -> Doc | None:
        return _made_safe(document) if self._foreign and document is not None else document


def differing(mine: Tables, theirs: Tables) -> set[str]:
    """The uids of the records, and of the marks, that another ledger has and that are not the same
    here. What cannot be read as a record is left out."""
    uids = set()
    for table in TABLES:
        for document in _unequal(mine, theirs, table):
            key = document.get(KEYS[table])
            if isinstance(key, str) and _is_record(table, document):
                uids.add(uid_of(table, key))
    uids.update(marks[KEY] for marks in _unequal(mine, theirs, STAMPS) if _are_marks(marks))
    return uids


def _unequal(mine: Tables, theirs: Tables, table: str) -> Iterator[Doc]:
    here = mine.get(table, Documents())
    for number, packed in theirs.get(table, Documents()).packed.items():
        known = here.packed.get(number)
        if known is not None and bytes(known) == bytes(packed):
            continue
        document = _made_safe(theirs[table][number])
        if known is None or here[number] != document:
            yield document


def _made_safe(value: Any) -> Any:
    """A value with its texts made safe; what engage wrote stays as it is."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_made_safe(each) for each in value]
    if isinstance(value, dict):
        return {key: _made_safe(each) for key, each in value.items()}
    return value


def _is_record(table: str, document: Any) -> bool:
    try:
        READ[table](pack(document, table))
    except (EngageError, ValueError, TypeError, KeyError, OverflowError, msgspec.MsgspecError):
        return False
    return True


def _are_marks(marks: Doc) -> bool:
    table, key = record_of(str(marks.get(KEY)))
    cells = marks.get("at", {})
    if table not in TABLES or not key or not isinstance(cells, dict):
        return False
    stamps = [marks[name] for name in ("gone", "here", "with", "back", "base") if name in marks]
    stamps += cells.values()
    return (
        all(isinstance(each, str) and _STAMP.fullmatch(each) for each in stamps)
        and all(isinstance(marks.get(name, ""), str) for name in ("into", "about"))
        and ("doc" not in marks or _is_record(table, marks["doc"]))
    )

"""The world out of the ledger's documents, each read once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from engage.domain.changes import record_of
from engage.domain.codec import Doc, from_doc
from engage.domain.records import Amendment, Touch, World
from engage.domain.world import build_world
from engage.store.documents import Tables
from engage.store.ledger_tables import KEYS

_MOMENT = "2000-01-01T00:00:00Z"

#: A touch that an amendment's fields are tried on.
_ANY_TOUCH: Mapping[str, Any] = {
    "id": "",
    "at": _MOMENT,
    "person": "",
    "direction": "out",
    "kind": "reply",
    "how_known": "said",
    "recorded": _MOMENT,
}


class WorldReader:
    """Keeps the records of documents that did not change: a change of one record among 25,000
    costs a tenth of reading them all."""

    def __init__(self, notice: Callable[[str], None]) -> None:
        self._notice = notice
        self._records: dict[int, tuple[Doc, Any]] = {}
        self._latest: tuple[Tables, World] = ({}, World())

    def world(self, tables: Tables) -> World:
        """The world of these tables, the same object for the same ones.

        Documents that cannot be read as records are left out, with a notice for each.
        """
        seen, world = self._latest
        if seen is tables:
            return world
        known, fresh = self._records, {}

        def documents(table: str) -> Iterator[Doc]:
            for document in tables.get(table, {}).values():
                before = known.get(id(document))
                if before is None or before[0] is not document:
                    before = (document, self._read(table, document))
                fresh[id(document)] = before
                if before[1] is not None:
                    yield document

        world = build_world(documents, lambda _, document: fresh[id(document)][1])
        self._records = fresh
        self._latest = (tables, world)
        return world

    def _read(self, table: str, document: Doc) -> Any:
        try:
            record = record_of(table, document)
            _check(record)
        except (ValueError, TypeError, KeyError, OverflowError):
            key = document.get(KEYS[table], "a document without a key")
            self._notice(
                f"{table}/{key} in the ledger cannot be read; it is left out and stays in the file."
            )
            return None
        return record


def _check(record: Any) -> None:
    """Raise ValueError, TypeError or KeyError for what the rules could not compare."""
    for name in _moments(type(record)):
        moment = getattr(record, name)
        if moment is not None and moment.tzinfo is None:
            raise ValueError(f"{name} is without a time zone")
    if isinstance(record, Amendment):
        fields_given = {key: value for key, value in record.fields.items() if key != "void"}
        _check(from_doc(Touch, {**_ANY_TOUCH, **fields_given}))


_MOMENTS: dict[type, tuple[str, ...]] = {}


def _moments(kind: type) -> tuple[str, ...]:
    if kind not in _MOMENTS:
        assert is_dataclass(kind)
        named = (field for field in fields(kind) if datetime.__name__ in str(field.type))
        _MOMENTS[kind] = tuple(field.name for field in named)
    return _MOMENTS[kind]

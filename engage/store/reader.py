"""The world out of the ledger's documents, each read once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from engage.domain.changes import TABLES, record_of
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
    """Keeps the records of documents that did not change."""

    def __init__(self, notice: Callable[[str], None]) -> None:
        self._notice = notice
        self._records: dict[str, dict[str, Any]] = {}

    def world(self, tables: Tables, changed: Mapping[str, Iterable[str]] | None) -> World:
        """The world of these tables. ``changed``: which documents changed since the last call, by
        table and the text of their id; None: any of them.

        Documents that cannot be read as records are left out, with a notice for each.
        """
        if changed is None:
            self._records = {}
            changed = tables
        for table in TABLES.keys() & changed.keys():
            self._bring_up(table, tables.get(table, {}), changed[table])
        return build_world(
            lambda table: self._records.get(table, {}).values(), lambda _, record: record
        )

    def _bring_up(self, table: str, documents: Mapping[str, Doc], changed: Iterable[str]) -> None:
        records = self._records.setdefault(table, {})
        for number in changed:
            document = documents.get(number)
            record = None if document is None else self._read(table, document)
            if record is None:
                records.pop(number, None)
            else:
                records[number] = record

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

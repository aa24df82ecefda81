"""The world out of the ledger's documents, each read once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

import msgspec

from engage.domain.changes import TABLES
from engage.domain.codec import from_doc
from engage.domain.records import Amendment, Touch, World
from engage.domain.world import advanced, build_world
from engage.store.ledger_tables import KEYS
from engage.store.packed import Documents, Packed, Tables

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


#: From a document's JSON to its record, as `domain.codec` reads it, in a fifth of the time.
READ: Mapping[str, Callable[[Packed], Any]] = {
    table: msgspec.json.Decoder(kind).decode for table, kind in TABLES.items()
}


class WorldReader:
    """Keeps the records of documents that did not change."""

    def __init__(self, notice: Callable[[str], None]) -> None:
        self._notice = notice
        self._records: dict[str, dict[str, Any]] = {}
        self._world: World | None = None

    def world(self, tables: Tables, changed: Mapping[str, Iterable[str]] | None) -> World:
        """The world of these tables. ``changed``: which documents changed since the last call, by
        table and the text of their id; None: any of them.

        Documents that cannot be read as records are left out, with a notice for each.
        """
        if changed is None:
            self._records, self._world = {}, None
            changed = tables
        differ = {
            table: self._bring_up(table, tables.get(table, Documents()), changed[table])
            for table in TABLES.keys() & changed.keys()
        }
        if self._world is None:
            self._world = build_world(
                lambda table: self._records.get(table, {}).values(), lambda _, record: record
            )
        else:
            self._world = advanced(self._world, self._records, differ)
        return self._world

    def _bring_up(
        self, table: str, documents: Documents, changed: Iterable[str]
    ) -> list[tuple[Any | None, Any | None]]:
        """Read what changed in a table: each record before and after."""
        records = self._records.setdefault(table, {})
        differ = []
        for number in changed:
            before, after = records.get(number), self._read(table, documents, number)
            if after is not None:
                records[number] = after
            elif before is not None:
                del records[number]
            else:
                continue
            differ.append((before, after))
        return differ

    def _read(self, table: str, documents: Documents, number: str) -> Any:
        """The record of a document; None where there is none, or none that can be read."""
        document = documents.packed.get(number)
        if document is None:
            return None
        try:
            record = READ[table](document)
            _check(record)
        except (ValueError, TypeError, KeyError, OverflowError, msgspec.DecodeError):
            self._leave_out(table, documents[number].get(KEYS[table]))
            return None
        return record

    def _leave_out(self, table: str, key: object) -> None:
        name = "a document without a key" if key is None else key
        self._notice(
            f"{table}/{name} in the ledger cannot be read; it is left out and stays in the file."
        )


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

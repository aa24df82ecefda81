"""Records to JSON documents and back. Moments become fixed-width UTC text, days ISO text."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any, TypeVar

#: A document: what `json` writes and TinyDB keeps.
Doc = dict[str, Any]

Record = TypeVar("Record")


def moment_text(moment: datetime) -> str:
    """``2026-11-22T08:30:00.000000Z``: sorts as text in the order of time."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def to_doc(record: Any) -> Doc:
    """The JSON document of a record."""
    return {name: _plain(getattr(record, name)) for name in _readers(type(record))}


def from_doc(kind: type[Record], doc: Mapping[str, Any]) -> Record:
    """The record of a document; fields it does not know are left out, missing ones take defaults.

    Raises ValueError, TypeError or KeyError where the document is no such record.
    """
    values = dict(doc)
    for name, read in _converted(kind):
        if name in values:
            values[name] = read(values[name])
    try:
        return kind(**values)
    except TypeError:  # fields that it does not know, or too few
        return kind(**{name: values[name] for name in _readers(kind) if name in values})


#: A tuple and no union: a union is made anew at each of the hundred thousands of calls.
_PLAIN = (str, int, float)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, _PLAIN):
        return value
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return to_doc(value)


Reader = Callable[[Any], Any]


_READERS: dict[type, dict[str, Reader]] = {}


def _readers(kind: type) -> dict[str, Reader]:
    if kind not in _READERS:
        hints = typing.get_type_hints(kind)
        names = (field.name for field in dataclasses.fields(kind))
        _READERS[kind] = {name: _reader(hints[name]) for name in names}
    return _READERS[kind]


_CONVERTED: dict[type, tuple[tuple[str, Reader], ...]] = {}


def _converted(kind: type) -> tuple[tuple[str, Reader], ...]:
    """The few fields that are not kept as they are: most of reading is not reading them."""
    if kind not in _CONVERTED:
        named = _readers(kind).items()
        _CONVERTED[kind] = tuple((name, read) for name, read in named if read is not _same)
    return _CONVERTED[kind]


def _reader(hint: Any) -> Reader:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        inner = _reader(next(item for item in arguments if item is not type(None)))
        if inner is _same:
            return _same
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        inner = _reader(arguments[0])
        if inner is _same:
            return tuple
        return lambda value: tuple(inner(item) for item in value)
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return dict
    if hint is datetime:
        return datetime.fromisoformat
    if hint is date:
        return date.fromisoformat
    if dataclasses.is_dataclass(hint):
        return lambda value: from_doc(typing.cast(type, hint), value)
    return _same


def _same(value: Any) -> Any:
    return value

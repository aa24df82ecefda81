"""Documents in TinyDB's terms: ids by content, and nothing in them that JSON cannot hold."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from engage.domain.codec import Doc
from engage.errors import EngageError

#: TinyDB's tables as it reads and writes them: documents by the text of their id.
PlainTables = dict[str, dict[str, Doc]]

#: Above it JavaScript and jq lose digits (RFC 8259, section 6).
LARGEST_INT = 2**53

#: How many ids next to each other are looked at. Among 100,000 keys two have one id with a
#: probability of 5e-7: more than two never meet.
_PROBES = 16

_DEEPEST = 50
_SURROGATES = re.compile("[\ud800-\udfff]")


def doc_id(table: str, key: str) -> int:
    """The id that a record's document has unless another one sits there: never automatic, since
    TinyDB gives automatic ids out again after a deletion."""
    name = f"{scrubbed(table)}\0{scrubbed(key)}".encode()
    return int.from_bytes(hashlib.blake2b(name, digest_size=8).digest()) >> 11


def slot(
    document: Callable[[int], Mapping[str, Any] | None], table: str, key: str, field: str
) -> tuple[int, bool]:
    """The id of the document whose ``field`` is ``key``, and whether it is there; else a free id.

    ``document`` gives what has an id. Raises EngageError in the case that cannot be: every id near
    the right one is taken.
    """
    key = scrubbed(key)
    first = doc_id(table, key)
    free = None
    for probe in range(_PROBES):
        number = (first + probe) % LARGEST_INT
        found = document(number)
        if found is None:
            free = number if free is None else free
        elif found.get(field) == key:
            return number, True
    if free is None:
        raise EngageError(f"{table}/{key} found no place in the ledger; run engage doctor.")
    return free, False


def scrubbed(text: str) -> str:
    """Text without lone surrogates, which no UTF-8 file can hold."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def is_table(value: Any) -> bool:
    """Whether a value is what TinyDB keeps of a table: documents by the text of their id."""
    return isinstance(value, dict) and all(
        key.isdecimal() and isinstance(document, dict) for key, document in value.items()
    )


def plain(value: Any, name: str) -> Any:
    """A copy of a document, or a part of it, exactly as it will be read back.

    Lone surrogates become U+FFFD. Raises EngageError, naming the document by ``name``, for what
    JSON cannot hold: NaN, infinities, ints beyond 2**53, keys that are no text, other types, and
    nesting deeper than 50.
    """
    return _plain(value, name, _DEEPEST)


def _plain(value: Any, name: str, depth: int) -> Any:
    kind = type(value)
    if kind is str:
        return value if value.isascii() else scrubbed(value)
    if value is None or value is True or value is False:
        return value
    if kind is dict and depth and all(type(key) is str for key in value):
        return {
            key if key.isascii() else scrubbed(key): _plain(item, name, depth - 1)
            for key, item in value.items()
        }
    if isinstance(value, str):
        return scrubbed(str(value))
    if isinstance(value, int) and abs(value) <= LARGEST_INT:
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    if depth and isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {scrubbed(key): _plain(item, name, depth - 1) for key, item in value.items()}
    if depth and isinstance(value, list | tuple):
        return [_plain(item, name, depth - 1) for item in value]
    raise EngageError(
        f"{name} was not kept: it holds {_described(value)}, which the ledger cannot hold; "
        "change that value and do it again."
    )


def _described(value: Any) -> str:
    if isinstance(value, int):
        return "a number beyond 2**53"
    if isinstance(value, float):
        return f"the number {value}"
    if isinstance(value, Mapping | list | tuple):
        return "something nested too deeply or with names that are no text"
    return f"a {type(value).__name__}"

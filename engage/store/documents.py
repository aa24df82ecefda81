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
_PROBES = 2

_DEEPEST = 50
_SURROGATES = re.compile("[\ud800-\udfff]")


def doc_id(table: str, key: str) -> int:
    """The id that a record's document has unless another one sits there: never automatic, since
    TinyDB gives automatic ids out again after a deletion."""
    name = f"{scrubbed(table)}\0{scrubbed(key)}".encode()
    return int.from_bytes(hashlib.blake2b(name, digest_size=8).digest()) >> 11


def slot(
    document: Callable[[str], Mapping[str, Any] | None], table: str, key: str, field: str
) -> str:
    """The id, as text, of the document whose ``field`` is ``key``, else a free one.

    ``document`` gives what has an id. Raises EngageError in the case that cannot be: every id near
    the right one is taken.
    """
    key = scrubbed(key)
    first = doc_id(table, key)
    free = None
    for probe in range(_PROBES):
        number = str((first + probe) % LARGEST_INT)
        found = document(number)
        if found is None:
            free = number if free is None else free
        elif found.get(field) == key:
            return number
    if free is None:
        raise EngageError(f"{table}/{key} found no place in the ledger; run engage doctor.")
    return free


def scrubbed(text: str) -> str:
    """Text without lone surrogates, which no UTF-8 file can hold."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def is_table(value: Any) -> bool:
    """Whether a value is what TinyDB keeps of a table: documents by the text of their id."""
    return isinstance(value, dict) and all(
        key.isdecimal() and isinstance(document, dict) for key, document in value.items()
    )


def check(value: Any, name: str, depth: int = _DEEPEST) -> None:
    """Raise EngageError, naming the document by ``name``, for what JSON cannot hold for every
    reader: NaN, infinities, ints beyond 2**53, other types, and nesting deeper than 50."""
    if isinstance(value, Mapping) and depth:
        for item in value.values():
            check(item, name, depth - 1)
    elif isinstance(value, list | tuple) and depth:
        for item in value:
            check(item, name, depth - 1)
    elif not (
        value is None
        or isinstance(value, str)
        or (isinstance(value, int) and abs(value) <= LARGEST_INT)
        or (isinstance(value, float) and math.isfinite(value))
    ):
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
        return "something nested too deeply"
    return f"a {type(value).__name__}"

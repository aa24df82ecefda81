"""A snapshot of the ledger on the disk: how it is written, sealed and read. Nothing else knows.

``ledger.json`` is what stock TinyDB writes, with one table more at its end: ``_meta`` holds the
schema, the number of the generation and a CRC-32 of all before it, so that a changed byte is found
even where the JSON is still valid. ``ledger.prev.json`` is the generation before.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engage.domain.changes import TABLES
from engage.store import migrations
from engage.store.documents import is_table
from engage.store.files import Stamp, read_file, replace_file, write_file
from engage.store.packed import Documents, Tables, joined, packed_tables, split
from engage.store.places import LEDGER, PREVIOUS

#: The undo log, kept beside the tables of records.
CHANGES = "changes"

_META = "_meta"
_MARK = f',"{_META}":'.encode()
_TEMPORARY = "ledger.json.tmp"
_SECOND_NAME = "ledger.prev.json.tmp"

#: More than the ``_meta`` table ever takes.
_SEAL_BYTES = 160
_SEAL = re.compile(rb',"_meta":\{"1":\{"schema":(\d+),"generation":(\d+),"crc32":\d+\}\}\}\n\Z')


class DamagedError(Exception):
    """A ledger that is not as it was written. ``str()`` says how it is: "is empty"."""


class ForeignError(Exception):
    """A file in the ledger's place that engage did not write."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a file holds. ``number`` 0: edited by hand. ``size`` in bytes."""

    tables: Tables = field(default_factory=dict)
    schema: int = 1
    number: int = 0
    stamp: Stamp | None = None
    size: int = 0


def read_snapshot(path: Path) -> Snapshot | None:
    """The snapshot that a file holds; None where there is no file.

    Raises DamagedError, ForeignError, and EngageError where it cannot be read at all.
    """
    found = read_file(path)
    if found is None:
        return None
    data, stamp = found
    tables, schema, number = decode(data)
    return Snapshot(tables, schema, number, stamp, len(data))


def number_of(path: Path) -> int | None:
    """The number in a file's seal, without reading the rest; None where there is no such seal."""
    with contextlib.suppress(OSError), path.open("rb") as file:
        file.seek(max(0, os.fstat(file.fileno()).st_size - _SEAL_BYTES))
        found = _SEAL.search(file.read())
        if found and int(found[1]) == migrations.schema():
            return int(found[2])
    return None


def replace_snapshot(path: Path, content: bytes, *, follows: bool) -> None:
    """Put a snapshot in place durably. To be called under the lock.

    If it ``follows`` what it replaces, that becomes the previous one; else the new one is its own
    previous one, as nothing else could be rebuilt into it. Raises OSError; the files are as before
    then.
    """

    def keep(finished: Path) -> None:
        _keep_previous(path if follows else finished, path.with_name(PREVIOUS))

    replace_file(path, content, durable=True, temporary=_TEMPORARY, before=keep)


def is_whole(path: Path) -> bool:
    """Whether a file is as engage sealed it, by its checksum alone; False where it is missing."""
    found = read_file(path)
    if found is None:
        return False
    return _seal_of(found[0]) is not None


def encode(tables: Tables, number: int, schema: int | None = None) -> bytes:
    """The bytes of a snapshot: compact JSON in UTF-8, every table present, ``_meta`` last.

    ``schema``: the tables' own, if it is an older one.
    """
    every = dict.fromkeys((*TABLES, CHANGES), Documents()) | tables
    head = joined({name: table.packed for name, table in every.items()})[:-1]
    return head + _seal(zlib.crc32(head), schema or migrations.schema(), number)


def decode(data: bytes) -> tuple[Tables, int, int]:
    """The tables, the schema and the number of a snapshot. Raises DamagedError, ForeignError.

    Of a newer schema only the tables that look like tables are given, unchecked.
    """
    seal = _seal_of(data)
    if seal is not None and seal[0] <= migrations.schema():
        packed = split(data)
        del packed[_META]
        return {name: Documents(table) for name, table in packed.items()}, *seal
    return _decode_unsealed(data)


def _decode_unsealed(data: bytes) -> tuple[Tables, int, int]:
    """What engage did not write, or not as it is now."""
    if not data.strip(b"\0 \t\r\n"):
        raise DamagedError("is empty")
    try:
        found = json.loads(data.decode())
    except (ValueError, RecursionError) as cause:
        raise DamagedError("is cut short or garbled") from cause
    if not isinstance(found, dict):
        raise DamagedError("holds no tables")
    meta = found.pop(_META, None)
    if meta is None and not _looks_ours(found):
        raise ForeignError
    sealed = meta.get("1") if isinstance(meta, dict) else None
    schema = sealed.get("schema") if isinstance(sealed, dict) else None
    if not isinstance(sealed, dict) or not isinstance(schema, int) or schema < 1:
        raise DamagedError("has lost its last table")
    if schema > migrations.schema():
        return _packed({name: table for name, table in found.items() if is_table(table)}), schema, 0
    if not all(is_table(table) for table in found.values()):
        raise DamagedError("holds something that is no table")
    if sealed != {"schema": schema}:  # else by hand or by stock TinyDB, and marked as meant
        raise DamagedError("was changed by something else than engage")
    return _packed(found), schema, 0


def _packed(tables: dict[str, Any]) -> Tables:
    try:
        return packed_tables(tables)
    except (ValueError, RecursionError) as cause:
        raise DamagedError("holds something that is no JSON") from cause


def _keep_previous(path: Path, previous: Path) -> None:
    second_name = previous.with_name(_SECOND_NAME)
    # A process that was killed here may have left it; and rename() between two names of one
    # inode does nothing, so it may have stayed after the rename too (rename(2)).
    second_name.unlink(missing_ok=True)
    if path.name == LEDGER:
        try:
            os.link(path, second_name)
        except OSError:  # a file system without hard links
            write_file(second_name, path.read_bytes(), durable=True)
    else:  # not a second name of the new file: one damaged block would be in both
        write_file(second_name, path.read_bytes(), durable=True)
    second_name.replace(previous)
    second_name.unlink(missing_ok=True)


def _seal(crc: int, schema: int, number: int) -> bytes:
    """The end of a file; ``crc``: the checksum of all before it."""
    crc = zlib.crc32(f"{schema},{number}".encode(), crc)
    document = f'{{"1":{{"schema":{schema},"generation":{number},"crc32":{crc}}}}}}}\n'
    return _MARK + document.encode()


def _seal_of(data: bytes) -> tuple[int, int] | None:
    """The schema and the number in the seal of a file that is as engage sealed it, by its checksum
    alone."""
    found = _SEAL.search(data, max(0, len(data) - _SEAL_BYTES))
    if found is None:
        return None
    schema, number = int(found[1]), int(found[2])
    crc = zlib.crc32(memoryview(data)[: found.start()])
    return (schema, number) if found[0] == _seal(crc, schema, number) else None


def _looks_ours(tables: dict[str, Any]) -> bool:
    return sum(name in tables for name in TABLES) >= len(TABLES) // 2

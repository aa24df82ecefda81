"""The ledger on the disk: how it is written, checked and read. Nothing else knows.

``ledger.json`` is what stock TinyDB writes, with one table more at its end: ``_meta`` holds the
schema, the number of the generation and a CRC-32 of all before it, so that a changed byte is found
even where the JSON is still valid. ``ledger.prev.json`` is the generation before.
"""

from __future__ import annotations

import contextlib
import json
import os
import zlib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tinydb import Storage

from engage.domain.changes import TABLES
from engage.store.documents import Tables, scrubbed
from engage.store.files import (
    Stamp,
    cannot_write,
    read_file,
    replace_file,
    stamp_of,
    write_file,
)
from engage.store.places import LEDGER, PREVIOUS

SCHEMA = 1

#: The undo log, kept beside the tables of records.
CHANGES = "changes"

_META = "_meta"
_MARK = f',"{_META}":'.encode()
_TEMPORARY = "ledger.json.tmp"
_SECOND_NAME = "ledger.prev.json.tmp"

#: More than the ``_meta`` table ever takes.
_SEAL_BYTES = 160


class DamagedError(Exception):
    """A ledger that is not as it was written. ``str()`` says how it is: "is empty"."""


class ForeignError(Exception):
    """A file in the ledger's place that engage did not write."""


@dataclass(frozen=True, slots=True)
class Generation:
    """The ledger as one write left it. Its tables are replaced, never changed."""

    tables: Tables = field(default_factory=dict)
    schema: int = SCHEMA
    number: int = 0
    stamp: Stamp | None = None
    seal: bytes = b""


class LedgerStorage(Storage):
    """TinyDB's storage for a ledger: parsed once, replaced atomically, durable when written.

    ``read`` answers from memory and looks at the disk only when another process replaced the file.
    """

    def __init__(self, folder: Path, expected: bool) -> None:
        """``expected``: there was a ledger before, so that a missing one is a lost one."""
        self._expected = expected
        self.path = folder / LEDGER
        self.previous = folder / PREVIOUS
        self.generation: Generation | None = None

    def read(self) -> Tables:
        """The tables now. Raises DamagedError, ForeignError, EngageError."""
        known = self.generation
        if known is None or stamp_of(self.path) != known.stamp:
            known = self.load()
        return known.tables

    def read_surely(self) -> Generation:
        """The generation on the disk, to write upon it; to be called under the lock.

        An inode and a time may come again after several writes, a seal never does.
        """
        known = self.generation
        if known is None or stamp_of(self.path) != known.stamp or self._seal_now() != known.seal:
            known = self.load()
        return known

    def load(self) -> Generation:
        """Read the file whatever is known. Raises DamagedError, ForeignError, EngageError."""
        found = read_generation(self.path)
        if found is None and (self._expected or stamp_of(self.previous) is not None):
            raise DamagedError("is missing")
        self.generation = found or Generation()
        return self.generation

    def stand_in(self, generation: Generation) -> None:
        """Answer with an earlier generation until the damaged file is another."""
        self.generation = replace(generation, stamp=stamp_of(self.path), seal=b"stands in")

    def write(self, data: Tables) -> None:
        """Put a new generation in place; to be called under the lock, after ``read_surely``.

        Raises EngageError where the disk refuses; memory and file are as before then.
        """
        number = self.generation.number + 1 if self.generation else 1
        content = encode(data, number)
        try:
            replace_file(
                self.path,
                content,
                durable=True,
                temporary=_TEMPORARY,
                before=self._keep_previous,
            )
        except OSError as cause:
            raise cannot_write(self.path, cause) from cause
        self._expected = True
        seal = content[-_SEAL_BYTES:]
        self.generation = Generation(data, SCHEMA, number, stamp_of(self.path), seal)

    def _keep_previous(self, finished: Path) -> None:
        second_name = self.path.with_name(_SECOND_NAME)
        # A process that was killed here may have left it; and rename() between two names of one
        # inode does nothing, so it may have stayed after the rename too (rename(2)).
        second_name.unlink(missing_ok=True)
        try:
            os.link(self.path, second_name)
        except FileNotFoundError:
            # The first generation is its own previous one, so that a missing ledger is noticed.
            write_file(second_name, finished.read_bytes(), durable=True)
        except OSError:  # a file system without hard links
            write_file(second_name, self.path.read_bytes(), durable=True)
        second_name.replace(self.previous)
        second_name.unlink(missing_ok=True)

    def _seal_now(self) -> bytes:
        with contextlib.suppress(OSError), self.path.open("rb") as file:
            file.seek(max(0, os.fstat(file.fileno()).st_size - _SEAL_BYTES))
            return file.read()
        return b""


def read_generation(path: Path) -> Generation | None:
    """The generation that a file holds; None where there is no file.

    Raises DamagedError, ForeignError, and EngageError where it cannot be read at all.
    """
    found = read_file(path)
    if found is None:
        return None
    data, stamp = found
    tables, schema, number = decode(data)
    return Generation(tables, schema, number, stamp, data[-_SEAL_BYTES:])


def encode(tables: Tables, number: int) -> bytes:
    """The bytes of a ledger: compact JSON in UTF-8, every table present, ``_meta`` last."""
    every = {name: tables.get(name, {}) for name in (*TABLES, CHANGES)} | tables
    text = json.dumps(every, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    # Documents are scrubbed before they come here; a file edited by hand may hold anything.
    head = scrubbed(text)[:-1].encode()
    return head + _sealed(head, SCHEMA, number)


def decode(data: bytes) -> tuple[Tables, int, int]:
    """The tables, the schema and the number of a generation. Raises DamagedError, ForeignError.

    Of a newer schema only the tables that look like tables are given, unchecked.
    """
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
    if schema > SCHEMA:
        return {name: table for name, table in found.items() if _is_table(table)}, schema, 0
    if not all(_is_table(table) for table in found.values()):
        raise DamagedError("holds something that is no table")
    if sealed == {"schema": schema}:  # written by hand or by stock TinyDB, and marked as meant
        return found, schema, 0
    number = sealed.get("generation")
    head, mark, tail = data.rpartition(_MARK)
    if not isinstance(number, int) or mark + tail != _sealed(head, schema, number):
        raise DamagedError("was changed by something else than engage")
    return found, schema, number


def _sealed(head: bytes, schema: int, number: int) -> bytes:
    crc = zlib.crc32(f"{schema},{number}".encode(), zlib.crc32(head))
    document = f'{{"1":{{"schema":{schema},"generation":{number},"crc32":{crc}}}}}}}\n'
    return _MARK + document.encode()


def _looks_ours(tables: dict[str, Any]) -> bool:
    return sum(name in tables for name in TABLES) >= len(TABLES) - 1


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) and all(
        key.isdecimal() and isinstance(document, dict) for key, document in value.items()
    )

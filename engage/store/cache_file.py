"""Files of what can be fetched again: one TinyDB table each, replaced atomically, without fsync.

Stock TinyDB opens them; here they are read and written as records, without a document in between.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from engage.store.documents import LARGEST_INT, doc_id, scrubbed
from engage.store.files import cannot_write, make_folder, read_file, replace_file

Record = TypeVar("Record")


class CacheFile(Generic[Record]):
    """How files with a table of one kind of records are read and written. ``key``: the field that
    tells a record from the others of its table."""

    def __init__(self, table: str, kind: type[Record], key: str) -> None:
        self._table = table
        self._key = key
        tables: Any = dict[str, dict[str, kind]]  # type: ignore[valid-type]
        self._decode: Callable[[bytes], Mapping[str, Mapping[str, Record]]]
        self._decode = msgspec.json.Decoder(tables).decode

    def read(self, path: Path, notice: Callable[[str], None]) -> list[Record]:
        """The records of a file. One that cannot be read is as if it were not there, is said, and
        is taken away, so that what it held is fetched again."""
        found = read_file(path)
        if found is None:
            return []
        try:
            return list(self._decode(found[0]).get(self._table, {}).values())
        except (msgspec.DecodeError, UnicodeDecodeError):
            notice(f"{path} cannot be read; what it held is fetched again at the next refresh.")
            with contextlib.suppress(OSError):
                path.unlink()
            return []

    def write(self, path: Path, records: Iterable[Record]) -> None:
        """Replace a file, the last of records with one key kept. Raises EngageError where the disk
        refuses."""
        tables = {self._table: self._numbered(records)}
        try:
            data = msgspec.json.encode(tables)
        except UnicodeEncodeError:  # a lone surrogate
            text = json.dumps(msgspec.to_builtins(tables), ensure_ascii=False)
            data = scrubbed(text).encode()
        try:
            make_folder(path.parent)
            replace_file(path, data, durable=False)
        except OSError as cause:
            raise cannot_write(path, cause) from cause

    def _numbered(self, records: Iterable[Record]) -> dict[str, Record]:
        numbered: dict[str, Record] = {}
        for record in records:
            key = getattr(record, self._key)
            number = doc_id(self._table, key)
            while (other := numbered.get(str(number))) and getattr(other, self._key) != key:
                number = (number + 1) % LARGEST_INT
            numbered[str(number)] = record
        return numbered


def names_in(folder: Path) -> set[str]:
    """The names of a folder's files; none where there is no folder."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        return {entry.name for entry in entries}
    return set()


def is_whole(path: Path) -> bool:
    """Whether a file is there and was not cut short; the rest of it is not read."""
    with contextlib.suppress(OSError), path.open("rb") as file:
        file.seek(-2, os.SEEK_END)
        return file.read() == b"}}"
    return False

"""Plain TinyDB files of what can be fetched again: replaced atomically, without fsync."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from tinydb import Storage, TinyDB
from tinydb.table import Document

from engage.domain.codec import Doc
from engage.store.documents import PlainTables, scrubbed
from engage.store.files import cannot_write, make_folder, read_file, replace_file


class CacheStorage(Storage):
    """TinyDB's storage for such a file. What cannot be read is as if it were not there."""

    def __init__(self, path: Path, notice: Callable[[str], None]) -> None:
        self._path = path
        self._notice = notice

    def read(self) -> PlainTables | None:
        found = read_file(self._path)
        if found is None:
            return None
        try:
            tables: PlainTables = json.loads(found[0].decode())
            if all(
                number.isdecimal() and isinstance(document, dict)
                for table in tables.values()
                for number, document in table.items()
            ):
                return tables
        except (ValueError, AttributeError, RecursionError):
            pass
        unreadable(self._path, self._notice)
        return None

    def write(self, data: PlainTables) -> None:
        """Replace the file. Raises EngageError where the disk refuses."""
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        try:
            make_folder(self._path.parent)
            replace_file(self._path, scrubbed(text).encode(), durable=False)
        except OSError as cause:
            raise cannot_write(self._path, cause) from cause


def read_documents(path: Path, table: str, notice: Callable[[str], None]) -> list[Document]:
    """The documents of a table, none where the file is missing or cannot be read."""
    with TinyDB(path, notice, storage=CacheStorage) as database:
        documents: list[Document] = database.table(table, cache_size=0).all()
    return documents


def write_documents(path: Path, table: str, documents: Iterator[tuple[str, Doc]]) -> None:
    """Replace a file by one table of documents. Raises EngageError where the disk refuses."""
    CacheStorage(path, lambda _: None).write({table: dict(documents)})


def whole_files(folder: Path) -> set[str]:
    """The names of a folder's files that were not cut short; the rest of a file is not read."""
    return {path.name for path in folder.glob("*.json") if _ends_whole(path)}


def unreadable(path: Path, notice: Callable[[str], None]) -> None:
    """Say that a file of the cache is no use, and take it away, so that it is fetched again."""
    notice(f"{path} cannot be read; what it held is fetched again at the next refresh.")
    with contextlib.suppress(OSError):
        path.unlink()


def _ends_whole(path: Path) -> bool:
    with contextlib.suppress(OSError), path.open("rb") as file:
        file.seek(-2, os.SEEK_END)
        return file.read() == b"}}"
    return False

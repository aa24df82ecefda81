"""What was worked out of the ledger, kept in the cache for the next opening.

Taken only under the very key it was kept under; whoever keeps it puts into the key all that it
depends on. A file that is damaged, missing or of another key is as if it were not there.
"""

from __future__ import annotations

import contextlib
import zlib
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from engage.errors import EngageError
from engage.store.files import make_folder, read_file, replace_file

Value = TypeVar("Value")


def recall(path: Path, kind: type[Value], key: str) -> Value | None:
    """What was kept under a key, of a kind that is a dataclass of dataclasses; or None."""
    with contextlib.suppress(EngageError, msgspec.DecodeError):
        found = read_file(path)
        if found is not None:
            head, _, content = found[0].partition(b"\n")
            if head == _head(key, content):
                return msgspec.json.decode(content, type=kind)
    return None


def keep(path: Path, key: str, value: Any) -> None:
    """Keep something under a key in place of what was kept before.

    On a disk that is full or may not be written it is worked out again the next time.
    """
    content = msgspec.json.encode(value)
    with contextlib.suppress(OSError):
        make_folder(path.parent)
        replace_file(path, _head(key, content) + b"\n" + content, durable=False)


def _head(key: str, content: bytes) -> bytes:
    return f"{zlib.crc32(content):08x} {key}".encode()

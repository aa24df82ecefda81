"""Every state in which a power cut may leave one folder, while a program runs.

What was not synced since may be on the disk or not: a file's bytes not at all, wholly, cut, torn
or as zeros; a folder's names up to any of the operations since its last sync.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

OPERATIONS = (
    "link",
    "replace",
    "rename",
    "unlink",
    "pwrite",
    "ftruncate",
    "fsync",
    "fdatasync",
)

Files = Mapping[str, bytes]


class Disk:
    """Watches a folder from its first sync on; ``on_crash`` gets the states of each moment."""

    def __init__(self, folder: Path, on_crash: Callable[[Files], None], *, honest: bool) -> None:
        """``honest``: whether a sync does what it promises."""
        self._folder = folder
        self._on_crash = on_crash
        self._honest = honest
        self._checking = False
        self._names: dict[str, int] = {}
        self._durable: dict[str, int] = {}
        self._pending: list[dict[str, int]] = []
        self._contents: dict[int, bytes] = {}
        self._synced: dict[int, bytes] = {}
        self._look()
        self._durable = dict(self._names)
        self._synced = dict(self._contents)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Between every two operations of the program the disk may fail."""
        with pytest.MonkeyPatch.context() as patch:
            for name in OPERATIONS:
                patch.setattr(os, name, self._watching(getattr(os, name)))
            yield
        self._crash()

    def _watching(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def operation(*arguments: Any, **options: Any) -> Any:
            if self._checking:
                return real(*arguments, **options)
            self._look()
            self._crash()
            done = real(*arguments, **options)
            self._look()
            if real.__name__ in ("fsync", "fdatasync") and self._honest:
                self._sync(os.fstat(arguments[0]).st_ino)
            self._crash()
            return done

        return operation

    def _look(self) -> None:
        found = {}
        for path in self._folder.iterdir():
            if path.is_file():
                found[path.name] = path.stat().st_ino
                self._contents[found[path.name]] = path.read_bytes()
        if found != self._names:
            self._pending.append(found)
            self._names = found

    def _sync(self, inode: int) -> None:
        if inode == self._folder.stat().st_ino:
            self._durable, self._pending = dict(self._names), []
        elif inode in self._contents:
            self._synced[inode] = self._contents[inode]

    def _crash(self) -> None:
        self._checking = True
        self._each_state()
        self._checking = False

    def _each_state(self) -> None:
        for names in (self._durable, *self._pending):
            inodes = sorted(set(names.values()))
            for contents in itertools.product(*map(self._variants, inodes)):
                by_inode = dict(zip(inodes, contents, strict=True))
                self._on_crash({name: by_inode[inode] for name, inode in names.items()})

    def _variants(self, inode: int) -> set[bytes]:
        before, now = self._synced.get(inode, b""), self._contents[inode]
        if before == now:
            return {now}
        first = _common(before, now)
        last = max(len(before), len(now)) - _common(before[first:][::-1], now[first:][::-1])
        old = before + bytes(max(0, len(now) - len(before)))
        cuts = [first + (last - first) * part // 4 for part in range(4)]
        return {
            before,
            now,
            now[:-1],
            *(now[:cut] for cut in cuts),
            *(now[:cut] + old[cut:] for cut in (*cuts, last - 1)),
            *(old[:cut] + now[cut:] for cut in cuts),
        }


def _common(one: bytes, other: bytes) -> int:
    """How many bytes two begin with in common."""
    least, most = 0, min(len(one), len(other))
    while least < most:
        middle = (least + most + 1) // 2
        if one[least:middle] == other[least:middle]:
            least = middle
        else:
            most = middle - 1
    return least

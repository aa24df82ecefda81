"""The journal upon a snapshot: one checksummed line for each change, on the disk before it counts.

A line is ``crc32 number {"people": {"17": {...}}, "news": {"9": null}}``: whole documents, null
for one taken out. Lines are numbered from 1, so that a lost one is noticed. After the last line
stand zeros, room for the next ones: to write over them costs the disk less than to make a file
longer, two thirds where nothing else writes and a third where much does.
"""

from __future__ import annotations

import contextlib
import os
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from engage.errors import EngageError
from engage.store.files import (
    FULL,
    cannot_read,
    cannot_write,
    read_from,
    sync_file,
    sync_folder,
)
from engage.store.packed import PackedChanges, joined, split

_CRC_DIGITS = 8

#: How many zeros are written at once, in bytes; enough for a hundred decisions.
_ROOM = 262_144


@dataclass(slots=True)
class Tail:
    """What a journal holds beyond what was read before.

    ``lost``: lines that cannot be read; unless the lock is held they may be just being written, and
    nothing is given. ``unended``: the file does not end with a line's end, and
    ``cut``: what stands there is no whole line. ``replaced``: it is not the file that was read
    before, and all of it is given.
    """

    changes: list[PackedChanges] = field(default_factory=list)
    lost: int = 0
    unended: bool = False
    cut: bool = False
    replaced: bool = False


class Journal:
    """The journal of one generation. Its file exists from the first change on."""

    def __init__(self, folder: Path, generation: int) -> None:
        self.path = folder / f"ledger.{generation}.jsonl"
        #: Bytes that were read or written: whole lines.
        self.size = 0
        self._room = 0
        self._lines = 0
        #: Whether nothing but room was found after the lines.
        self._ended = False
        self._inode: int | None = None
        self._file: int | None = None
        self._stopped = False

    @property
    def stamp(self) -> tuple[int | None, int]:
        """What tells the lines that were read or written from others: the file and their bytes."""
        return self._inode if self.size else None, self.size

    def tail(self, *, settled: bool) -> Tail:
        """Read what others appended.

        ``settled``: the lock is held. Without it the last line may be just being written, and is
        not looked at yet. Raises EngageError where the file cannot be read at all.
        """
        tail = Tail()
        try:
            found = self.path.stat()
        except FileNotFoundError:
            tail.replaced = self._forget()
            return tail
        except OSError as cause:
            raise cannot_read(self.path, cause) from cause
        around = self._around()
        if self._inode not in (None, found.st_ino) or (self.size and around[:1] != b"\n"):
            tail.replaced = self._forget()
        elif self._ended and around[1:] in (b"", b"\0"):
            return tail
        self._inode = found.st_ino
        self._room = found.st_size
        data = read_from(self.path, self.size).rstrip(b"\0")
        whole, end, rest = data.rpartition(b"\n")
        self._ended = not rest
        lines = self._lines
        self._read(whole, tail)
        if tail.lost and not settled:
            self._lines = lines
            tail.changes.clear()
            return tail
        self.size += len(whole + end)
        if rest and settled:
            # Its last byte may be a damaged line's end.
            before = len(tail.changes)
            self._read(rest if decode_line(rest) else rest[:-1], tail, count=False)
            tail.unended, tail.cut = True, len(tail.changes) == before
        return tail

    def append(self, changes: PackedChanges) -> bool:
        """Write one line and wait for the disk; to be called under the lock, at the journal's end.

        Gives whether the file is still in its place. Raises EngageError where the disk refuses;
        nothing is written then.
        """
        if self._stopped:
            raise EngageError(
                f"{self.path} is not written any more since the disk failed to keep a change; "
                "check the disk, end engage and start it again."
            )
        line = encode_line(self._lines + 1, changes)
        made = self._inode is None
        try:
            self._write(line, made)
        except OSError as cause:
            raise cannot_write(self.path, cause) from cause
        self.size += len(line)
        self._lines += 1
        self._ended = True
        try:
            return self.path.stat().st_ino == self._inode
        except OSError:
            return False

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _write(self, line: bytes, made: bool) -> None:
        if self._file is None or made:
            self.close()
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
            self._file = os.open(self.path, flags, 0o600)
            self._inode = os.fstat(self._file).st_ino
        try:
            end = self.size + len(line)
            _write_at(self._file, line, self.size)
            longer = end > self._room
            if longer:
                self._room = self._make_room(self._file, end)
            sync_file(self._file, longer=longer)
            if made:
                sync_folder(self.path.parent)
        except OSError as cause:
            # What the kernel dropped after a failed fsync it does not try again (fsync(2)).
            self._stopped = cause.errno not in FULL
            with contextlib.suppress(OSError):
                os.ftruncate(self._file, self.size)
                self._room = self.size
                if made:
                    self.path.unlink()
                    self._forget()
            raise

    def _around(self) -> bytes:
        """The byte before what was not read yet, and the one after."""
        place = max(0, self.size - 1)
        if self._file is not None:
            return os.pread(self._file, 2, place)
        return read_from(self.path, place, 2)

    def _make_room(self, file: int, end: int) -> int:
        """Write zeros after the last line; where they end. On a full disk there is no room."""
        try:
            _write_at(file, bytes(_ROOM), end)
        except OSError:
            os.ftruncate(file, end)
            return end
        return end + _ROOM

    def _read(self, lines: bytes, tail: Tail, *, count: bool = True) -> None:
        bad = 0
        for line in lines.split(b"\n") if lines else ():
            found = decode_line(line)
            if found is None or found[0] <= self._lines:
                bad += 1
                continue
            number, changes = found
            tail.lost += number - self._lines - 1
            bad = 0
            self._lines = number
            tail.changes.append(changes)
        tail.lost += bad if count else 0

    def _forget(self) -> bool:
        """Begin anew; whether anything had been read."""
        known = self.size > 0
        self.close()
        self.size = self._room = self._lines = 0
        self._ended = False
        self._inode = None
        return known


def _write_at(file: int, data: bytes, offset: int) -> None:
    written = 0
    while written < len(data):
        written += os.pwrite(file, data[written:], offset + written)


def encode_line(number: int, changes: PackedChanges) -> bytes:
    """The line of a change, its end included."""
    content = b"%d %b" % (number, joined(changes))
    return b"%08x %b\n" % (zlib.crc32(content), content)


def decode_line(line: bytes) -> tuple[int, PackedChanges] | None:
    """The number and the changes of a line; None where it is not as it was written."""
    crc, _, content = line.partition(b" ")
    if len(crc) != _CRC_DIGITS or crc != b"%08x" % zlib.crc32(content):
        return None
    number, _, text = content.partition(b" ")
    try:
        return int(number), split(text)
    except ValueError:
        return None

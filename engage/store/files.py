"""Reading and replacing whole files, and sentences for what a disk refuses."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
from collections.abc import Callable
from pathlib import Path

from engage.errors import EngageError

#: What tells one version of a replaced file from another: inode, time of change in ns, bytes.
Stamp = tuple[int, int, int]

#: What a full disk answers: what was written before is as it was.
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def read_file(path: Path) -> tuple[bytes, Stamp] | None:
    """A file's bytes and the stamp of exactly these bytes; None where there is no file."""
    try:
        with path.open("rb") as file:
            return file.read(), _stamp(os.fstat(file.fileno()))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as cause:
        raise cannot_read(path, cause) from cause


def read_from(path: Path, offset: int, count: int = -1) -> bytes:
    """A file's bytes from an offset on, at most ``count`` of them if that is not -1; none where
    there is no file."""
    try:
        with path.open("rb", buffering=0) as file:
            file.seek(offset)
            return file.read(count) or b""
    except FileNotFoundError:
        return b""
    except OSError as cause:
        raise cannot_read(path, cause) from cause


def stamp_of(path: Path) -> Stamp | None:
    """The stamp of a file; None where there is none."""
    try:
        return _stamp(path.stat())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as cause:
        raise cannot_read(path, cause) from cause


def make_folder(folder: Path) -> None:
    """Make a folder and the missing ones above it, for the writer's eyes only, durably.

    Raises OSError.
    """
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)
        sync_folder(each.parent)


def write_file(path: Path, data: bytes, *, durable: bool) -> None:
    """Write a new file for the writer's eyes only, over one that a killed process left.

    A durable one is on the disk when this returns. Raises OSError, and leaves nothing then.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC
    try:
        with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            if durable:
                sync_file(file.fileno())
    except OSError:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
        raise


def replace_file(
    path: Path,
    data: bytes,
    *,
    durable: bool,
    temporary: str | None = None,
    before: Callable[[Path], None] = lambda _: None,
) -> None:
    """Put new bytes in a file's place, so that a reader sees the old file or the new one, whole.

    ``before`` is called with the finished temporary file, just before it takes the place.
    ``temporary`` names that file; by default its name is this process's own. Raises OSError.
    """
    finished = path.with_name(temporary or f".{path.name}.{os.getpid()}.tmp")
    write_file(finished, data, durable=durable)
    try:
        before(finished)
        finished.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            finished.unlink(missing_ok=True)
        raise
    if durable:
        sync_folder(path.parent)


def sync_file(file: int, *, longer: bool = True) -> None:
    """Make an open file's bytes durable, and its length if it got ``longer``. Raises OSError."""
    # macOS: fsync leaves the bytes in the drive's cache (fsync(2) there), F_FULLFSYNC does not.
    full = getattr(fcntl, "F_FULLFSYNC", None)
    if full is not None:
        with contextlib.suppress(OSError):
            fcntl.fcntl(file, full)
            return
    sync = os.fsync if longer else getattr(os, "fdatasync", os.fsync)
    sync(file)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable. Raises OSError."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def cannot_write(path: Path, cause: OSError) -> EngageError:
    """The sentence for a file that could not be written."""
    if cause.errno in FULL:
        reason = "the disk is full or its quota reached; make some room and do it again"
    elif cause.errno in _FORBIDDEN:
        reason = "it is not allowed here; make its folder writable and do it again"
    else:
        reason = (
            f"the disk answered {cause.strerror or repr(cause)}; check the disk and do it again"
        )
    return EngageError(f"{path} could not be written: {reason}.")


def cannot_read(path: Path, cause: OSError) -> EngageError:
    """The sentence for a file that is there and could not be read."""
    return EngageError(
        f"{path} could not be read: {cause.strerror or repr(cause)}; "
        "check that the file is yours and the disk is well."
    )


def _stamp(found: os.stat_result) -> Stamp:
    return found.st_ino, found.st_mtime_ns, found.st_size

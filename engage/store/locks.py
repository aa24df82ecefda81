"""Locks between processes: flock on files that are never replaced; kill -9 frees them."""

from __future__ import annotations

import contextlib
import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType

from engage.errors import EngageError, StoreBusy
from engage.store.files import cannot_write, make_folder

#: How long a writer waits for another one, in seconds.
PATIENCE = 2.0

_PAUSE = 0.01
_LONG_PAUSE = 0.05


class FileLock:
    """A lock that one process holds at a time; the holder's process id stands in the file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def held(self, patience: float = PATIENCE) -> Iterator[None]:
        """Hold the lock. Raises StoreBusy after ``patience`` seconds, EngageError where the file
        cannot be made."""
        file = self.open()
        try:
            deadline = time.monotonic() + patience
            while not taken(file):
                if time.monotonic() >= deadline:
                    raise StoreBusy(self._busy(file, patience))
                time.sleep(_PAUSE)
            yield
        finally:
            release(file)

    def open(self) -> int:
        """The lock's file, made if missing, as a descriptor that is the caller's to release."""
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
        try:
            with contextlib.suppress(FileNotFoundError):
                return os.open(self._path, flags, 0o600)
            make_folder(self._path.parent)
            return os.open(self._path, flags, 0o600)
        except OSError as cause:
            raise cannot_write(self._path, cause) from cause

    def _busy(self, file: int, patience: float) -> str:
        holder = os.pread(file, 32, 0).decode("ascii", "replace").strip()
        who = f"process {holder}" if holder.isdigit() else "another process"
        return (
            f"Another engage ({who}) is writing and did not finish within {patience:g} s; "
            "wait for it or end it, then do this again."
        )


class Turn(AbstractContextManager[None]):
    """A lock that is waited for as long as it takes.

    Entering may be done in a thread, and leaving in another one; leaving while the entering still
    waits ends that waiting with an EngageError.
    """

    def __init__(self, lock: FileLock) -> None:
        self._lock = lock
        self._left = threading.Event()
        self._guard = threading.Lock()
        self._file: int | None = None

    def __enter__(self) -> None:
        file = self._lock.open()
        try:
            while not self._take(file):
                if self._left.wait(_LONG_PAUSE):
                    raise EngageError("The refresh was given up before its turn came.")
        except BaseException:
            self._file = None
            release(file)
            raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._guard:
            self._left.set()
            file, self._file = self._file, None
        if file is not None:
            release(file)

    def _take(self, file: int) -> bool:
        with self._guard:
            if self._left.is_set() or not taken(file):
                return False
            self._file = file
            return True


def taken(file: int) -> bool:
    """Take the lock if it is free, and say so in its file."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    with contextlib.suppress(OSError):  # a full disk: the lock holds, its file names nobody
        mine = f"{os.getpid()}\n".encode()
        # Left as it is where it says so already: a change costs one write to the disk, not two.
        if os.pread(file, 32, 0) != mine:
            os.ftruncate(file, 0)
            os.pwrite(file, mine, 0)
    return True


def release(file: int) -> None:
    """Let go of a lock, held or not, and close its file."""
    # Unlocked by name: a worker process that was forked meanwhile has the same open file.
    with contextlib.suppress(OSError):
        fcntl.flock(file, fcntl.LOCK_UN)
    os.close(file)

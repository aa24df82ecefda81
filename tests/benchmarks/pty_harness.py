"""A terminal for measuring: runs a full-screen program in a real pty and times what it writes.

It answers what a program asks of a terminal when it starts (device attributes, cursor position,
modes, colours), so that none waits for an answer. It draws nothing: what was written is searched
for text, and a frame ends where the program ends its synchronised update (mode 2026).

Linux only: CPU time is read from /proc.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

#: One control sequence: CSI, OSC, a string, or an escape of two or three characters.
_SEQUENCE = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_][^\x1b]*\x1b\\|[ -/]*[0-~])"
)
_FRAME_END = b"\x1b[?2026l"
_QUERY = re.compile(rb"\x1b(?:\[(\??)([0-9;>]*)(\$?)([cnpu])|\](1[01]);\?(?:\x07|\x1b\\))")

_LONGEST_QUERY = 32

#: Seconds of silence after which an update is over where the program marks no frames.
_SILENCE = 0.03


@dataclass(frozen=True)
class Paint:
    """Something on the screen: seconds since its cause, and CPU seconds that it took."""

    wall: float
    cpu: float


class Screen:
    """A program in a pty of its own; a context manager that ends it."""

    def __init__(
        self,
        command: Sequence[str],
        env: Mapping[str, str],
        *,
        columns: int = 120,
        rows: int = 40,
    ) -> None:
        self.written = bytearray()
        self._searched = 0
        self._master, slave = os.openpty()
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        environment = {**env, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        environment.pop("COLUMNS", None)
        environment.pop("LINES", None)
        self._started = time.perf_counter()
        self._process = subprocess.Popen(
            command,
            env=environment,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=_take_terminal,
        )
        os.close(slave)

    def __enter__(self) -> Screen:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            deadline = time.perf_counter() + 5
            while self._process.poll() is None and time.perf_counter() < deadline:
                self._read(0.05)
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        os.close(self._master)

    def first_paint(self, limit: float = 20) -> Paint:
        """The first visible character."""
        return self._until(lambda: bool(self.text().strip()), self._started, 0.0, limit)

    def shows(self, wanted: str, limit: float = 20) -> Paint:
        """The moment at which a text has been written; TimeoutError where it never is."""
        return self._until(lambda: wanted in self.text(), self._started, 0.0, limit)

    def press(self, key: str, limit: float = 5, quiet: float = 0.1) -> Paint:
        """Press a key, once nothing was written for ``quiet`` seconds, and wait for the frame that
        it causes."""
        self.settle(quiet)
        mark, cpu, pressed = len(self.written), self.cpu(), time.perf_counter()
        os.write(self._master, key.encode())
        if b"\x1b[?2026h" in self.written:
            return self._until(
                lambda: self.written.find(_FRAME_END, mark) >= 0, pressed, cpu, limit
            )
        painted = self._until(lambda: len(self.written) > mark, pressed, cpu, limit)
        while self._read(_SILENCE):
            painted = Paint(time.perf_counter() - pressed, self.cpu() - cpu)
        return painted

    def hold(self, key: str, times: int, quiet: float = 0.3) -> Paint:
        """Press a key many times at once, as key repeat does, until the last of its output.

        A loop that blocks shows here, not in single keys.
        """
        self.settle()
        cpu, pressed = self.cpu(), time.perf_counter()
        os.write(self._master, key.encode() * times)
        last = Paint(0.0, 0.0)
        while self._read(quiet):
            last = Paint(time.perf_counter() - pressed, self.cpu() - cpu)
        return last

    def settle(self, quiet: float = 0.1, limit: float = 5) -> None:
        """Wait until nothing has been written for a while."""
        deadline = time.perf_counter() + limit
        while time.perf_counter() < deadline and self._read(quiet):
            pass

    def text(self) -> str:
        """All that was written so far, without control sequences."""
        return _visible(self.written)

    def cpu(self) -> float:
        """CPU seconds of the program's threads so far, to the microsecond."""
        total = 0
        for task in Path(f"/proc/{self._process.pid}/task").glob("*/schedstat"):
            with contextlib.suppress(OSError, IndexError):
                total += int(task.read_text().split()[0])
        return total / 1e9

    def _until(self, done: Callable[[], bool], since: float, cpu: float, limit: float) -> Paint:
        while not done():
            if not self._read(max(0.0, since + limit - time.perf_counter())):
                raise TimeoutError(f"after {limit} s the screen shows: {self.text()[-500:]!r}")
        return Paint(time.perf_counter() - since, self.cpu() - cpu)

    def _read(self, wait: float) -> bool:
        """Take what the program writes, and answer it; False where it wrote nothing in time."""
        ready, _, _ = select.select([self._master], [], [], wait)
        if not ready:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # EIO: the program has closed its end
            return False
        self.written += data
        for query in _QUERY.finditer(self.written, self._searched):
            self._searched = query.end()
            if answer := _answer(query):
                os.write(self._master, answer)
        # a query may have come in two pieces
        self._searched = max(self._searched, len(self.written) - _LONGEST_QUERY)
        return bool(data)


def _answer(query: re.Match[bytes]) -> bytes | None:
    private, number, dollar, final, colour = query.groups()
    if colour:
        shade = b"e0e0" if colour == b"10" else b"1010"
        return b"\x1b]%b;rgb:%b/%b/%b\x1b\\" % (colour, shade, shade, shade)
    if dollar and final == b"p" and private:
        return b"\x1b[?%b;%b$y" % (number, b"2" if number == b"2026" else b"0")
    if final == b"c" and number in (b"", b"0") and not private:
        return b"\x1b[?62;22c"
    if final == b"n" and number == b"6":
        return b"\x1b[1;1R"
    return None


def _visible(written: bytes | bytearray) -> str:
    return _SEQUENCE.sub(b"", written).decode(errors="replace")


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)

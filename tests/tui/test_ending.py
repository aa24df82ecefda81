"""The app in a terminal of its own: it ends when asked to, and leaves the terminal as it was."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

#: What puts the terminal back: the alternate screen left, the cursor shown.
RESTORED = (b"\x1b[?1049l", b"\x1b[?25h")

CODE = """
import sys
from pathlib import Path
from engage.paths import paths_under
from engage.clock import SystemClock
from engage.services.desk import desk_at
from engage.tui.app import run
desk = desk_at(paths_under(Path(sys.argv[1])), SystemClock())
desk.paths.demo_mark.parent.mkdir(parents=True, exist_ok=True)
desk.paths.demo_mark.touch()
status = run(desk)
desk.close()
sys.exit(status)
"""


class Terminal:
    """A program at a pty of 80x24; ``errors``: where its standard error goes instead."""

    def __init__(self, home: Path, errors: int | None = None) -> None:
        self._end, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-c", CODE, str(home)],
            stdin=inner,
            stdout=inner,
            stderr=inner if errors is None else errors,
            start_new_session=True,
            env=os.environ | {"TERM": "xterm-256color"},
        )
        os.close(inner)
        self.output = b""

    def read_until(self, words: bytes, seconds: float = 20) -> None:
        end = time.monotonic() + seconds
        while words not in self.output:
            assert time.monotonic() < end, self.output[-500:]
            self._read(0.2)

    def type(self, keys: bytes) -> None:
        os.write(self._end, keys)

    def wait(self, seconds: float) -> int:
        end = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < end:
            self._read(0.05)
        while self._read(0.05):
            pass
        return self.process.wait(0.1)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._end)

    def _read(self, seconds: float) -> bool:
        if not select.select([self._end], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._end, 65536)
        except OSError:
            return False
        self.output += data
        return bool(data)


@pytest.fixture
def home(demo_home: Path, tmp_path: Path) -> Path:
    home = tmp_path / "home"
    shutil.copytree(demo_home, home)
    return home


@pytest.fixture
def terminal(home: Path) -> Iterator[Terminal]:
    opened = Terminal(home)
    yield opened
    opened.close()


def test_the_screen_comes_up_where_standard_error_is_a_file(home: Path, tmp_path: Path) -> None:
    errors = tmp_path / "errors"
    with errors.open("wb") as file:
        opened = Terminal(home, file.fileno())
    try:
        opened.read_until(b"Owed")
        opened.type(b"q")
        assert opened.wait(3) == 0
    finally:
        opened.close()
    assert errors.read_bytes() == b""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda n: n.name)
def test_a_signal_ends_it_within_three_seconds(terminal: Terminal, number: signal.Signals) -> None:
    terminal.read_until(b"Inbox")
    terminal.process.send_signal(number)
    assert terminal.wait(3) == 128 + number
    for sequence in RESTORED:
        assert sequence in terminal.output


def test_q_ends_it_with_nothing_left_on_the_screen(terminal: Terminal) -> None:
    terminal.read_until(b"Owed")
    terminal.type(b"e")
    terminal.read_until(b"takes it back")
    terminal.type(b"q")
    assert terminal.wait(3) == 0
    for sequence in RESTORED:
        assert sequence in terminal.output
    assert b"Traceback" not in terminal.output

"""engage in a terminal of its own, as a writer has it: typed to, and read from."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path

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
    """engage at a pty of 80x24, its screen or a command (``words``); ``errors``: where its standard
    error goes instead. ``environ``: more of the environment."""

    def __init__(
        self, home: Path, errors: int | None = None, *, words: Sequence[str] = (), **environ: str
    ) -> None:
        self._end, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, *(("-m", "engage", *words) if words else ("-c", CODE, str(home)))],
            stdin=inner,
            stdout=inner,
            stderr=inner if errors is None else errors,
            start_new_session=True,
            env=os.environ | {"TERM": "xterm-256color", "ENGAGE_HOME": str(home)} | environ,
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

"""A process that writes on and on until it is stopped dead, and what it had acknowledged."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from writer import main as write_on


def acknowledged(
    home: Path, name: str, after: float, stopped: Callable[[], None] = lambda: None
) -> int:
    """How many changes a process acknowledged until it was stopped, ``after`` seconds into it.

    ``stopped`` is called while it stands still; then it is killed.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.dup2(writing, 1)
        sys.stdout = os.fdopen(1, "w")
        try:
            write_on(home, name, None)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading) as said:
        first = said.readline()
        time.sleep(after)
        os.kill(child, signal.SIGSTOP)
        os.waitpid(child, os.WUNTRACED)
        try:
            stopped()
        finally:
            os.kill(child, signal.SIGKILL)
        numbers = [*first.split(), *said.read().split()]
    os.waitpid(child, 0)
    assert numbers == [str(number) for number in range(len(numbers))]
    return len(numbers)

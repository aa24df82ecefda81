"""Running programs and counting what they cost: CPU seconds of the whole tree, and wall time."""

from __future__ import annotations

import contextlib
import ctypes
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h


@dataclass(frozen=True)
class Cost:
    """Seconds of one run."""

    wall: float
    cpu: float


def engage_command() -> list[str]:
    """The installed command beside this interpreter."""
    script = Path(sys.executable).with_name("engage")
    return [str(script)] if script.exists() else [sys.executable, "-m", "engage"]


def adopt_orphans() -> None:
    """Make processes that outlive their parent this one's children, so that their CPU counts.

    The workers of a fork server are nobody's children when engage has ended. Linux only.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def run(
    command: Sequence[str],
    env: Mapping[str, str] | None = None,
    *,
    beside: int | None = None,
) -> Cost:
    """Run a command to its end, and with `adopt_orphans` also what it left running.

    ``beside``: a child of this process that goes on. Raises RuntimeError with what the command
    said where its status is not 0.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: status {process.returncode}\n{said.decode()}")
    return Cost(wall, used.ru_utime + used.ru_stime + _orphans(beside))


def peak_memory(command: Sequence[str], env: Mapping[str, str]) -> int:
    """Run a command to its end, whatever its status: the most memory that its processes had
    together, in bytes, pages that several share counted once (PSS). Looked at 50 times a second."""
    process = subprocess.Popen(
        command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(map(_memory, _tree(process.pid))))
        time.sleep(0.02)
    return peak


def _tree(pid: int) -> list[int]:
    found = [pid]
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += _tree(int(child))
    return found


def _memory(pid: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def _orphans(beside: int | None) -> float:
    """CPU seconds of the other children of this process, each waited for."""
    cpu = 0.0
    while others := _children() - {beside}:
        _, _, used = os.wait4(others.pop(), 0)
        cpu += used.ru_utime + used.ru_stime
    return cpu


def _children() -> set[int | None]:
    try:
        listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text()
    except OSError:
        return set()
    return {int(child) for child in listed.split()}


def alternate(times: int, *runs: Callable[[], Cost]) -> list[Cost]:
    """Each of the runs so many times, in turns, so that a busy minute meets all; their medians."""
    costs = [[each() for each in runs] for _ in range(times)]
    return [
        Cost(statistics.median(c.wall for c in column), statistics.median(c.cpu for c in column))
        for column in zip(*costs, strict=True)
    ]


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A plain table, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = [
        "  ".join(
            cell.ljust(width) if index == 0 else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in (head, *rows)
    ]
    return "\n".join((title, *lines))


def ratio(mine: float, peer: float) -> str:
    """``1.23x``"""
    return f"{mine / peer:.2f}x" if peer else "–"


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f}"

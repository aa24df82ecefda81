"""The writer's own programs, run after a refresh and after an export (``[hooks]``).

A hook is a list of arguments, never a shell's line. It gets nothing on its standard input, what it
prints is not shown, and what went wrong with it is a sentence, never a failure of engage's own.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping

from engage.services.desk import Desk
from engage.text import clip, one_line

#: Seconds that a hook may take.
PATIENCE = 30.0

AFTER_REFRESH = "after_refresh"
AFTER_EXPORT = "after_export"


def run_hook(
    desk: Desk, name: str, facts: Mapping[str, str], *, patience: float = PATIENCE
) -> str | None:
    """Run the hook of that name, if the settings have one: a sentence where it failed.

    ``facts`` reach it as environment variables, ``ENGAGE_`` before their names.
    """
    command = desk.settings.hooks.get(name)
    if not command or desk.offline:
        return None
    environ = os.environ | {f"ENGAGE_{key.upper()}": value for key, value in facts.items()}
    try:
        process = subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environ,
            start_new_session=True,  # so that a time-out ends what it started, too
        )
    except (OSError, ValueError) as cause:
        reason = cause.strerror if isinstance(cause, OSError) else "that is no program's name"
        return f"The hook {name} ({clip(one_line(command[0]), 200)}) could not be run: {reason}."
    try:
        _, said = process.communicate(timeout=patience)
    except subprocess.TimeoutExpired:
        _end(process)
        return f"The hook {name} took longer than {patience:g} seconds and was ended."
    if process.returncode == 0:
        return None
    last = one_line(said.decode("utf-8", "replace").strip().rpartition("\n")[2])
    words = f": {clip(last, 200)}" if last else ""
    return f"The hook {name} ended with status {process.returncode}{words}."


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stderr is not None:
        process.stderr.close()

"""The writer's own editor: ``$VISUAL``, else ``$EDITOR``."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path

from engage.errors import EngageError


def editor_command(environ: Mapping[str, str] = os.environ) -> list[str] | None:
    """The editor and its arguments (``code --wait``); None where none is named.

    Raises EngageError where the variable cannot be read as a command.
    """
    for variable in ("VISUAL", "EDITOR"):
        named = environ.get(variable, "").strip()
        if not named:
            continue
        try:
            return shlex.split(named)
        except ValueError as cause:
            raise EngageError(f"${variable} is no command ({cause}): {named}") from cause
    return None


def run_editor(command: list[str], path: Path) -> None:
    """Run the editor on a file and wait for it. Raises EngageError where it fails."""
    try:
        status = subprocess.run([*command, str(path)], check=False).returncode
    except OSError as cause:
        raise EngageError(
            f"The editor {command[0]} cannot be started: {cause.strerror}; set $EDITOR."
        ) from cause
    if status != 0:
        how = f"status {status}" if status > 0 else f"signal {-status}"
        raise EngageError(f"The editor {command[0]} ended with {how}.")

"""The system's own programs, run with the writer's environment and their answers read."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from engage.errors import EngageError
from engage.text import clip, one_line

#: Seconds that such a program may take.
_PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program printed and said, and its exit status."""

    status: int
    printed: str
    said: str

    @property
    def reason(self) -> str:
        """Its last words, as a part of a sentence."""
        lines = [line for line in (self.said or self.printed).splitlines() if line.strip()]
        return clip(one_line(lines[-1]), 200).rstrip(".") if lines else f"status {self.status}"


class Programs:
    """Finds and runs programs by the ``PATH`` of an environment."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = {**environ, "LC_ALL": "C"}

    def has(self, name: str) -> bool:
        return shutil.which(name, path=self._environ.get("PATH")) is not None

    def run(self, name: str, *arguments: str, given: str | None = None) -> Answer:
        """Run a program to its end. One that is missing or hangs answers with status 127."""
        found = shutil.which(name, path=self._environ.get("PATH"))
        if found is None:
            return Answer(127, "", f"there is no program {name}")
        try:
            done = subprocess.run(
                [found, *arguments],
                input=(given or "").encode(errors="surrogateescape"),
                capture_output=True,
                env=self._environ,
                timeout=_PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Answer(127, "", f"{name} took longer than {_PATIENCE:g} seconds")
        except OSError as cause:
            return Answer(127, "", f"{name} cannot be run: {cause.strerror}")
        printed, said = (
            each.decode(errors="surrogateescape") for each in (done.stdout, done.stderr)
        )
        return Answer(done.returncode, printed, said)


def write(path: Path, text: str, mark: str) -> None:
    """Write a file of engage's own, whole or not at all, over nothing but one with the mark.

    Raises EngageError.
    """
    if path.exists() and mark not in read(path):
        raise EngageError(f"{path} is not from engage; move it elsewhere first.")
    temporary = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)
    except OSError as cause:
        raise EngageError(f"{path} cannot be written: {cause.strerror}.") from cause


def read(path: Path) -> str:
    """A file's text, "" where there is none. Raises EngageError."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ""
    except OSError as cause:
        raise EngageError(f"{path} cannot be read: {cause.strerror}.") from cause


def delete(path: Path, mark: str) -> bool:
    """Delete a file with the mark; whether there was one. Raises EngageError."""
    if mark not in read(path):
        return False
    try:
        path.unlink()
    except OSError as cause:
        raise EngageError(f"{path} cannot be deleted: {cause.strerror}.") from cause
    return True

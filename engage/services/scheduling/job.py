"""What is to run regularly, and what every scheduler has to be able to do with it."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from engage.errors import EngageError

#: Minutes between two runs: a run with no feed due asks nobody.
EVERY = 30

#: The first line of everything that is written, by which it is known again.
MARK = "Written by `engage schedule install`; `engage schedule remove` takes it away."

_FOLDERS = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
_OTHERS = ("TZ", "SSL_CERT_FILE", "http_proxy", "https_proxy", "no_proxy")


@dataclass(frozen=True, slots=True)
class Job:
    """The command to run every half hour, the environment it needs, and the minute (0 to 29) of
    the hour: not the same for everybody, or servers would be asked by all at once."""

    command: tuple[str, ...]
    environment: Mapping[str, str]
    minute: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that would be written: where, in words or as a path, and its text."""

    place: str
    text: str


class Scheduler(Protocol):
    """What runs a job regularly. Each method may raise EngageError."""

    @property
    def name(self) -> str:
        """``a systemd user timer``."""
        ...

    def plan(self, job: Job) -> tuple[Piece, ...]:
        """What installing would write."""
        ...

    def install(self, job: Job) -> tuple[str, ...]:
        """Write it and have it run; sentences about what else is to be known."""
        ...

    def remove(self) -> bool:
        """Take it away; whether there was something."""
        ...

    def status(self, job: Job) -> tuple[str, ...]:
        """What is installed and whether it runs, in sentences; none where nothing is."""
        ...


def job_of(environ: Mapping[str, str], data: Path) -> Job:
    """The job for the engage that runs now, and this writer's folders (``data`` is one).

    Raises EngageError where a value of the environment cannot be written down.
    """
    script = Path(sys.executable).with_name("engage")
    # -P: a folder called engage in the home folder is not taken for the program.
    program = (str(script),) if script.is_file() else (sys.executable, "-P", "-m", "engage")
    kept = {name: environ[name] for name in (*_FOLDERS, *_OTHERS) if environ.get(name)}
    if home := environ.get("ENGAGE_HOME", "").strip():
        kept = {name: value for name, value in kept.items() if name not in _FOLDERS}
        kept["ENGAGE_HOME"] = str(Path(home).expanduser().absolute())
    kept = {name: value for name, value in kept.items() if not _is_secret(name, value)}
    for name, value in (*kept.items(), *(("The program's path", word) for word in program)):
        if not value.isprintable():
            raise EngageError(f"{name} holds a line break or the like; give it a plain value.")
    command = (*program, "refresh", "--quiet")
    return Job(command, dict(sorted(kept.items())), zlib.crc32(bytes(data)) % EVERY)


def _is_secret(name: str, value: str) -> bool:
    """Whether a proxy's address holds a password, which is written nowhere."""
    return name.endswith("_proxy") and name != "no_proxy" and "@" in value


def program_gone(text: str) -> str | None:
    """The program named in quotes or at the beginning of a command, if it is no longer there."""
    path = text.strip().strip("\"'")
    return path if path.startswith("/") and not Path(path).exists() else None

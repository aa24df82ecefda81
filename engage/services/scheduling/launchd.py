"""An agent of launchd's, the scheduler of macOS (launchd.plist(5))."""

from __future__ import annotations

import os
import plistlib
from collections.abc import Mapping
from pathlib import Path
from xml.parsers.expat import ExpatError

from engage.errors import EngageError
from engage.services.scheduling.job import EVERY, MARK, Job, Piece, program_gone
from engage.services.scheduling.programs import Programs, delete, read, write

_LABEL = "engage.refresh"


class Launchd:
    """The user's own launchd; its files are in ``~/Library/LaunchAgents``."""

    name = "a launchd agent"

    def __init__(self, environ: Mapping[str, str], home: Path) -> None:
        self._programs = Programs(environ)
        self._path = home / "Library" / "LaunchAgents" / f"{_LABEL}.plist"
        self._domain = f"gui/{os.getuid()}"

    @property
    def there(self) -> bool:
        return self._programs.has("launchctl")

    def plan(self, job: Job) -> tuple[Piece, ...]:
        return (Piece(str(self._path), _plist(job)),)

    def install(self, job: Job) -> tuple[str, ...]:
        write(self._path, _plist(job), MARK)
        self._programs.run("launchctl", "bootout", f"{self._domain}/{_LABEL}")
        answer = self._programs.run("launchctl", "bootstrap", self._domain, str(self._path))
        if answer.status != 0:
            raise EngageError(
                f"{self._path} is written, but launchd did not take it ({answer.reason}); it does "
                "when you log in next."
            )
        return ()

    def remove(self) -> bool:
        if not delete(self._path, MARK):
            return False
        self._programs.run("launchctl", "bootout", f"{self._domain}/{_LABEL}")
        return True

    def status(self, job: Job) -> tuple[str, ...]:
        written = read(self._path)
        if MARK not in written:
            return ()
        said = [f"A launchd agent asks every {EVERY} minutes: {self._path}"]
        try:
            command = plistlib.loads(written.encode())["ProgramArguments"][0]
        except (ExpatError, plistlib.InvalidFileException, KeyError, IndexError, TypeError):
            command = ""
        if gone := program_gone(command):
            said.append(f"{gone} is no longer there; `engage schedule install` writes it anew.")
        elif written != _plist(job):
            said.append(
                "It is not what would be written now; `engage schedule install` writes it anew."
            )
        loaded = self._programs.run("launchctl", "print", f"{self._domain}/{_LABEL}").status == 0
        return (*said, "It runs." if loaded else "launchd has not taken it; it does at login.")


def _plist(job: Job) -> str:
    document = {
        "Label": _LABEL,
        "ProgramArguments": list(job.command),
        "EnvironmentVariables": dict(job.environment),
        "StartCalendarInterval": [{"Minute": job.minute}, {"Minute": job.minute + EVERY}],
        "ProcessType": "Background",
    }
    head, line, rest = plistlib.dumps(document, sort_keys=False).decode().partition("<plist")
    return f"{head}<!-- {MARK} -->\n{line}{rest}"

"""A line in the user's crontab (crontab(5)), for systems with cron alone."""

from __future__ import annotations

import shlex
from collections.abc import Mapping

from engage.errors import EngageError
from engage.services.scheduling.job import EVERY, MARK, Job, Piece, program_gone
from engage.services.scheduling.programs import Programs

_COMMENT = f"# {MARK}"
#: What `crontab -l` says where there is none yet: cron and cronie, and busybox.
_NONE_YET = ("no crontab for", "no such file")


class Crontab:
    """The user's crontab. What else stands in it stays as it is."""

    name = "a line in your crontab"

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._programs = Programs(environ)

    @property
    def there(self) -> bool:
        return self._programs.has("crontab")

    def plan(self, job: Job) -> tuple[Piece, ...]:
        return (Piece("your crontab", f"{_COMMENT}\n{line(job)}\n"),)

    def install(self, job: Job) -> tuple[str, ...]:
        others = _others(self._lines())
        self._write([*others, _COMMENT, line(job)])
        return ()

    def remove(self) -> bool:
        lines = self._lines() if self.there else []
        others = _others(lines)
        if len(others) == len(lines):
            return False
        self._write(others)
        return True

    def status(self, job: Job) -> tuple[str, ...]:
        lines = self._lines() if self.there else []
        if _COMMENT not in lines:
            return ()
        at = lines.index(_COMMENT) + 1
        written = lines[at] if at < len(lines) else ""
        said = [f"A line in your crontab asks every {EVERY} minutes: {written}"]
        programs = [word for word in _words(written) if word.startswith("/")]
        if programs and (gone := program_gone(programs[0])):
            said.append(f"{gone} is no longer there; `engage schedule install` writes it anew.")
        elif written != line(job):
            said.append(
                "It is not what would be written now; `engage schedule install` writes it anew."
            )
        return tuple(said)

    def _lines(self) -> list[str]:
        """The crontab as it is. Raises EngageError where that cannot be found out: writing over
        what could not be read would lose it."""
        answer = self._programs.run("crontab", "-l")
        if answer.status != 0:
            if any(words in answer.said.lower() for words in _NONE_YET):
                return []
            raise EngageError(f"Your crontab cannot be read: {answer.reason}.")
        return answer.printed.splitlines()

    def _write(self, lines: list[str]) -> None:
        text = "".join(f"{each}\n" for each in lines)
        answer = self._programs.run("crontab", "-", given=text)
        if answer.status != 0:
            raise EngageError(f"Your crontab cannot be written: {answer.reason}.")


def line(job: Job) -> str:
    """The line for a crontab. cron mails what a job prints: only what is wrong is left."""
    settings = [f"{name}={shlex.quote(value)}" for name, value in job.environment.items()]
    words = " ".join((*settings, *map(shlex.quote, job.command)))
    minutes = f"{job.minute},{job.minute + EVERY}"
    return f"{minutes} * * * * {words} >/dev/null".replace("%", "\\%")


def _others(lines: list[str]) -> list[str]:
    """The lines that are not engage's: its comment, and the line after it."""
    kept: list[str] = []
    ours = False
    for each in lines:
        if each == _COMMENT:
            ours = True
            continue
        if not (ours and "refresh --quiet" in each):
            kept.append(each)
        ours = False
    return kept


def _words(written: str) -> list[str]:
    try:
        return shlex.split(written.replace("\\%", "%"))[5:]
    except ValueError:
        return []

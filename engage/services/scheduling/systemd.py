"""A timer of systemd's that runs for one user (systemd.timer(5), systemd.service(5))."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from engage.errors import EngageError
from engage.services.scheduling.job import EVERY, MARK, Job, Piece, program_gone
from engage.services.scheduling.programs import Answer, Programs, delete, read, write

_TIMER = "engage.timer"
_NOT_RUNNING = "systemd does not run for you here, so it begins when you log in next."


class Systemd:
    """The user's own systemd; its files are in ``$XDG_CONFIG_HOME/systemd/user``."""

    name = "a systemd user timer"

    def __init__(self, environ: Mapping[str, str], home: Path) -> None:
        self._programs = Programs(environ)
        config = environ.get("XDG_CONFIG_HOME", "")
        folder = Path(config) if config.startswith("/") else home / ".config"
        self._timer = folder / "systemd" / "user" / _TIMER
        self._service = self._timer.with_name("engage.service")

    @property
    def there(self) -> bool:
        """Whether this system has systemd at all."""
        return self._programs.has("systemctl")

    @property
    def runs(self) -> bool:
        """Whether it runs for this user now."""
        return self.there and self._ask("show-environment").status == 0

    def plan(self, job: Job) -> tuple[Piece, ...]:
        return (
            Piece(str(self._service), _service(job)),
            Piece(str(self._timer), _timer(job)),
        )

    def install(self, job: Job) -> tuple[str, ...]:
        runs = self.runs
        for path, text in ((self._service, _service(job)), (self._timer, _timer(job))):
            write(path, text, MARK)
        steps: list[tuple[str, ...]] = [("enable", _TIMER)]
        if runs:
            steps = [("daemon-reload",), *steps, ("restart", _TIMER)]
        for step in steps:
            answer = self._ask(*step)
            if answer.status != 0:
                raise EngageError(
                    f"{self._timer} is written, but systemd did not take it ({answer.reason}); "
                    f"try `systemctl --user {' '.join(step)}`."
                )
        if not runs:
            return (_NOT_RUNNING,)
        return ("It runs while you are logged in; `loginctl enable-linger` lets it run always.",)

    def remove(self) -> bool:
        if MARK not in read(self._timer) + read(self._service):
            return False
        runs = self.runs
        if self.there:
            answer = self._ask("disable", *(("--now",) if runs else ()), _TIMER)
            if answer.status != 0 and self._timer.exists():
                raise EngageError(f"systemd did not let go of {self._timer}: {answer.reason}.")
        found = [delete(path, MARK) for path in (self._timer, self._service)]
        if runs:
            self._ask("daemon-reload")
        return any(found)

    def status(self, job: Job) -> tuple[str, ...]:
        written = read(self._timer)
        if MARK not in written:
            return ()
        said = [f"A systemd user timer asks every {EVERY} minutes: {self._timer}"]
        command = read(self._service).partition("ExecStart=")[2].partition('" "')[0]
        if gone := program_gone(command):
            said.append(f"{gone} is no longer there; `engage schedule install` writes it anew.")
        elif any(read(Path(piece.place)) != piece.text for piece in self.plan(job)):
            said.append(
                "It is not what would be written now; `engage schedule install` writes it anew."
            )
        if not self.runs:
            return (*said, _NOT_RUNNING)
        if self._ask("is-active", _TIMER).status != 0:
            return (*said, "It is not running; `engage schedule install` starts it again.")
        shown = self._ask("show", _TIMER, "--property=NextElapseUSecRealtime", "--value")
        when = shown.printed.strip()
        return (*said, f"It runs; next {when}." if when else "It runs.")

    def _ask(self, *words: str) -> Answer:
        return self._programs.run("systemctl", "--user", *words)


def _service(job: Job) -> str:
    environment = "".join(
        f"Environment={_quoted(f'{name}={value}')}\n" for name, value in job.environment.items()
    )
    command = " ".join(_quoted(word.replace("$", "$$")) for word in job.command)
    return (
        f"# {MARK}\n"
        "[Unit]\n"
        "Description=engage: ask the feeds that are due\n"
        "\n"
        "[Service]\n"
        "Type=oneshot\n"
        f"{environment}"
        f"ExecStart={command}\n"
        "Nice=10\n"
    )


def _timer(job: Job) -> str:
    return (
        f"# {MARK}\n"
        "[Unit]\n"
        "Description=engage: ask the feeds that are due, every half hour\n"
        "\n"
        "[Timer]\n"
        f"OnCalendar=*-*-* *:{job.minute:02d},{job.minute + EVERY:02d}:00\n"
        "RandomizedDelaySec=2min\n"
        "Persistent=true\n"
        "\n"
        "[Install]\n"
        "WantedBy=timers.target\n"
    )


def _quoted(word: str) -> str:
    """A word as a unit file takes it; a percent sign would begin a specifier."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'

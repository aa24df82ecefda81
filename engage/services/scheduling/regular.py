"""Regular refreshes: which scheduler takes them, installing, removing, and how it stands."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from engage.errors import EngageError
from engage.paths import find_paths
from engage.services.scheduling.crontab import Crontab
from engage.services.scheduling.job import Job, Piece, Scheduler, job_of
from engage.services.scheduling.launchd import Launchd
from engage.services.scheduling.systemd import Systemd

_TOKEN = "ENGAGE_WEBMENTION_TOKEN"


@dataclass(frozen=True, slots=True)
class Plan:
    """What installing would write, and by whom it would be run; ``scheduler`` None: by nobody."""

    job: Job
    scheduler: Scheduler | None
    pieces: tuple[Piece, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Here:
    """The schedulers of this machine, for this writer."""

    systemd: Systemd
    launchd: Launchd
    crontab: Crontab
    mac: bool

    @property
    def all(self) -> tuple[Scheduler, ...]:
        return (self.launchd,) if self.mac else (self.systemd, self.crontab)

    @property
    def best(self) -> Scheduler | None:
        """The one to install to: what runs now before what will run from the next login on."""
        if self.mac:
            return self.launchd if self.launchd.there else None
        if self.systemd.runs:
            return self.systemd
        if self.crontab.there:
            return self.crontab
        return self.systemd if self.systemd.there else None


def here(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Here:
    """Find out what this machine has. Raises EngageError where there is no home folder."""
    try:
        home = Path(environ.get("HOME") or Path.home())
    except RuntimeError as cause:
        raise EngageError("There is no home folder to write into; set HOME.") from cause
    return Here(
        Systemd(environ, home), Launchd(environ, home), Crontab(environ), platform == "darwin"
    )


def plan(at: Here, environ: Mapping[str, str] = os.environ) -> Plan:
    """What installing would do; nothing is written. Raises EngageError."""
    job = job_of(environ, find_paths(environ).data)
    scheduler = at.best
    notes: tuple[str, ...] = ()
    if environ.get(_TOKEN):
        notes = (
            f"{_TOKEN} is a secret and is not written there; put it into config.toml as "
            "webmention_token.",
        )
    return Plan(job, scheduler, (scheduler or at.crontab).plan(job), notes)


def install(planned: Plan) -> tuple[str, ...]:
    """Do what was planned; sentences about what else is to be known. Raises EngageError."""
    if planned.scheduler is None:
        raise EngageError(
            "Nothing here runs things regularly: there is no systemd, launchd or crontab. The "
            "line above is what a cron elsewhere would take."
        )
    return planned.scheduler.install(planned.job)


def remove(at: Here) -> tuple[str, ...]:
    """Take away all that was installed; what that was, in words. Raises EngageError."""
    return _all_of(at, lambda scheduler: (scheduler.name,) if scheduler.remove() else ())


def status(at: Here, environ: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """What is installed and whether it runs, in sentences; none where nothing is."""
    job = job_of(environ, find_paths(environ).data)
    return _all_of(at, lambda scheduler: scheduler.status(job))


def _all_of(at: Here, ask: Callable[[Scheduler], tuple[str, ...]]) -> tuple[str, ...]:
    """What all schedulers answer. That one of them may not be asked is no matter where another
    has an answer: what engage could not read it has not written."""
    found: list[str] = []
    refused: EngageError | None = None
    for scheduler in at.all:
        try:
            found += ask(scheduler)
        except EngageError as error:
            refused = error
    if refused is not None and not found:
        raise refused
    return tuple(found)

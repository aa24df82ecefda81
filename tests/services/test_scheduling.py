"""Regular refreshes: what is written, who is told, and what else stays as it was. The programs of
the system are stand-ins on the PATH that keep a diary; systemd checks its files itself where it is
to be had."""

from __future__ import annotations

import os
import plistlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from engage.errors import EngageError
from engage.services.scheduling import regular
from engage.services.scheduling.crontab import line
from engage.services.scheduling.job import MARK, job_of

CRONTAB = """
case "$1" in
-l) cat {place}/crontab 2>/dev/null || {{ echo "no crontab for ines" >&2; exit 1; }};;
-) cat > {place}/crontab;;
esac"""
FORBIDDEN = 'echo "you (ines) are not allowed to use this program" >&2; exit 1'
SYSTEMD = """
case "$2" in
is-active) [ -e {place}/running ];;
restart) touch {place}/running;;
disable) rm -f {place}/running;;
show) echo "Sun 2026-11-22 10:47:00 CET";;
esac"""
NO_BUS = """
case "$2" in
show-environment) echo "Failed to connect to bus" >&2; exit 1;;
esac"""
REFUSES = """
case "$2" in
restart) echo "Unit engage.timer is masked." >&2; exit 1;;
esac"""
LAUNCHD = """
case "$1" in
bootstrap) touch {place}/running;;
bootout) rm -f {place}/running;;
print) [ -e {place}/running ];;
esac"""


class Machine:
    """A home, and the programs of a system."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "Ines's home"
        self.bin = folder / "bin"
        self.home.mkdir()
        self.bin.mkdir()
        for name in ("cat", "rm", "touch"):
            (self.bin / name).symlink_to(str(shutil.which(name)))
        self.platform = "linux"
        self.environ: dict[str, str] = {
            "HOME": str(self.home),
            "PATH": str(self.bin),
            "ENGAGE_HOME": str(self.home / "100% engage"),
        }

    def has(self, name: str, does: str) -> None:
        program = self.bin / name
        diary = f'echo "{name} $*" >> {self.folder}/diary'
        program.write_text(f"#!/bin/sh\n{diary}\n{does.format(place=self.folder)}\n")
        program.chmod(0o755)

    @property
    def diary(self) -> list[str]:
        diary = self.folder / "diary"
        return diary.read_text().splitlines() if diary.exists() else []

    @property
    def here(self) -> regular.Here:
        return regular.here(self.environ, self.platform)

    def plan(self) -> regular.Plan:
        return regular.plan(self.here, self.environ)

    def install(self) -> tuple[str, ...]:
        return regular.install(self.plan())

    def status(self) -> tuple[str, ...]:
        return regular.status(self.here, self.environ)

    @property
    def units(self) -> Path:
        return self.home / ".config" / "systemd" / "user"

    @property
    def crontab(self) -> str:
        return (self.folder / "crontab").read_text()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


# -- which


@pytest.mark.parametrize(
    ("platform", "programs", "name"),
    [
        ("linux", {"systemctl": SYSTEMD, "crontab": CRONTAB}, "a systemd user timer"),
        ("linux", {"systemctl": NO_BUS, "crontab": CRONTAB}, "a line in your crontab"),
        ("linux", {"systemctl": NO_BUS}, "a systemd user timer"),
        ("linux", {"crontab": CRONTAB}, "a line in your crontab"),
        ("linux", {"launchctl": LAUNCHD}, None),
        ("linux", {}, None),
        ("darwin", {"launchctl": LAUNCHD, "crontab": CRONTAB}, "a launchd agent"),
        ("freebsd14", {"crontab": CRONTAB}, "a line in your crontab"),
    ],
)
def test_the_scheduler_is_the_one_that_runs_here(
    machine: Machine, platform: str, programs: Mapping[str, str], name: str | None
) -> None:
    machine.platform = platform
    for program, does in programs.items():
        machine.has(program, does)
    scheduler = machine.plan().scheduler
    assert (scheduler and scheduler.name) == name


# -- the job


def test_the_job_takes_along_where_things_are_and_no_secret(machine: Machine) -> None:
    environ = {
        "HOME": "/home/ines",
        "XDG_DATA_HOME": "/d",
        "TZ": "Europe/Warsaw",
        "ENGAGE_NOW": "2026-11-22",
        "https_proxy": "http://ines:secret@proxy.example:3128",
        "http_proxy": "http://proxy.example:3128",
        "ENGAGE_WEBMENTION_TOKEN": "secret",
    }
    job = job_of(environ, Path("/d/engage"))
    assert job.environment == {
        "TZ": "Europe/Warsaw", "XDG_DATA_HOME": "/d", "http_proxy": "http://proxy.example:3128"
    }  # fmt: skip
    assert job.command[-2:] == ("refresh", "--quiet")
    assert Path(job.command[0]).is_file()
    assert 0 <= job.minute < 30
    assert job_of({**environ, "ENGAGE_HOME": "/e"}, Path("/e")).environment == {
        "ENGAGE_HOME": "/e", "TZ": "Europe/Warsaw", "http_proxy": "http://proxy.example:3128"
    }  # fmt: skip
    machine.environ |= environ
    assert "webmention_token" in machine.plan().notes[0]


def test_a_value_that_no_file_could_hold_is_refused(machine: Machine) -> None:
    machine.environ["ENGAGE_HOME"] = "/home/ines\n* * * * * rm"
    with pytest.raises(EngageError, match="ENGAGE_HOME holds a line break"):
        machine.plan()


# -- systemd


def test_a_timer_is_written_started_and_taken_away(machine: Machine) -> None:
    machine.has("systemctl", SYSTEMD)
    planned = machine.plan()
    assert not machine.units.exists(), "a plan writes nothing"
    assert machine.status() == ()
    assert "enable-linger" in regular.install(planned)[0]
    assert {path.name: path.read_text() for path in machine.units.iterdir()} == {
        Path(piece.place).name: piece.text for piece in planned.pieces
    }
    service = (machine.units / "engage.service").read_text()
    assert f'Environment="ENGAGE_HOME={machine.home}/100%% engage"' in service
    assert machine.diary[-3:] == [
        "systemctl --user daemon-reload",
        "systemctl --user enable engage.timer",
        "systemctl --user restart engage.timer",
    ]
    where, runs = machine.status()
    assert (str(machine.units / "engage.timer") in where, "It runs; next Sun" in runs) == (
        True,
    ) * 2
    machine.install()
    assert regular.remove(machine.here) == ("a systemd user timer",)
    assert list(machine.units.iterdir()) == []
    assert "systemctl --user disable --now engage.timer" in machine.diary
    assert machine.status() == regular.remove(machine.here) == ()


def test_without_a_session_the_timer_waits_for_the_next_login(machine: Machine) -> None:
    machine.has("systemctl", NO_BUS)
    assert "when you log in next" in machine.install()[0]
    assert "when you log in next" in machine.status()[-1]
    assert "systemctl --user restart engage.timer" not in machine.diary
    assert regular.remove(machine.here) == ("a systemd user timer",)


def test_what_is_no_longer_as_it_was_written_is_said(machine: Machine) -> None:
    machine.has("systemctl", SYSTEMD)
    machine.install()
    (machine.folder / "running").unlink()
    assert "It is not running" in machine.status()[-1]
    machine.environ["ENGAGE_HOME"] = "/elsewhere"
    assert "not what would be written now" in machine.status()[1]
    service = machine.units / "engage.service"
    program = job_of(machine.environ, Path("/x")).command[0]
    service.write_text(service.read_text().replace(program, "/gone/engage"))
    assert "/gone/engage is no longer there" in machine.status()[1]


def test_what_systemd_refuses_is_said_with_its_words(machine: Machine) -> None:
    machine.has("systemctl", REFUSES)
    with pytest.raises(EngageError, match=r"timer is masked.*`systemctl --user restart"):
        machine.install()


def test_a_unit_of_somebody_else_is_left_alone(machine: Machine) -> None:
    machine.has("systemctl", SYSTEMD)
    machine.units.mkdir(parents=True)
    (machine.units / "engage.timer").write_text("[Timer]\nOnCalendar=yearly\n")
    with pytest.raises(EngageError, match="is not from engage"):
        machine.install()
    assert "yearly" in (machine.units / "engage.timer").read_text()
    regular.remove(machine.here)
    assert "yearly" in (machine.units / "engage.timer").read_text()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_takes_the_files(machine: Machine) -> None:
    machine.has("systemctl", NO_BUS)
    machine.environ["ENGAGE_HOME"] = '/home/a "b" \\ $HOME 100%'
    machine.install()
    checked = subprocess.run(
        ["systemd-analyze", "verify", "--user", machine.units / "engage.timer"],
        env=os.environ | {"XDG_RUNTIME_DIR": str(machine.folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stderr) == (0, "")


# -- cron


def test_a_crontab_keeps_all_its_other_lines(machine: Machine) -> None:
    machine.has("crontab", CRONTAB)
    others = "MAILTO=ines\n\n# mine\n5 4 * * * engage refresh --quiet\n"
    (machine.folder / "crontab").write_text(others)
    (piece,) = machine.plan().pieces
    machine.install()
    machine.install()
    assert machine.crontab == others + piece.text
    (said,) = machine.status()
    assert piece.text.splitlines()[1] in said
    assert regular.remove(machine.here) == ("a line in your crontab",)
    assert machine.crontab == others
    assert machine.status() == ()


def test_a_first_crontab_is_made(machine: Machine) -> None:
    machine.has("crontab", CRONTAB)
    machine.install()
    assert machine.crontab.startswith(f"# {MARK}\n")


def test_a_crontab_that_cannot_be_read_is_not_written(machine: Machine) -> None:
    machine.has("crontab", FORBIDDEN)
    for do in (machine.install, machine.status, lambda: regular.remove(machine.here)):
        with pytest.raises(EngageError, match=r"cannot be read: you \(ines\) are not allowed"):
            do()
    assert "crontab -" not in machine.diary


def test_a_crontab_that_is_not_the_writer_s_is_no_matter_where_a_timer_is(machine: Machine) -> None:
    machine.has("systemctl", SYSTEMD)
    machine.has("crontab", FORBIDDEN)
    machine.install()
    assert "It runs" in machine.status()[-1]
    assert regular.remove(machine.here) == ("a systemd user timer",)


def test_a_line_whose_program_is_gone_says_so(machine: Machine) -> None:
    machine.has("crontab", CRONTAB)
    machine.install()
    program = job_of(machine.environ, Path("/x")).command[0]
    (machine.folder / "crontab").write_text(machine.crontab.replace(program, "/gone/engage"))
    assert "/gone/engage is no longer there" in machine.status()[1]


def test_the_line_does_what_it_says(machine: Machine) -> None:
    """Run as cron runs it: by sh, in an almost empty environment, ``\\%`` being a per cent sign."""
    written = line(job_of(machine.environ, Path("/x")))
    minutes, command = written.split(" * * * * ")
    assert all(0 <= int(minute) < 60 for minute in minutes.split(","))
    done = subprocess.run(
        ["/bin/sh", "-c", command.replace("\\%", "%")],
        env={"HOME": str(machine.home), "PATH": "/usr/bin:/bin"},
        cwd=machine.home,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (machine.home / "100% engage" / "state").is_dir()


# -- launchd


def test_an_agent_is_written_loaded_and_taken_away(machine: Machine) -> None:
    machine.platform = "darwin"
    machine.has("launchctl", LAUNCHD)
    assert machine.install() == ()
    (path,) = (machine.home / "Library" / "LaunchAgents").iterdir()
    document = plistlib.loads(path.read_bytes())
    assert document["ProgramArguments"][-2:] == ["refresh", "--quiet"]
    assert document["EnvironmentVariables"]["ENGAGE_HOME"] == machine.environ["ENGAGE_HOME"]
    assert machine.diary[-1] == f"launchctl bootstrap gui/{os.getuid()} {path}"
    assert machine.status()[-1] == "It runs."
    (machine.folder / "running").unlink()
    assert "has not taken it" in machine.status()[-1]
    path.write_text(path.read_text().replace(str(Path(sys.executable).parent), "/gone"))
    assert "is no longer there" in machine.status()[1]
    assert regular.remove(machine.here) == ("a launchd agent",)
    assert machine.status() == regular.remove(machine.here) == ()


@pytest.mark.parametrize("what", ["", "<plist", "<plist><dict/></plist>"])
def test_a_damaged_agent_is_said_to_be_another(machine: Machine, what: str) -> None:
    machine.platform = "darwin"
    machine.has("launchctl", LAUNCHD)
    machine.install()
    (path,) = (machine.home / "Library" / "LaunchAgents").iterdir()
    path.write_text(f"<!-- {MARK} -->\n{what}")
    assert "not what would be written now" in machine.status()[1]


# -- nothing


def test_where_nothing_runs_things_the_line_is_shown_and_the_rest_said(machine: Machine) -> None:
    planned = machine.plan()
    assert "refresh --quiet" in planned.pieces[0].text
    with pytest.raises(EngageError, match="no systemd, launchd or crontab"):
        regular.install(planned)
    assert machine.status() == regular.remove(machine.here) == ()


@pytest.mark.parametrize("make", [Path.touch, Path.mkdir], ids=["a file", "a folder"])
def test_a_place_that_cannot_be_written_is_named(
    machine: Machine, make: Callable[[Path], None]
) -> None:
    machine.has("systemctl", SYSTEMD)
    blocked = machine.home / ".config"
    if make is Path.mkdir:
        blocked = machine.units / "engage.service"
        blocked.mkdir(parents=True)
    else:
        blocked.touch()
    with pytest.raises(EngageError, match=r"engage\.service cannot be"):
        machine.install()

"""`engage schedule`: what is shown, asked and said."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from .conftest import Run

TIMER = """#!/bin/sh
exit 0
"""


@pytest.fixture
def units(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the timer would be, on a machine with systemd."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "systemctl").write_text(TIMER)
    (tmp_path / "bin" / "systemctl").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(sys, "platform", "linux")
    return tmp_path / "config" / "systemd" / "user"


def test_a_timer_comes_and_goes(engage: Run, units: Path, home: Path) -> None:
    assert engage("schedule", "status").out == (
        "Nothing is installed; `engage schedule install` does it.\n"
    )
    shown = engage("schedule", "install", "--dry-run")
    assert (shown.status, shown.err) == (0, "Nothing is written.\n")
    assert not units.exists()
    for word in (f"{units}/engage.timer:", "OnCalendar=", '"refresh" "--quiet"', str(home)):
        assert word in shown.out
    done = engage("schedule", "install")
    assert (done.status, done.out) == (0, shown.out)
    assert "Installed: a systemd user timer." in done.err
    assert "It runs." in engage("schedule", "status").out
    assert engage("schedule", "remove").out == "Removed: a systemd user timer.\n"
    again = engage("schedule", "remove")
    assert (again.status, again.out, again.err) == (0, "", "Nothing was installed.\n")
    assert not home.exists(), "no data of the writer's is touched"


@pytest.mark.parametrize(("answer", "written"), [("y\n", True), ("\n", False), ("", False)])
def test_on_a_terminal_it_asks_first(
    engage: Run, units: Path, monkeypatch: pytest.MonkeyPatch, answer: str, written: bool
) -> None:
    monkeypatch.setattr("engage.cli.output.is_terminal", lambda _: True)
    monkeypatch.setattr(sys.stdin, "readline", lambda: answer, raising=False)
    ran = engage("schedule", "install")
    assert (ran.status, "Write this? [y/N]" in ran.err, units.exists()) == (0, True, written)
    assert "Write this?" not in engage("schedule", "install", "--yes").err
    assert units.exists()


def test_where_nothing_runs_things_the_line_is_printed(
    engage: Run, units: Path, tmp_path: Path
) -> None:
    (tmp_path / "bin" / "systemctl").unlink()
    ran = engage("schedule", "install")
    assert (ran.status, "* * * *" in ran.out) == (1, True)
    assert "no systemd, launchd or crontab" in ran.err
    assert engage("schedule", "status").status == 0
    assert not units.exists()

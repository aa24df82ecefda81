"""Commands of a writer, each in a process of its own, on a day that can be chosen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from engage.cli.main import main

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

Engage = Callable[..., subprocess.CompletedProcess[str]]


def commands(home: Path, **always: str) -> Engage:
    """What runs a command in that home; ``always``: more of the environment."""

    def run(*words: str, now: datetime = NOW, ok: bool = True, **environ: str) -> Any:
        given = {"ENGAGE_HOME": str(home), "ENGAGE_NOW": now.isoformat(), **always, **environ}
        done = subprocess.run(
            [sys.executable, "-m", "engage", *words],
            env={**os.environ, **given},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (done.returncode == 0) or not ok, done.stderr
        assert "Traceback" not in done.stderr
        return done

    return run


def commands_here(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, **always: str
) -> Engage:
    """What runs a command in that home in this process, where many follow each other: a process
    of its own takes three times as long."""

    def run(*words: str, now: datetime = NOW, ok: bool = True, **environ: str) -> Any:
        given = {"ENGAGE_HOME": str(home), "ENGAGE_NOW": now.isoformat(), **always, **environ}
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        capsys.readouterr()
        status = main(words)
        said = capsys.readouterr()
        assert status == 0 or not ok, said.err
        return subprocess.CompletedProcess(words, status, said.out, said.err)

    return run


def listed(engage: Engage, *words: str, now: datetime = NOW) -> Any:
    """What a command lists, in its JSON form."""
    return json.loads(engage(*words, "--json", now=now).stdout)

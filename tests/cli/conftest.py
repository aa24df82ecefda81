"""The command line as a writer calls it: in this process, or in one of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from engage.cli.main import main

NOW = "2026-11-22T10:00:00+01:00"


@dataclass(frozen=True)
class Ran:
    """What a command did: its exit status, stdout and stderr."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty home, a clock that stands still, and the time zone of Warsaw."""
    folder = tmp_path / "home"
    monkeypatch.setenv("ENGAGE_HOME", str(folder))
    monkeypatch.setenv("ENGAGE_NOW", NOW)
    monkeypatch.setenv("TZ", "Europe/Warsaw")
    monkeypatch.setenv("NO_COLOR", "1")
    time.tzset()
    yield folder
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def engage(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:  # noqa: ARG001
    """Run a command in this process."""

    def run(*words: str) -> Ran:
        capsys.readouterr()
        status = main(words)
        printed = capsys.readouterr()
        return Ran(status, printed.out, printed.err)

    return run


@pytest.fixture
def engage_process(home: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:  # noqa: ARG001
    """Run a command in a process of its own."""

    def run(
        *words: str, environ: Mapping[str, str] | None = None, **options: Any
    ) -> subprocess.CompletedProcess[bytes]:
        options = {"capture_output": True, "stdin": subprocess.DEVNULL, "timeout": 60} | options
        if "stdout" in options:
            options |= {"capture_output": False, "stderr": subprocess.PIPE}
        return subprocess.run(
            [sys.executable, "-m", "engage", *words],
            env=os.environ | (environ or {}),
            check=False,
            **options,
        )

    return run


@pytest.fixture
def mara(engage: Run) -> str:
    """Mara Quill, and her id; Mara Lund beside her."""
    assert engage("add", "--person", "Mara Quill").status == 0
    assert engage("add", "--person", "Mara Lund").status == 0
    return next(each["id"] for each in people(engage) if each["name"] == "Mara Quill")


def people(engage: Run, *query: str) -> list[dict[str, Any]]:
    found = engage("people", *query, "--json").json["people"]
    assert isinstance(found, list)
    return found


def person(engage: Run, name: str) -> dict[str, Any]:
    found = engage("person", name, "--json").json
    assert isinstance(found, dict)
    return found


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the demo's world, made once; copy it before changing it."""
    folder = tmp_path_factory.mktemp("demo") / "home"
    subprocess.run(
        [sys.executable, "-m", "engage", "demo", "--home", str(folder)],
        env=os.environ | {"ENGAGE_NOW": NOW, "TZ": "Europe/Warsaw"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=True,
    )
    return folder


@pytest.fixture
def full_home(home: Path, demo_home: Path) -> Path:
    """The writer's home, filled with the demo's world."""
    shutil.copytree(demo_home, home)
    return home

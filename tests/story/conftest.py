"""A writer's commands on a home of their own, an editor, and sites on loopback."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.story.commands import Engage, commands_here
from tests.support.feedserver import FeedServer

#: What the editor writes.
WORDS = "Thank you. My grandmother had the same table, and I never asked where it came from."


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        yield running


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def editor(tmp_path: Path) -> str:
    """An editor that writes `WORDS` above what it finds."""
    editor = tmp_path / "an editor.py"
    editor.write_text(
        "import sys, pathlib\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "path.write_text(pathlib.Path(sys.argv[0]).with_name('words').read_text()"
        " + '\\n' + path.read_text())\n"
    )
    (tmp_path / "words").write_text(WORDS)
    return f"{sys.executable} '{editor}'"


@pytest.fixture
def engage(
    home: Path,
    editor: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Engage:
    """Run a command in this process."""
    return commands_here(home, capsys, monkeypatch, VISUAL=editor)

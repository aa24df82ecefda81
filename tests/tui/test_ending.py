"""The app in a terminal of its own: it ends when asked to, and leaves the terminal as it was."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.terminal import Terminal

#: What puts the terminal back: the alternate screen left, the cursor shown.
RESTORED = (b"\x1b[?1049l", b"\x1b[?25h")


@pytest.fixture
def home(demo_home: Path, tmp_path: Path) -> Path:
    home = tmp_path / "home"
    shutil.copytree(demo_home, home)
    return home


@pytest.fixture
def terminal(home: Path) -> Iterator[Terminal]:
    opened = Terminal(home)
    yield opened
    opened.close()


def test_the_screen_comes_up_where_standard_error_is_a_file(home: Path, tmp_path: Path) -> None:
    errors = tmp_path / "errors"
    with errors.open("wb") as file:
        opened = Terminal(home, file.fileno())
    try:
        opened.read_until(b"Owed")
        opened.type(b"q")
        assert opened.wait(3) == 0
    finally:
        opened.close()
    assert errors.read_bytes() == b""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda n: n.name)
def test_a_signal_ends_it_within_three_seconds(terminal: Terminal, number: signal.Signals) -> None:
    terminal.read_until(b"Inbox")
    terminal.process.send_signal(number)
    assert terminal.wait(3) == 128 + number
    for sequence in RESTORED:
        assert sequence in terminal.output


def test_q_ends_it_with_nothing_left_on_the_screen(terminal: Terminal) -> None:
    terminal.read_until(b"Owed")
    terminal.type(b"e")
    terminal.read_until(b"takes it back")
    terminal.type(b"q")
    assert terminal.wait(3) == 0
    for sequence in RESTORED:
        assert sequence in terminal.output
    assert b"Traceback" not in terminal.output

"""``r`` in a real terminal, with a real editor: it fails, empties, is overtaken, and is killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engage.clock import SystemClock
from engage.paths import paths_under
from engage.services.desk import Desk, desk_at
from engage.services.drafts import Draft, drafts_at, open_drafts
from tests.support.terminal import Terminal

# Does what the file "does" beside it says, and waits for a line at the terminal where it is open.
EDITOR = """
import pathlib, sys
what = pathlib.Path(sys.argv[0]).with_name("does").read_text()
path = pathlib.Path(sys.argv[1])
text = path.read_text()
if what == "empty":
    path.write_text(text[text.index("# "):])
    sys.exit(0)
path.write_text(what + text)
if what.startswith("It failed"):
    sys.exit(3)
print("EDITING", path.name, flush=True)
sys.stdin.readline()
"""


class Writer:
    """The demo's writer with an editor that can be told what to do."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.home, self._does = home, folder / "does"
        (folder / "an editor.py").write_text(EDITOR)
        away = dict.fromkeys(("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"), "")
        self.environ = away | {"VISUAL": f"{sys.executable} '{folder / 'an editor.py'}'"}
        self.opened: list[Terminal] = []

    def open(self, *words: str) -> Terminal:
        """The screen, or a command, in a terminal."""
        terminal = Terminal(self.home, words=words, **self.environ)
        self.opened.append(terminal)
        if not words:
            terminal.read_until(b"Owed")
        return terminal

    def does(self, what: str) -> None:
        self._does.write_text(what)

    def desk(self) -> Desk:
        return desk_at(paths_under(self.home), SystemClock())

    def draft(self) -> Draft:
        desk = self.desk()
        [found] = open_drafts(desk)
        desk.close()
        return found


@pytest.fixture
def writer(demo_home: Path, tmp_path: Path) -> Iterator[Writer]:
    home = tmp_path / "home"
    shutil.copytree(demo_home, home)
    writer = Writer(tmp_path, home)
    yield writer
    for terminal in writer.opened:
        terminal.close()


def after(terminal: Terminal, keys: bytes, words: bytes) -> None:
    """Type, and wait for what was not there before."""
    terminal.output = b""
    terminal.type(keys)
    terminal.read_until(words)


def test_an_editor_that_fails_empties_is_overtaken_and_is_used(writer: Writer) -> None:
    terminal = writer.open()
    writer.does("It failed. ")
    after(terminal, b"r", b"ended with status 3")
    assert writer.draft().text == "It failed."
    assert b"Did you post it?" not in terminal.output
    writer.does("empty")
    after(terminal, b"r", b"The text is empty")
    desk = writer.desk()
    assert open_drafts(desk) == ()
    [folder] = desk.paths.drafts.iterdir()
    assert drafts_at(desk).texts(folder.name) == ("It failed.", "")
    desk.close()
    writer.does("Thank you. ")
    after(terminal, b"r", b"EDITING")
    assert b"\x1b[?1049l" in terminal.output, "the screen was given to the editor"
    other = subprocess.run(
        [sys.executable, "-m", "engage", "reply", folder.name],
        env={k: v for k, v in os.environ.items() if k not in ("VISUAL", "EDITOR")}
        | {"ENGAGE_HOME": str(writer.home)},
        input=b"From another window.",
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert other.returncode == 0, other.stderr
    after(terminal, b"\r", b"both versions are kept")
    terminal.read_until(b"Did you post it?")
    assert b"\x1b[?1049h" in terminal.output, "and taken back"
    assert b"\x1b]52;c;" in terminal.output, "copied"
    desk = writer.desk()
    assert drafts_at(desk).texts(folder.name)[-2:] == ("From another window.", "Thank you.")
    desk.close()
    after(terminal, b"y", b"answered")
    terminal.type(b"q")
    assert terminal.wait(10) == 0
    desk = writer.desk()
    out = max(desk.world().touches, key=lambda touch: touch.recorded)
    assert (out.direction, out.text) == ("out", "Thank you.")
    assert open_drafts(desk) == () and not list(writer.home.rglob("editing-*"))
    desk.close()


def test_a_draft_survives_the_death_of_engage_while_its_editor_is_open(writer: Writer) -> None:
    terminal = writer.open()
    writer.does("Saved before it died. ")
    after(terminal, b"r", b"EDITING")
    terminal.process.send_signal(signal.SIGKILL)
    terminal.process.wait(10)
    assert writer.draft().text == "Saved before it died.", "listed, though nobody took it in"
    again = writer.open()
    writer.does("And more. ")
    after(again, b"r", b"EDITING")
    after(again, b"\r", b"a crash had left")
    again.read_until(b"Did you post it?")
    again.type(b"q")
    assert again.wait(10) == 0
    draft = writer.draft()
    assert draft.text == "And more. Saved before it died."
    assert draft.versions == 2 and not list(writer.home.rglob("editing-*"))


def test_the_command_asks_as_the_screen_does(writer: Writer) -> None:
    desk = writer.desk()
    task = next(task for task in desk.tasks() if task.kind == "reply")
    desk.close()
    writer.does("Thank you. ")
    terminal = writer.open("reply", task.id)
    terminal.read_until(b"EDITING")
    after(terminal, b"\r", b"Did you post it? [yes / not yet / No]")
    assert b"\x1b]52;c;" in terminal.output and b"Your reply is copied." in terminal.output
    assert b"No browser here; it goes to https://ines.example/" in terminal.output
    after(terminal, b"not yet\r", b"waits under Reply later")
    assert terminal.wait(10) == 0
    desk = writer.desk()
    states = {each.id: each.state for each in desk.tasks()}
    assert (states[task.id], writer.draft().text) == ("later", "Thank you.")
    desk.close()


def test_no_editor_at_all_is_the_small_one(writer: Writer) -> None:
    writer.environ |= {"VISUAL": "", "EDITOR": ""}
    terminal = writer.open()
    after(terminal, b"r", b"0 words")
    terminal.type(b"So it is.")
    terminal.read_until(b"3 words")
    end = time.monotonic() + 10
    while not any("So it is." in path.read_text() for path in writer.home.rglob("editing-*")):
        assert time.monotonic() < end, "what is written is saved as the writer pauses"
        time.sleep(0.05)
    terminal.process.send_signal(signal.SIGKILL)
    terminal.process.wait(10)
    assert writer.draft().text == "So it is."

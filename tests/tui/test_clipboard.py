"""Copying: by the terminal, wrapped for what stands between, and by the system's program."""

from __future__ import annotations

import base64
import os
import re
import sys
from pathlib import Path
from typing import Any, cast

import pytest

from engage.replies.clipboard import OSC_LIMIT, SCREEN_PIECE, system_program, wrapped
from engage.tui.clipboard import copy

TEXT = "Thank you, ça alors. "


class Screen:
    """What is written to the terminal, as the app's driver does it."""

    def __init__(self) -> None:
        self.written = ""
        self._driver = self

    def write(self, data: str) -> None:
        self.written += data


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal with nothing around it, and no program for the clipboard."""
    for name in ("TMUX", "SSH_CONNECTION", "SSH_TTY", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("PATH", "")


async def copied(text: str) -> tuple[str, str]:
    screen = Screen()
    return await copy(cast(Any, screen), text), screen.written


def held(sequence: str) -> str:
    """The text that an OSC 52 holds."""
    match = re.fullmatch(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", sequence)
    assert match is not None
    return base64.b64decode(match[1]).decode()


@pytest.mark.usefixtures("alone")
async def test_one_sequence_where_nothing_is_between() -> None:
    caution, written = await copied(TEXT)
    assert (caution, held(written)) == ("", TEXT)


@pytest.mark.usefixtures("alone")
async def test_tmux_gets_it_plain_and_wrapped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMUX", "/tmp/tmux,1,0")
    _, written = await copied(TEXT)
    plain, _, passed = written.partition("\x1bPtmux;")
    assert held(plain) == TEXT
    assert passed.endswith("\x1b\\")
    assert held(passed.removesuffix("\x1b\\").replace("\x1b\x1b", "\x1b")) == TEXT


@pytest.mark.usefixtures("alone")
async def test_screen_gets_pieces_that_it_hands_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "screen.xterm-256color")
    long = TEXT * 200
    _, written = await copied(long)
    pieces = re.findall(r"\x1bP(.*?)\x1b\\", written, re.DOTALL)
    assert len(pieces) > 2 and max(map(len, pieces)) <= SCREEN_PIECE
    assert held("".join(pieces)) == long


@pytest.mark.usefixtures("alone")
async def test_too_long_a_text_is_told_and_not_cut() -> None:
    fits = "a" * (OSC_LIMIT // 4 * 3)
    assert (await copied(fits))[0] == ""
    caution, written = await copied(fits + "bcd")
    assert (
        caution
        == f"The text is too long for the terminal's clipboard ({len(fits) + 3:,} characters)."
    )
    assert written == ""


@pytest.mark.usefixtures("alone")
async def test_the_systems_program_takes_any_length(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, got = tmp_path / "pbcopy", tmp_path / "got"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nopen({str(got)!r}, 'wb').write(sys.stdin.buffer.read())\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    long = TEXT * 10_000
    caution, written = await copied(long)
    assert (caution, written, got.read_text()) == ("", "", long)


@pytest.mark.parametrize(
    ("environ", "there", "program"),
    [
        ({"WAYLAND_DISPLAY": "w"}, ("wl-copy", "xclip"), "wl-copy"),
        ({"DISPLAY": ":0"}, ("wl-copy", "xclip"), "xclip"),
        ({"DISPLAY": ":0"}, ("xsel",), "xsel"),
        ({}, ("wl-copy", "xclip", "xsel"), None),
        ({}, ("pbcopy",), "pbcopy"),
        ({"SSH_TTY": "/dev/pts/1"}, ("pbcopy",), None),
        ({"SSH_CONNECTION": "x", "DISPLAY": ":0"}, ("xclip",), None),
    ],
)
def test_which_program(
    environ: dict[str, str],
    there: tuple[str, ...],
    program: str | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in there:
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", os.fspath(tmp_path))
    found = system_program(environ)
    assert (found[0] if found else None) == program


def test_sequences_are_wrapped_for_tmux_and_screen() -> None:
    assert wrapped("\x1b]52;c;QQ==\x07", {}) == ""
    assert wrapped("\x1b]52;c;QQ==\x07", {"TMUX": "x"}) == "\x1bPtmux;\x1b\x1b]52;c;QQ==\x07\x1b\\"
    assert wrapped("\x1b]52;c;QQ==\x07", {"TERM": "screen"}) == "\x1bP\x1b]52;c;QQ==\x07\x1b\\"

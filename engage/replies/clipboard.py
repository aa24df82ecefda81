"""Copying: by the terminal (OSC 52), which also works over ssh, and by the system's own program.

Neither says whether it worked in every terminal, so that both are tried.
"""

from __future__ import annotations

import asyncio
import base64
import os
import shutil
from collections.abc import Mapping

#: What xterm and its kin take in one OSC 52, in characters of base64; others take less or more.
OSC_LIMIT = 74_994
#: What screen hands on in one piece; tmux has no such limit.
SCREEN_PIECE = 700
PATIENCE = 1.0

_PROGRAMS = (
    ("pbcopy", ("pbcopy",)),
    ("wl-copy", ("wl-copy",)),
    ("xclip", ("xclip", "-selection", "clipboard")),
    ("xsel", ("xsel", "--clipboard", "--input")),
    ("clip.exe", ("clip.exe",)),
)


def by_terminal(text: str, environ: Mapping[str, str] = os.environ) -> str:
    """The sequences with which a terminal copies a text, for itself and for the one around tmux or
    screen; "" where it is too long for a terminal."""
    encoded = base64.b64encode(text.encode()).decode()
    if len(encoded) > OSC_LIMIT:
        return ""
    sequence = f"\x1b]52;c;{encoded}\x07"
    return sequence + wrapped(sequence, environ)


def too_long(text: str) -> str:
    """What to say where nothing could copy a text."""
    return f"The text is too long for the terminal's clipboard ({len(text):,} characters)."


def wrapped(sequence: str, environ: Mapping[str, str] = os.environ) -> str:
    """An escape sequence as tmux or screen hand it on to the terminal around them."""
    if environ.get("TMUX"):
        doubled = sequence.replace("\x1b", "\x1b\x1b")
        return f"\x1bPtmux;{doubled}\x1b\\"
    if environ.get("TERM", "").startswith("screen"):
        starts = range(0, len(sequence), SCREEN_PIECE)
        return "".join(f"\x1bP{sequence[at : at + SCREEN_PIECE]}\x1b\\" for at in starts)
    return ""


def system_program(environ: Mapping[str, str] = os.environ) -> tuple[str, ...] | None:
    """The program that reaches the clipboard of the screen the writer sits at, if there is one."""
    if environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"):
        return None
    for name, command in _PROGRAMS:
        needs = {"wl-copy": "WAYLAND_DISPLAY", "xclip": "DISPLAY", "xsel": "DISPLAY"}.get(name)
        if (needs is None or environ.get(needs)) and shutil.which(name):
            return command
    return None


async def by_program(text: str) -> bool:
    """Copy a text by the system's program; whether that is there and took it."""
    command = system_program()
    if command is None:
        return False
    try:
        child = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
        async with asyncio.timeout(PATIENCE):
            await child.communicate(text.encode())
    except (OSError, TimeoutError):
        return False
    return child.returncode == 0

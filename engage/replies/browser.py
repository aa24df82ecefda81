"""The writer's browser."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping
from urllib.parse import urlsplit

#: Seconds a browser may take to start before it counts as open.
PATIENCE = 5.0

# In a process of its own: a browser that writes to its terminal, or waits, disturbs nothing.
_OPEN = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"


def may_open(url: str) -> bool:
    """Only pages of the web are ever opened: never a file, a script or another program."""
    return urlsplit(url).scheme in ("http", "https")


def has_browser(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether a browser would open where the writer sits: not over ssh, not without a display,
    where only a text browser would answer, over this very screen."""
    if environ.get("BROWSER"):
        return True
    if environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"):
        return False
    if platform in ("darwin", "win32"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


async def open_page(url: str) -> bool:
    """Open a page of the web; whether a browser took it."""
    if not may_open(url) or not has_browser():
        return False
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        _OPEN,
        url,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return await asyncio.wait_for(child.wait(), PATIENCE) == 0
    except TimeoutError:
        return True


async def opened(url: str, rule: str = "") -> str:
    """Open a page in the browser; a sentence on where it is, also where no browser answers.
    ``rule``: how it was found."""
    why = f" ({rule})" if rule else ""
    if not may_open(url):
        return f"{url} is no page of the web."
    if await open_page(url):
        return f"Opened {url}{why}"
    return f"No browser here; it goes to {url}{why}"

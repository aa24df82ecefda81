"""The browser, and the terminal itself: what lies outside of the screen."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from engage.tui.app import EngageApp

#: Seconds a browser may take to start before it counts as open.
PATIENCE = 5.0

_STDOUT = 1

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


async def visit(app: EngageApp, url: str, rule: str = "") -> None:
    """Open a page in the browser; where no browser answers, show its address and copy it."""
    why = f" ({rule})" if rule else ""
    if not may_open(url):
        app.say(f"{url} is no page of the web.", warning=True)
    elif await open_page(url):
        app.say(f"Opened {url}{why}")
    else:
        from engage.tui.clipboard import copy

        caution = await copy(app, url)
        app.say(caution or f"No browser here; copied: {url}{why}", warning=bool(caution))


@contextmanager
def on_terminal() -> Iterator[None]:
    """Textual draws on standard error. Where that is no terminal (``engage 2>errors``), let it draw
    where standard output goes for as long as the screen is open."""
    kept = sys.__stderr__
    if kept is not None and kept.isatty():
        yield
        return
    with open(os.dup(_STDOUT), "w", encoding="utf-8") as terminal:  # noqa: PTH123
        sys.__stderr__ = terminal  # type: ignore[misc]
        try:
            yield
        finally:
            sys.__stderr__ = kept  # type: ignore[misc]

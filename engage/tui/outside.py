"""The browser, and the terminal itself: what lies outside of the screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engage.tui.app import EngageApp

_STDOUT = 1


async def visit(app: EngageApp, url: str, rule: str = "") -> None:
    """Open a page in the browser; where no browser answers, show its address and copy it."""
    from engage.services.outside import may_open, open_page  # here: not before first paint

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

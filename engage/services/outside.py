"""The browser and the clipboard: what lies outside of engage, for commands and screens."""

from __future__ import annotations

from engage.replies.browser import may_open, open_page, opened
from engage.replies.clipboard import by_program, by_terminal, too_long

__all__ = ["by_program", "by_terminal", "may_open", "open_page", "opened", "too_long"]

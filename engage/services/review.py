"""The writer's week, and the weekly notes."""

from __future__ import annotations

from pathlib import Path

from engage.domain.changes import Change
from engage.domain.records import Week
from engage.services.desk import Desk


def week(desk: Desk, week: str | None = None) -> Week:
    """The figures of a week, by default the current one."""
    raise NotImplementedError


def say(desk: Desk, week: str | None, text: str) -> Change | None:
    """Keep a line in the writer's own words with a week."""
    raise NotImplementedError


def notes(desk: Desk, week: str | None = None, *, format: str = "markdown") -> str:
    """The weekly notes as text."""
    raise NotImplementedError


def write_notes(
    desk: Desk, out: Path, week: str | None = None, *, format: str = "markdown"
) -> Path:
    """Write the weekly notes into a file or a folder; in a file that exists only what is between
    engage's markers and its own keys of the front matter. The path written."""
    raise NotImplementedError

"""The writer's week, and the weekly notes."""

from __future__ import annotations

import os
from pathlib import Path

from engage.domain.changes import Change, put
from engage.domain.days import local_day, week_days, week_of
from engage.domain.records import Week, WeekLine
from engage.domain.week import week_figures
from engage.errors import EngageError
from engage.exchange.notes import merge_into, render_markdown, story
from engage.services.desk import Desk
from engage.text import clip, one_line

LINE_LIMIT = 2000


def week(desk: Desk, week: str | None = None) -> Week:
    """The figures of a week, by default the current one."""
    return week_figures(desk.world(), desk.rules, week or _this_week(desk), desk.now())


def say(desk: Desk, week: str | None, text: str) -> Change | None:
    """Keep a line in the writer's own words with a week."""
    name = week or _this_week(desk)
    before = desk.world().week_lines.get(name)
    after = WeekLine(name, desk.now(), clip(one_line(text), LINE_LIMIT))
    if before is not None and before.text == after.text:
        return None
    return desk.commit(f"week {name}: in your own words", [put(after, before)])


def notes(desk: Desk, week: str | None = None, *, format: str = "markdown") -> str:
    """The weekly notes as text."""
    if format != "markdown":
        raise EngageError(f"The weekly notes are not written as {format!r} yet; use markdown.")
    told = story(desk.world(), desk.standings(), desk.rules, week or _this_week(desk), desk.now())
    return render_markdown(told)


def write_notes(
    desk: Desk, out: Path, week: str | None = None, *, format: str = "markdown"
) -> Path:
    """Write the weekly notes into a file or a folder; in a file that exists only what is between
    engage's markers and its own keys of the front matter. The path written.

    A ``out`` that is a folder, or ends in a slash, gets a file named after the week.
    """
    name = week or _this_week(desk)
    week_days(name)
    text = notes(desk, name, format=format)
    path = out / f"{name}.md" if out.is_dir() or str(out).endswith(os.sep) else out
    try:
        if path.exists():
            existing = path.read_bytes().decode("utf-8")
            text = merge_into(existing, text)
            if text == existing:
                return path
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, text.encode("utf-8"))
    except UnicodeDecodeError as cause:
        raise EngageError(
            f"{path} is no UTF-8 text, so it stays as it is; name another file."
        ) from cause
    except OSError as cause:
        raise EngageError(f"{path} could not be written: {cause.strerror or cause}.") from cause
    return path


def _replace(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, keeping its permissions."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with fresh.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            fresh.chmod(path.stat().st_mode & 0o777)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _this_week(desk: Desk) -> str:
    return week_of(local_day(desk.now()))

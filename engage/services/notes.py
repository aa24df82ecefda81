"""The weekly notes, written beside what the writer wrote there."""

from __future__ import annotations

import os
from pathlib import Path

from engage.domain.days import local_day, week_days
from engage.domain.records import Feed, Touch
from engage.domain.week_names import week_name
from engage.errors import EngageError
from engage.exchange.notes import FORMATS, NotesFormat, story
from engage.exchange.notes_outline import linked_names
from engage.exchange.page_names import page_name
from engage.exchange.person_page import RENDERERS, render_person, somebody
from engage.services.desk import Desk
from engage.services.review import this_week


def notes(desk: Desk, week: str | None = None, *, format: str = "markdown") -> str:
    """The weekly notes as text."""
    told = story(desk.world(), desk.standings(), desk.rules, week or this_week(desk), desk.now())
    return _format(format).render(told)


def write_notes(
    desk: Desk,
    out: Path,
    week: str | None = None,
    *,
    format: str = "markdown",
    folder: bool = False,
) -> Path:
    """Write the weekly notes into a file or a folder; in a file that exists only what is between
    engage's markers and its own keys of the front matter. The path written.

    A folder gets a file named after the week, as the settings say; of a folder of Logseq's its
    pages. ``folder``: it is one though it is not there yet.
    """
    name = week or this_week(desk)
    week_days(name)
    kind = _format(format)
    folder = folder or out.is_dir()
    called = week_name(desk.settings.notes_name, name)
    path = _in_folder(out, format) / f"{called}{kind.ending}" if folder else out
    _renew(path, notes(desk, name, format=format), kind)
    return path


def write_people(
    desk: Desk,
    folder: Path,
    week: str | None = None,
    *,
    close: bool = False,
    format: str = "markdown",
) -> list[Path]:
    """Write a page for each person whom the week's notes link to or with whom something happened
    in it; with ``close`` also for everybody in a circle and every Friend. In a page that exists
    only what is between engage's markers is rewritten. The paths written.

    The pages lie in ``people``, but of a folder of Logseq's pages in that itself.
    """
    world, standings = desk.world(), desk.standings()
    name = week or this_week(desk)
    begin, end = week_days(name)
    linked = linked_names(story(world, standings, desk.rules, name, desk.now()))
    touches: dict[str, list[Touch]] = {}
    for touch in world.touches:
        touches.setdefault(touch.person, []).append(touch)
    feeds: dict[str | None, list[Feed]] = {}
    for feed in world.feeds.values():
        feeds.setdefault(feed.person, []).append(feed)
    kind = format if format in RENDERERS else "markdown"
    pages = folder if kind == "logseq" and folder.name == "pages" else folder / "people"
    taken: set[str] = set()
    paths: list[Path] = []
    for id, person in sorted(world.people.items(), key=lambda item: (item[1].added, item[0])):
        theirs = touches.get(id, [])
        near = close and (person.friend or standings[id].circle is not None)
        if not (near or person.name in linked) and not any(
            begin <= local_day(touch.at) <= end for touch in theirs
        ):
            continue
        called = page_name(person.name)
        called = f"{called} {id}" if called.casefold() in taken else called
        taken.add(called.casefold())
        told = somebody(person, standings[id], feeds.get(id, ()), theirs)
        paths.append(pages / f"{called}{FORMATS[kind].ending}")
        _page(paths[-1], render_person(told, kind), FORMATS[kind])
    return paths


def _page(path: Path, text: str, kind: NotesFormat) -> None:
    """A person's page. A new one is simply written: it can be made again at any time."""
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        _renew(path, text, kind)
    except FileExistsError:
        _renew(path, text, kind)
    except OSError as cause:
        raise EngageError(f"{path} could not be written: {cause.strerror or cause}.") from cause


def _format(name: str) -> NotesFormat:
    if name not in FORMATS:
        raise EngageError(f"The notes are not written as {name!r}; use {', '.join(FORMATS)}.")
    return FORMATS[name]


def _in_folder(out: Path, format: str) -> Path:
    return out / "pages" if format == "logseq" and (out / "pages").is_dir() else out


def _renew(path: Path, text: str, kind: NotesFormat) -> None:
    """Write a file of notes, or renew engage's part in the one there is."""
    try:
        if path.exists():
            existing = path.read_bytes().decode("utf-8")
            text = kind.renewed(existing, text)
            if text == existing:
                return
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, text.encode("utf-8"))
    except UnicodeDecodeError as cause:
        raise EngageError(
            f"{path} is no UTF-8 text, so it stays as it is; name another file."
        ) from cause
    except OSError as cause:
        raise EngageError(f"{path} could not be written: {cause.strerror or cause}.") from cause


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

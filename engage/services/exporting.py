"""Everything that the writer has, in forms that others read."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from engage.errors import EngageError
from engage.exchange.calendar import due_dates
from engage.exchange.everything import write_everything
from engage.exchange.notes import FORMATS as NOTES
from engage.exchange.opml import write_opml
from engage.exchange.table_out import people_csv, touches_csv
from engage.services.desk import Desk
from engage.services.hooks import AFTER_EXPORT, run_hook
from engage.services.notes import write_notes, write_people
from engage.services.outcomes import Exported


def _opml(desk: Desk) -> str:
    world = desk.world()
    return write_opml(world.feeds.values(), world.people, {}, desk.now())


def _people(desk: Desk) -> str:
    return people_csv(desk.world(), desk.standings())


def _touches(desk: Desk) -> str:
    return touches_csv(desk.world())


def _json(desk: Desk) -> str:
    return write_everything(desk.world(), desk.now(), desk.store.marks())


def _ics(desk: Desk) -> str:
    initials = desk.settings.calendar_initials
    return due_dates(desk.world(), desk.standings(), desk.now(), initials=initials)


#: What each format is written by: the files that a folder gets, the first of which is the text.
FORMATS: Mapping[str, tuple[tuple[str, Callable[[Desk], str]], ...]] = {
    "opml": (("engage.opml", _opml),),
    "csv": (("people.csv", _people), ("touches.csv", _touches)),
    "json": (("engage.json", _json),),
    "ics": (("engage.ics", _ics),),
}


def export(desk: Desk, format: str) -> str:
    """Everything in one format, as text; ``csv`` is the people."""
    if format not in FORMATS:
        raise EngageError(f"engage cannot export {format!r}; it writes {', '.join(FORMATS)}.")
    return FORMATS[format][0][1](desk)


def write_export(desk: Desk, format: str, out: Path) -> Exported:
    """Write an export into a file or a folder (one that exists, or a path that ends in a slash);
    ``all`` makes the folder. Then the writer's hook runs."""
    folder = format == "all" or out.is_dir() or str(out).endswith(os.sep)
    if format == "all":
        files = [file for each in FORMATS.values() for file in each]
    elif folder:
        files = list(FORMATS[format])
    else:
        files = [(out.name, FORMATS[format][0][1])]
    place = out if folder else out.parent
    paths: list[Path] = []
    try:
        if folder:
            place.mkdir(parents=True, exist_ok=True)
        for name, text in files:
            _replace(place / name, text(desk).encode("utf-8"))
            paths.append(place / name)
        if format == "all":
            notes = place / "notes"
            notes.mkdir(exist_ok=True)
            paths.append(write_notes(desk, notes))
            paths += write_people(desk, notes, close=True)
            others = (each for each in NOTES if each != "markdown")
            paths += (write_notes(desk, notes / each, format=each, folder=True) for each in others)
    except OSError as cause:
        raise EngageError(f"{out} could not be written: {cause.strerror or cause}.") from cause
    said = run_hook(desk, AFTER_EXPORT, {"export": format, "export_path": str(out.absolute())})
    return Exported(tuple(paths), (said,) if said else ())


def _replace(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        fresh.write_bytes(data)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)

"""Mending a damaged ledger: from the generation before and its journals, or without lost lines."""

from __future__ import annotations

import contextlib
import os
from datetime import UTC, datetime
from pathlib import Path

from engage.errors import EngageError
from engage.store import migrations
from engage.store.files import cannot_write, sync_folder
from engage.store.journal import Journal
from engage.store.ledger_file import Irregular, LedgerStorage, journal_numbers
from engage.store.packed import Tables, apply
from engage.store.snapshot import DamagedError, ForeignError, read_snapshot


def rebuild(storage: LedgerStorage, damage: DamagedError, now: datetime) -> str:
    """Set a damaged ledger aside and put what it held in its place.

    To be called under the lock. Gives the sentence that says so. Raises EngageError where there is
    no generation before, with everything left as it lay, and where the disk refuses.
    """
    tables, since = rebuilt(storage, damage)
    aside = set_aside(storage.path, now)
    storage.put_in_place(tables, damaged=True)
    where = f"the damaged file lies at {aside}" if aside else "nothing of it was left"
    return f"{storage.path} {damage}; it was rebuilt from {since}, and {where}."


def rebuilt(storage: LedgerStorage, damage: DamagedError) -> tuple[Tables, str]:
    """What a damaged ledger held, and out of what that was found, in words.

    Raises EngageError where the generation before is no use either.
    """
    try:
        found = read_snapshot(storage.previous)
    except (DamagedError, ForeignError):
        found = None
    if found is None or found.schema > migrations.schema():
        raise EngageError(
            f"{storage.path} {damage}, and there is no earlier one beside it to rebuild it from; "
            f"bring a backup back with engage restore PATH{_newest_backup(storage.folder)}."
        ) from damage
    count = lost = 0
    for number in journal_numbers(storage.folder):
        if number >= found.number:
            tail = Journal(storage.folder, number).tail(settled=True)
            for changes in tail.changes:
                apply(changes, found.tables)
            count += len(tail.changes)
            lost += tail.lost
    named = "change" if count == 1 else "changes"
    since = "the ledger before it" + (f" and the {count} {named} since" if count else "")
    if lost:
        since += f" ({lost} more cannot be read)"
    return migrations.migrated(found.tables, found.schema), since


def make_regular(storage: LedgerStorage, irregular: Irregular, now: datetime) -> str | None:
    """Write a new generation in place of one whose journal is damaged, cut short or replaced.

    To be called under the lock. Gives the sentence to say, if there is anything to say. Raises
    EngageError where the disk refuses.
    """
    sentence = None
    if irregular.lost:
        aside = set_aside(irregular.path, now)
        where = f"; the damaged file lies at {aside}" if aside else ""
        sentence = f"{lost_lines(irregular)}{where}."
    elif irregular.cut:
        sentence = (
            f"The last change in {irregular.path} was cut short before it was saved; it is left "
            "out, and all before it is there."
        )
    storage.fold()
    return sentence


def lost_lines(irregular: Irregular) -> str:
    """What a damaged journal has lost, without the full stop."""
    are = "change in it is" if irregular.lost == 1 else "changes in it are"
    return f"{irregular.path} was damaged: {irregular.lost} {are} left out"


def foreign(path: Path) -> EngageError:
    """The refusal of a file that is not engage's."""
    return EngageError(
        f"{path} is not a ledger of engage and was left as it is; move it somewhere else, or bring "
        "a backup back with engage restore PATH."
    )


def set_aside(path: Path, now: datetime) -> Path | None:
    """Keep a damaged file under another name, which is given; None where there is no file.

    It may stay in its place as well. Raises EngageError.
    """
    if not path.exists():
        return None
    return _kept(path, f"ledger.damaged-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}", path.suffix)


def set_all_aside(storage: LedgerStorage, now: datetime) -> tuple[Path, ...]:
    """Keep a ledger, the one before it and their journals under other names, which are given."""
    journals = [Journal(storage.folder, each).path for each in journal_numbers(storage.folder)]
    kept = [set_aside(path, now) for path in (storage.path, storage.previous, *journals)]
    return tuple(path for path in kept if path)


def _newest_backup(folder: Path) -> str:
    listed = sorted(folder.glob("backups/*.json.gz"), key=lambda path: path.stat().st_mtime)
    return f" (the newest is {listed[-1]})" if listed else ""


def _kept(path: Path, stem: str, suffix: str) -> Path:
    aside, count = path.with_name(f"{stem}{suffix}"), 1
    while aside.exists():
        count += 1
        aside = path.with_name(f"{stem}-{count}{suffix}")
    try:
        with contextlib.suppress(OSError):  # a file system without hard links: renamed below
            os.link(path, aside)
        if not aside.exists():
            path.rename(aside)
        sync_folder(path.parent)
    except OSError as cause:
        raise cannot_write(aside, cause) from cause
    return aside

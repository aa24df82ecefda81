"""What the writer asks for: a backup elsewhere, the ledger as a backup has it, a check of all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from engage.domain.changes import TABLES, Put, change, record_of
from engage.domain.codec import Doc, to_doc
from engage.errors import EngageError
from engage.store.api import Finding, Restored
from engage.store.backups import Backups, read_backup, write_backup
from engage.store.ledger import Ledger
from engage.store.ledger_tables import KEYS
from engage.store.packed import Tables
from engage.store.places import PREVIOUS
from engage.store.snapshot import encode, is_whole

#: Less room than this on the disk is said, in bytes.
_LITTLE_ROOM = 50_000_000


def back_up(ledger: Ledger, path: Path | None, now: datetime) -> Path:
    """Keep the ledger as it is now in a file, which is given: by default beside the daily ones.

    A folder gets a file. Raises EngageError where there is nothing to keep, or something else lies
    in the file's place.
    """
    with ledger.following() as storage:
        if storage is None or not any(storage.tables.values()):
            raise EngageError("There is nothing to back up yet.")
        if path is None:
            return Backups(storage.folder).keep("by-hand", now, storage.tables)
        content = encode(storage.tables, 1)
    if path.is_dir():
        path = path / f"engage-{now.astimezone():%Y-%m-%d}.json.gz"
    if path.exists():
        try:
            read_backup(path)
        except EngageError as cause:
            raise EngageError(
                f"{path} holds something else and was left as it is; name another file."
            ) from cause
    write_backup(path, content)
    return path


def restore(ledger: Ledger, path: Path, at: datetime) -> Restored:
    """Make the ledger what a backup holds, as one change that can be undone.

    What there was is kept among the backups first. A ledger that cannot be read, or none, is
    replaced as a whole. Raises EngageError where the backup is none, or the disk refuses.
    """
    wanted = read_backup(path)
    try:
        with ledger.following() as storage:
            there = dict(storage.tables) if storage else {}
            puts = list(_differences(there, wanted))
    except EngageError:
        return Restored(path, "replaced", ledger.replace(wanted))
    if storage is None or not any(there.values()):
        return Restored(path, "replaced", ledger.replace(wanted))
    if not puts:
        return Restored(path, "same")
    with ledger.following() as storage:
        assert storage is not None
        kept = Backups(storage.folder).keep("before-restore", at, storage.tables)
    ledger.commit(change(f"restored {path.name}", puts, at))
    return Restored(path, "changed", (kept,))


def check(ledger: Ledger) -> tuple[Finding, ...]:
    """Everything about the ledger and its backups, each opened. Never raises EngageError."""
    try:
        with ledger.following() as storage:
            if storage is None:
                return (Finding("There is no ledger yet.", ok=True),)
            tables, folder = storage.tables, storage.folder
            counts = (f"{name} {len(tables.get(name, {}))}" for name in ("people", "touches"))
            found = [Finding(f"The ledger {storage.path} is whole: {', '.join(counts)}.", ok=True)]
    except EngageError as wrong:
        return (Finding(str(wrong), ok=False, remedy="Bring a backup back: engage restore PATH."),)
    return (*found, *_files(folder), *_room(folder))


def _files(folder: Path) -> Iterator[Finding]:
    previous = folder / PREVIOUS
    if not is_whole(previous):
        yield Finding(
            f"{previous} is missing or damaged.",
            ok=False,
            remedy="The next change writes it again.",
        )
    whole = 0
    for backup in Backups(folder).listed():
        try:
            read_backup(backup)
            whole += 1
        except EngageError as wrong:
            yield Finding(f"A backup is damaged: {wrong}", ok=False, remedy=f"Remove {backup}.")
    if whole:
        yield Finding(f"Backups that can be opened: {whole}.", ok=True)
    else:
        yield Finding("There is no backup yet; a day's first change makes one.", ok=True)
    for aside in sorted(folder.glob("ledger.damaged-*")):
        yield Finding(
            f"{aside} was set aside when it was found damaged.",
            ok=False,
            remedy="Remove it once you miss nothing.",
        )


def _room(folder: Path) -> Iterator[Finding]:
    if not os.access(folder, os.W_OK):
        yield Finding(f"{folder} cannot be written.", ok=False, remedy="Make it writable.")
    free = shutil.disk_usage(folder).free
    if free < _LITTLE_ROOM:
        yield Finding(
            f"The disk with {folder} has {free // 1_000_000} MB left.",
            ok=False,
            remedy="Make some room.",
        )


def _differences(there: Tables, wanted: Tables) -> Iterator[Put]:
    for table in TABLES:
        key = KEYS[table]
        before = {str(document.get(key)): document for document in there.get(table, {}).values()}
        after = {str(document.get(key)): document for document in wanted.get(table, {}).values()}
        for id in before.keys() | after.keys():
            old, new = before.get(id), after.get(id)
            if old is not None and new is not None:
                new = _complete(table, new, old)
            if old != new:
                yield Put(table, id, old, new)


def _complete(table: str, document: Doc, than: Doc) -> Doc:
    """A document with all fields: what an older engage left out has its default."""
    if document.keys() >= than.keys():
        return document
    try:
        return {**to_doc(record_of(table, document)), **document}
    except (ValueError, TypeError, KeyError):
        return document

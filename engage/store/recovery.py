"""Mending a damaged ledger from the generation before."""

from __future__ import annotations

import contextlib
import os
from datetime import UTC, datetime
from pathlib import Path

from engage.errors import EngageError
from engage.store.files import cannot_write, replace_file, sync_folder
from engage.store.ledger_file import (
    DamagedError,
    ForeignError,
    Generation,
    LedgerStorage,
    read_generation,
)


def rebuild(storage: LedgerStorage, damage: DamagedError, now: datetime) -> str:
    """Set a damaged ledger aside and put the generation before in its place.

    To be called under the lock. Gives the sentence that says so. Raises EngageError where there is
    no generation before, with everything left as it lay, and where the disk refuses.
    """
    previous_generation(storage, damage)
    aside = _set_aside(storage.path, now)
    try:
        replace_file(storage.path, storage.previous.read_bytes(), durable=True)
    except OSError as cause:
        raise cannot_write(storage.path, cause) from cause
    where = f"the damaged file lies at {aside}" if aside else "nothing of it was left"
    return (
        f"{storage.path} {damage}; it was rebuilt from the ledger before the last change, and "
        f"{where}."
    )


def previous_generation(storage: LedgerStorage, damage: DamagedError) -> Generation:
    """The generation before a damaged one. Raises EngageError where that is no use either."""
    try:
        found = read_generation(storage.previous)
    except (DamagedError, ForeignError):
        found = None
    if found is None:
        raise EngageError(
            f"{storage.path} {damage}, and there is no earlier one beside it to rebuild it from; "
            "bring a backup back with engage restore PATH."
        ) from damage
    return found


def foreign(path: Path) -> EngageError:
    """The refusal of a file that is not engage's."""
    return EngageError(
        f"{path} is not a ledger of engage and was left as it is; move it somewhere else, or bring "
        "a backup back with engage restore PATH."
    )


def _set_aside(path: Path, now: datetime) -> Path | None:
    if not path.exists():
        return None
    stem = f"ledger.damaged-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    aside, count = path.with_name(f"{stem}.json"), 1
    while aside.exists():
        count += 1
        aside = path.with_name(f"{stem}-{count}.json")
    try:
        with contextlib.suppress(OSError):  # a file system without hard links: renamed below
            os.link(path, aside)
        if not aside.exists():
            path.rename(aside)
        sync_folder(path.parent)
    except OSError as cause:
        raise cannot_write(aside, cause) from cause
    return aside

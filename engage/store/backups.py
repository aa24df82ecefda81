"""Backups of the ledger: whole snapshots, compressed, each readable by itself.

They lie in ``backups`` beside the ledger. The first write of a day keeps what the day began with;
of these 7 daily, 4 weekly and 12 monthly ones are kept. Others, made by hand or before something
was replaced, are never taken away.
"""

from __future__ import annotations

import contextlib
import gzip
import re
import zlib
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from engage.errors import EngageError
from engage.store import migrations
from engage.store.files import cannot_write, make_folder, read_file, replace_file
from engage.store.journal import Journal
from engage.store.packed import Tables, apply
from engage.store.places import LEDGER
from engage.store.snapshot import DamagedError, ForeignError, Snapshot, decode, encode

DAILY, WEEKLY, MONTHLY = 7, 4, 12

_FOLDER = "backups"
_DAY = re.compile(r"ledger-(\d{4}-\d\d-\d\d)\.json\.gz")
_GZIP = b"\x1f\x8b"

#: Twice as fast as the usual one, for a tenth more bytes.
_LEVEL = 3


class Backups:
    """The backups of one ledger's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / _FOLDER

    def daily(self, today: date, tables: Tables) -> bool:
        """Keep what a day begins with, once, and let go of what is too old; whether it was done.

        Raises EngageError.
        """
        path = self.folder / f"ledger-{today.isoformat()}.json.gz"
        if path.exists():
            return False
        write_backup(path, encode(tables, 1))
        days = {day: path for path in self.listed() if (day := _day_of(path))}
        for day in days.keys() - kept(days):
            with contextlib.suppress(OSError):
                days[day].unlink()
        return True

    def keep(self, why: str, now: datetime, tables: Tables) -> Path:
        """Keep these tables for good. Raises EngageError."""
        path = self._unused(f"ledger-{why}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
        write_backup(path, encode(tables, 1))
        return path

    def keep_older(self, ledger: Path) -> None:
        """Keep a ledger of an older schema as it is, for good. Raises EngageError."""
        tables, schema = _read(ledger)
        write_backup(self._unused(f"ledger-schema-{schema}"), encode(tables, 1, schema))

    def listed(self) -> list[Path]:
        """Every backup, by name."""
        return sorted(self.folder.glob("*.json.gz"))

    def _unused(self, stem: str) -> Path:
        path, count = self.folder / f"{stem}.json.gz", 1
        while path.exists():
            count += 1
            path = self.folder / f"{stem}-{count}.json.gz"
        return path


def kept(days: Iterable[date]) -> set[date]:
    """Which of the days with a backup keep it: the newest, and the first of each newest week and
    month that has one."""
    ordered = sorted(days)
    weeks: dict[tuple[int, int], date] = {}
    months: dict[tuple[int, int], date] = {}
    for day in ordered:
        weeks.setdefault(day.isocalendar()[:2], day)
        months.setdefault((day.year, day.month), day)
    return {
        *ordered[-DAILY:],
        *list(weeks.values())[-WEEKLY:],
        *list(months.values())[-MONTHLY:],
    }


def write_backup(path: Path, content: bytes) -> None:
    """Write a snapshot's bytes as a backup, durably. Raises EngageError."""
    # Without a time in its head: the same ledger gives the same bytes.
    packed = gzip.compress(content, _LEVEL, mtime=0)
    try:
        make_folder(path.parent)
        replace_file(path, packed, durable=True)
    except OSError as cause:
        raise cannot_write(path, cause) from cause


def read_backup(path: Path) -> Tables:
    """The tables of a backup, of a ledger's file, or of a folder (a home, its data) with one.

    A ledger's journal belongs to it. Raises EngageError where there is no whole one.
    """
    return migrations.migrated(*_read(path))


def _read(path: Path) -> tuple[Tables, int]:
    """The tables of such a file in its own schema."""
    file = _ledger_in(path) if path.is_dir() else path
    copy = read_copy(file)
    if file.name == LEDGER:
        for changes in Journal(file.parent, copy.number).tail(settled=True).changes:
            apply(changes, copy.tables)
    return copy.tables, copy.schema


def read_copy(file: Path) -> Snapshot:
    """What a snapshot's file holds, packed or not, in its own schema and without its journal.

    Raises EngageError where it is none, or not whole.
    """
    found = read_file(file)
    if found is None:
        raise EngageError(f"There is nothing of engage at {file}; name a file or folder of it.")
    data, stamp = found
    try:
        if data.startswith(_GZIP):
            data = gzip.decompress(data)
        tables, schema, number = decode(data)
    except (OSError, EOFError, zlib.error) as cause:
        raise EngageError(f"{file} is cut short or garbled; name another copy.") from cause
    except DamagedError as cause:
        raise EngageError(f"{file} {cause}; name another copy.") from cause
    except ForeignError as cause:
        raise EngageError(f"{file} is no ledger or backup of engage; name one that is.") from cause
    if schema > migrations.schema():
        raise EngageError(f"{file} was written by a newer engage; update engage first.")
    return Snapshot(tables, schema, number, stamp, len(data))


def _ledger_in(folder: Path) -> Path:
    found = [file for depth in ("", "*/", "data/*/") for file in folder.glob(f"{depth}{LEDGER}")]
    if len(found) != 1:
        many = "several ledgers" if found else "no ledger"
        raise EngageError(f"{folder} holds {many}; name the file itself.")
    return found[0]


def _day_of(path: Path) -> date | None:
    name = _DAY.fullmatch(path.name)
    with contextlib.suppress(ValueError):
        return date.fromisoformat(name[1]) if name else None
    return None

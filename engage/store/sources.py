"""What there is to unite with: another machine's ledger, a backup, a synchroniser's conflict copy.

Nothing here writes, mends or waits: what is not whole is refused, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engage.errors import EngageError
from engage.store import migrations
from engage.store.backups import read_copy
from engage.store.files import Stamp, cannot_read, read_file, stamp_of
from engage.store.journal import Journal, decode_line
from engage.store.packed import Tables, apply
from engage.store.places import LEDGER

#: How file synchronisers call what they could not place: Syncthing; Dropbox and its like.
CONFLICTS = ("*sync-conflict-*", "*conflicted copy*")

_JOURNAL = re.compile(r"ledger\.\d+\b.*\.jsonl")


@dataclass(frozen=True, slots=True)
class Source:
    """Tables to unite with, and the file that they came out of. ``lost``: lines of its journal
    that cannot be read."""

    path: Path
    tables: Tables
    lost: int = 0


def read_source(path: Path) -> Source:
    """The tables of one file: a ledger with its journal, a backup, a conflict copy of either, or a
    journal alone. Raises EngageError where it is none, or not whole."""
    if _JOURNAL.fullmatch(path.name):
        return _journal_alone(path)
    copy = read_copy(path)
    if path.name == LEDGER:
        tail = Journal(path.parent, copy.number).tail(settled=False)
        if tail.lost:
            raise EngageError(
                f"The journal beside {path} has gaps: it is damaged, or not all of it is here yet; "
                "close engage there, or name a backup."
            )
        for changes in tail.changes:
            apply(changes, copy.tables)
        if stamp_of(path) != copy.stamp:
            raise EngageError(f"{path} is being written; do this again in a moment.")
    return Source(path, migrations.migrated(copy.tables, copy.schema))


def ledgers_in(folder: Path) -> list[Path]:
    """The ledgers in a machine's folder, a data folder or a home.

    Raises EngageError where there are none.
    """
    closed: list[OSError] = []
    found: list[Path] = []
    for folders in (_children(folder, closed), _children(folder / "data", closed)):
        for each in folders:
            try:
                (each / LEDGER).stat()
                found.append(each / LEDGER)
            except (FileNotFoundError, NotADirectoryError):
                continue
            except OSError as cause:
                closed.append(cause)
    if not found and closed:
        # What lies deepest says most, unless it is the folder itself.
        refused = next((each for each in closed if each.filename == str(folder)), closed[-1])
        raise cannot_read(Path(refused.filename or folder), refused)
    if not found:
        raise EngageError(
            f"{folder} holds no ledger of engage; name a home of engage, its data, or a file."
        )
    return found


def _children(folder: Path, closed: list[OSError]) -> Iterator[Path]:
    """A folder and those in it."""
    try:
        yield folder
        yield from sorted(each for each in folder.iterdir() if each.is_dir())
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as cause:
        closed.append(cause)


#: What tells one state of a folder's files from another.
Stamps = tuple[tuple[str, Stamp], ...]


def stamps_in(folder: Path) -> Stamps:
    """The stamps of a ledger's files in a folder, its conflict copies among them."""
    names = sorted(path.name for path in folder.glob("ledger*.json*"))
    stamps = ((name, stamp_of(folder / name)) for name in names)
    return tuple((name, stamp) for name, stamp in stamps if stamp is not None)


def conflicts_in(folder: Path) -> Iterator[Path]:
    """The conflict copies of a ledger's files in a folder."""
    for pattern in CONFLICTS:
        yield from sorted(path for path in folder.glob(pattern) if path.name.startswith("ledger"))


def _journal_alone(path: Path) -> Source:
    """Changes without what they were made upon: whole documents, each of which may be united."""
    found = read_file(path)
    if found is None:
        raise EngageError(f"There is nothing at {path}; name what another engage wrote.")
    tables: Tables = {}
    lost = 0
    for line in found[0].rstrip(b"\0").split(b"\n"):
        decoded = decode_line(line)
        if decoded is not None:
            apply(decoded[1], tables)
        else:
            lost += bool(line.strip(b"\0"))
    if not tables:
        raise EngageError(f"{path} holds no change that can be read; name another copy.")
    return Source(path, tables, lost)

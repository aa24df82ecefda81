"""The writer's changes as documents of the ledger: what undo takes back, across restarts."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter

import msgspec

from engage.domain.changes import By, Change, Put
from engage.domain.codec import moment_text
from engage.store.documents import scrubbed
from engage.store.packed import GONE, Packed, pack

#: How many of the writer's changes are kept.
KEPT = 300

#: The field that identifies an entry: a change's id may come again under a clock that stands still.
KEY = "uid"

#: Whose changes are kept.
_LOGGED = ("writer", "merge")


@dataclass(frozen=True, slots=True)
class Entry:
    """One of the writer's changes, as the log keeps it; its puts are read when they are asked for.

    ``number`` counts the entries.
    """

    uid: str
    number: int
    id: str
    label: str
    undoes: str | None
    at: str
    undone: bool
    puts: Packed
    by: By = "writer"

    @property
    def document(self) -> Packed:
        """What is kept of it in the ledger."""
        return Packed(msgspec.json.encode(self))

    def change(self) -> Change:
        """The change as it was made."""
        return Change(
            id=self.id,
            at=datetime.fromisoformat(self.at),
            label=self.label,
            puts=tuple(_read_puts(self.puts)),
            by=self.by,
            undoes=self.undoes,
        )


_read_puts = msgspec.json.Decoder(list[Put]).decode
_read_entry = msgspec.json.Decoder(Entry).decode

#: What becomes of entries, by their key.
Becomes = Sequence[tuple[str, Entry | None]]


def entry(change: Change, log: Sequence[Entry]) -> Entry:
    """The entry of a change upon a log, newest first.

    Raises EngageError for what JSON cannot hold.
    """
    number = log[0].number + 1 if log else 1
    puts = [
        {"table": put.table, "id": put.id, "before": put.before, "after": put.after}
        for put in change.puts
    ]
    return Entry(
        uid=f"{change.id}.{number}",
        number=number,
        id=change.id,
        label=scrubbed(change.label),
        undoes=change.undoes,
        at=moment_text(change.at),
        undone=False,
        puts=pack(puts, f"the change {change.label!r}"),
        by=change.by,
    )


def newest_first(documents: Iterable[Packed]) -> list[Entry]:
    """The log from its newest entry on; what is no entry is left out."""
    entries = []
    for document in documents:
        with contextlib.suppress(msgspec.DecodeError):
            entries.append(_read_entry(document))
    return sorted(entries, key=attrgetter("number"), reverse=True)


def undoable(log: Iterable[Entry]) -> tuple[Change, ...]:
    """The changes of a log that were not undone, in its order."""
    return tuple(logged.change() for logged in log if not logged.undone)


def is_done_already(change: Change, log: Sequence[Entry]) -> bool:
    """Whether a change was applied before, as repeating it after an error would.

    ``log`` newest first. A change that was undone since, or that has the same id but other
    documents (under a clock that stands still), is a new one.
    """
    if change.undoes is not None:
        undone = [logged.undone for logged in log if logged.id == change.undoes]
        return bool(undone) and all(undone)
    ids = [*map(attrgetter("id"), log)]
    if change.id not in ids:
        return False
    same = log[ids.index(change.id)]
    return not same.undone and _read_puts(same.puts) == _read_puts(entry(change, log).puts)


def after(change: Change, log: Sequence[Entry]) -> Becomes:
    """What becomes of the log, newest first, with a change; None: dropped.

    Only the writer's changes enter it. Raises EngageError for what JSON cannot hold.
    """
    becomes: list[tuple[str, Entry | None]] = []
    for logged in log if change.undoes is not None else ():
        if logged.id == change.undoes and not logged.undone:
            becomes.append((logged.uid, replace(logged, undone=True)))
            break
    if change.by in _LOGGED:
        becomes += [(logged.uid, None) for logged in log[KEPT - 1 :]]
        made = entry(change, log)
        becomes.append((made.uid, made))
    return becomes


def advanced(log: Sequence[Entry], becomes: Becomes) -> list[Entry]:
    """The log, newest first, once these entries have become so."""
    now = list(log)
    for key, entry in becomes:
        if entry is None:
            now.pop()  # only the oldest are dropped
        elif entry.undone:
            now = [entry if logged.uid == key else logged for logged in now]
        else:
            now.insert(0, entry)
    return now


def packed(becomes: Becomes) -> list[tuple[str, Packed]]:
    """The same as documents."""
    return [(key, GONE if entry is None else entry.document) for key, entry in becomes]

"""The writer's changes as documents of the ledger: what undo takes back, across restarts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from operator import itemgetter
from typing import Any

from engage.domain.changes import Change, Put
from engage.domain.codec import Doc, moment_text
from engage.store.documents import plain

#: How many of the writer's changes are kept.
KEPT = 300

#: The field that identifies an entry: a change's id may come again under a clock that stands still.
KEY = "uid"

_FIELDS = {KEY, "number", "id", "at", "label", "undoes", "undone", "puts"}


def entry(change: Change) -> Doc:
    """The log's document of a change, as it will be read back, without the number that it gets in
    the log. Raises EngageError for what JSON cannot hold."""
    made: Doc = plain(
        {"id": change.id, "label": change.label, "undoes": change.undoes},
        f"the change {change.label!r}",
    )
    return {
        **made,
        "at": moment_text(change.at),
        "undone": False,
        "puts": [
            plain(
                {"table": put.table, "id": put.id, "before": put.before, "after": put.after},
                f"{put.table}/{put.id}",
            )
            for put in change.puts
        ],
    }


def puts_of(entry: Mapping[str, Any]) -> tuple[Put, ...]:
    """The puts of an entry."""
    return tuple(Put(put["table"], put["id"], put["before"], put["after"]) for put in entry["puts"])


def newest_first(entries: Iterable[Doc]) -> list[Doc]:
    """The log from its newest entry on; what is no entry is left out."""
    whole = [entry for entry in entries if entry.keys() >= _FIELDS]
    return sorted(whole, key=itemgetter("number"), reverse=True)


def undoable(log: Iterable[Doc]) -> tuple[Change, ...]:
    """The changes of a log that were not undone, in its order."""
    return tuple(_change_of(logged) for logged in log if not logged["undone"])


def is_done_already(made: Doc, log: list[Doc]) -> bool:
    """Whether a change, as its entry, was applied before, as repeating it after an error would.

    ``log`` newest first. A change that was undone since, or that has the same id but other
    documents (under a clock that stands still), is a new one.
    """
    if made["undoes"] is not None:
        undone = [logged["undone"] for logged in log if logged["id"] == made["undoes"]]
        return bool(undone) and all(undone)
    same = next((logged for logged in log if logged["id"] == made["id"]), None)
    return same is not None and not same["undone"] and bool(same["puts"] == made["puts"])


def after(change: Change, made: Doc, log: list[Doc]) -> list[tuple[str, Doc | None]]:
    """What becomes of the log with a change and its entry, as keys and documents; None: dropped.

    ``log`` newest first. Only the writer's changes enter it.
    """
    becomes: list[tuple[str, Doc | None]] = []
    for logged in log if change.undoes is not None else ():
        if logged["id"] == change.undoes and not logged["undone"]:
            becomes.append((logged[KEY], {**logged, "undone": True}))
            break
    if change.by == "writer":
        becomes += [(logged[KEY], None) for logged in log[KEPT - 1 :]]
        number = log[0]["number"] + 1 if log else 1
        key = f"{change.id}.{number}"
        becomes.append((key, {KEY: key, "number": number, **made}))
    return becomes


def advanced(log: list[Doc], becomes: list[tuple[str, Doc | None]]) -> list[Doc]:
    """The log, newest first, once these entries have become so."""
    now = list(log)
    for key, entry in becomes:
        if entry is None:
            now.pop()  # only the oldest are dropped
        elif entry["undone"]:
            now = [entry if logged[KEY] == key else logged for logged in now]
        else:
            now.insert(0, entry)
    return now


def _change_of(entry: Mapping[str, Any]) -> Change:
    return Change(
        id=entry["id"],
        at=datetime.fromisoformat(entry["at"]),
        label=entry["label"],
        puts=puts_of(entry),
        by="writer",
        undoes=entry["undoes"],
    )

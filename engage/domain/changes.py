"""Every decision is data with an inverse.

A `Change` is a list of `Put`s, each the document of one record before and after. Applying one
changes only the fields that differ, so that two processes that change different fields of one
record do not undo each other's work; its inverse likewise.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from engage.domain.codec import Doc, from_doc, moment_text, to_doc
from engage.domain.parts import patched
from engage.domain.records import (
    Amendment,
    Decision,
    Feed,
    NewsItem,
    OwnPost,
    Person,
    Question,
    SentMention,
    Touch,
    WeekLine,
    WrittenDay,
)

#: Each table of the ledger and the record it holds.
TABLES: Mapping[str, type] = {
    "people": Person,
    "feeds": Feed,
    "news": NewsItem,
    "own_posts": OwnPost,
    "touches": Touch,
    "amendments": Amendment,
    "decisions": Decision,
    "written_days": WrittenDay,
    "week_lines": WeekLine,
    "questions": Question,
    "sent_mentions": SentMention,
}

#: ``merge``: the writer united two ledgers; ``sync``: engage did, or it was taken back.
By = Literal["writer", "refresh", "undo", "merge", "sync"]


@dataclass(frozen=True, slots=True)
class Put:
    """One record's document before and after; None: there was none, or there is none any more."""

    table: str
    id: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Change:
    """One step, wholly done or not at all.

    ``label`` names it to the writer ("done: Mara Quill, The kitchen table"). ``by``: only the
    writer's own changes and merges can be undone, by `domain.undoing`. ``undoes``: the id of the
    change that this one takes back.
    """

    id: str
    at: datetime
    label: str
    puts: tuple[Put, ...]
    by: By = "writer"
    undoes: str | None = None


def table_of(record: object) -> str:
    """The table that keeps records of this kind."""
    for table, kind in TABLES.items():
        if type(record) is kind:
            return table
    raise TypeError(f"no table keeps {type(record).__name__}")


def key_of(record: Any) -> str:
    """The natural key of a record within its table."""
    return str(record.uid if isinstance(record, NewsItem | OwnPost) else record.id)


def put(after: Any, before: Any | None = None) -> Put:
    """The put that brings a record in, or changes it from what it was."""
    return Put(
        table_of(after), key_of(after), None if before is None else to_doc(before), to_doc(after)
    )


def remove(before: Any) -> Put:
    """The put that takes a record out."""
    return Put(table_of(before), key_of(before), to_doc(before), None)


def change(
    label: str,
    puts: Iterable[Put],
    at: datetime,
    *,
    by: By = "writer",
    undoes: str | None = None,
    salt: str = "",
) -> Change:
    """A change whose id is a hash of its content, so that the same decision has the same id."""
    listed = tuple(puts)
    ids = "\n".join(f"{item.table}/{item.id}" for item in listed)
    digest = hashlib.blake2b(
        "\n".join((label, moment_text(at), undoes or "", salt, ids)).encode(), digest_size=12
    )
    return Change(digest.hexdigest(), at, label, listed, by, undoes)


def apply(put: Put, current: Mapping[str, Any] | None) -> Doc | None:
    """The document after a put, given the one there is now. None: no document any more."""
    if put.after is None:
        return None
    if current is None:
        return dict(put.after)
    before = put.before or {}
    changed = {
        key: patched(put.table, key, current.get(key), before.get(key), value)
        for key, value in put.after.items()
        if before.get(key, ...) != value
    }
    return {**current, **changed}


def record_of(table: str, doc: Mapping[str, Any]) -> Any:
    """The record that a table's document holds."""
    return from_doc(TABLES[table], doc)

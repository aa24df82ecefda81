"""The marks that a change leaves: when a field was decided, when a record was removed.

They go into the journal's line of the change itself. A decision about a task marks nothing: its
records are new, and their own moments are their stamps.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from engage.domain.changes import TABLES, Change
from engage.domain.codec import Doc
from engage.domain.stamps import (
    HIDDEN_DAYS,
    KEY,
    STAMPS,
    UNMARKED,
    marked,
    record_of,
    stamp_of,
    uid_of,
)
from engage.store.ledger_tables import KEYS, Changed, find, number_of
from engage.store.packed import GONE, Documents, Tables, pack, unpack

#: People first: what is removed with one of them is told from what is removed by itself.
_ORDER = dict.fromkeys(["people", *(table for table in TABLES if table not in UNMARKED)])

#: The marks that stay when what was removed is erased.
_PRESENCE = (KEY, "gone", "here", "with", "back", "into")

#: Tables whose records concern one person, and are erased with them.
_THEIRS = ("touches", "decisions", "news", "feeds")


def marks_of(change: Change, changed: Mapping[str, Changed], tables: Tables) -> dict[str, Changed]:
    """What becomes of the marks with a change and what it makes of the tables.

    What comes from another ledger brings its own marks.
    """
    if change.by in ("merge", "sync"):
        return {}
    stamp = stamp_of(change.at, change.by)
    marks: dict[str, Doc] = {}
    removed: dict[str, Doc] = {}
    united: list[Doc] = []
    for table in [table for table in _ORDER if table in changed]:
        documents = tables.get(table, Documents())
        for number, packed in changed[table].items():
            before = documents.get(number)
            if before is None and not tables.get(STAMPS):
                continue  # new, and nothing was ever removed
            after = None if packed is GONE else unpack(packed)
            key = str((after or before or {})[KEYS[table]])
            uid = uid_of(table, key)
            known = find(tables, STAMPS, uid)
            along = removed.get(str((before or {}).get("person")))
            gone = stamp if along is None else along["gone"]
            made = marked(table, key, before, after, known, gone, along=along is not None)
            if made is not None:
                marks[uid] = made
            if table == "people" and before is not None:
                if after is not None:
                    united.append(after)
                elif made is not None:
                    removed[key] = made
    for made in removed.values():
        made.pop("into", None)
        if (one := _whose_part(made["doc"], united)) is not None:
            made["into"] = one
    return {STAMPS: {number_of(tables, STAMPS, uid): pack(marks[uid], uid) for uid in marks}}


def erased(tables: Tables, now: datetime) -> dict[str, Changed]:
    """What becomes of the tables when that which was removed long ago is erased."""
    long_ago = stamp_of(now - timedelta(days=HIDDEN_DAYS))
    changed: dict[str, Changed] = {}
    people = set()
    for number, marks in tables.get(STAMPS, Documents()).items():
        if "doc" not in marks or max(marks.get("gone", ""), marks.get("with", "")) > long_ago:
            continue
        table, key = record_of(marks[KEY])
        kept = {name: marks[name] for name in _PRESENCE if name in marks}
        changed.setdefault(STAMPS, {})[number] = pack(kept, marks[KEY])
        if table == "people" and "into" not in marks:
            people.add(key)
    for table in _THEIRS if people else ():
        for number, document in tables.get(table, Documents()).items():
            if document.get("person") in people:
                changed.setdefault(table, {})[number] = GONE
    return changed


def _whose_part(goes: Doc, united: list[Doc]) -> str | None:
    """The id of the one whom somebody was made a part of in the same change."""
    keys = set(goes.get("keys", ()))
    for person in united:
        if keys and keys <= set(person.get("keys", ())):
            return str(person["id"])
    return None

"""When each field of a record was decided: what two machines that decided apart go by.

Most of what a ledger holds is said once, and its own moment is its stamp. Only a field that was
changed afterwards, a part that was taken out, and a record that was removed are *marked*, in one
document for the record, beside the tables of records::

    {"uid": "people/ab12", "at": {"friend": "2026-11-22T08:30:00.000000Z"}}

A stamp is a moment of a hybrid clock: later than every stamp of the same thing known before,
whatever the machine's clock says. It ends with Z where the writer decided and with R where a
refresh did; that of a part goes on with ``+000`` (put in, and in which place) or ``-``. Marks are

    at              the stamp of each field and part that was changed
    gone, here      when the record was removed, and when it came back
    with, back      the same of what went along with a person
    doc             the document of what is out of sight, see `HIDDEN_DAYS`
    base            when it was made anew on another machine
    into            whose part somebody has become
    about           whom a record was about before they became a part of somebody
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from engage.domain.changes import By
from engage.domain.codec import Doc, moment_text
from engage.domain.parts import HISTORIES, parts

#: The table of marks, and what identifies them: the table and the id of the record.
STAMPS = "stamps"
KEY = "uid"

#: Tables whose records nobody decides about: a feed says all of it again.
UNMARKED = frozenset({"news"})

#: Tables whose records are never changed in place, or only by what a feed says.
_FIXED = frozenset({"touches", "amendments", "own_posts"})

#: Tables in which what was made later holds where both sides made the record. In the others the
#: record is the same one, met by both: it is as old as the older one.
LATER_HOLDS = frozenset({"people", "feeds", "written_days", "week_lines", "sent_mentions"})

#: The field that says when a record came about.
BORN: Mapping[str, str] = {
    "people": "added",
    "feeds": "added",
    "news": "first_seen",
    "own_posts": "published",
    "touches": "recorded",
    "amendments": "at",
    "decisions": "at",
    "written_days": "at",
    "week_lines": "at",
    "questions": "asked",
    "sent_mentions": "at",
}

#: How long what was removed is kept out of sight, in days: for undo, and for a machine that did
#: not know of it and decided something since. After that it is erased.
HIDDEN_DAYS = 30


def uid_of(table: str, key: str) -> str:
    """What the marks of a record are found by."""
    return f"{table}/{key}"


def record_of(uid: str) -> tuple[str, str]:
    """The table and the id of the record that marks are about."""
    table, _, key = uid.partition("/")
    return table, key


def stamp_of(moment: datetime, by: By = "writer") -> str:
    """The stamp of what is decided, or brought by a refresh, at a moment."""
    return moment_text(moment)[:-1] + ("R" if by == "refresh" else "Z")


def moment_of(stamp: str) -> datetime:
    """The moment of a stamp."""
    return datetime.fromisoformat(stamp[:26] + "+00:00")


def after(stamp: str, earlier: str | None) -> str:
    """A stamp, or the first one after an earlier one that it would not follow."""
    if earlier is None or stamp[:26] > earlier[:26]:
        return stamp
    return stamp_of(moment_of(earlier) + timedelta(microseconds=1))[:26] + stamp[26:]


def marked(
    table: str,
    key: str,
    before: Mapping[str, Any] | None,
    now: Mapping[str, Any] | None,
    marks: Mapping[str, Any] | None,
    stamp: str,
    *,
    along: bool = False,
) -> Doc | None:
    """The marks of a record that becomes another one, comes back or is removed; None where there
    is nothing to mark. ``along``: it is removed along with the person whom it concerns."""
    if table in UNMARKED:
        return None
    known = dict(marks or {KEY: uid_of(table, key)})
    if now is None:
        if before is None:
            return None
        gone, here = ("with", "back") if along else ("gone", "here")
        return {**known, gone: after(stamp, known.get(here)), "doc": dict(before)}
    if before is None:
        if "gone" not in known and "with" not in known:
            return None
        before = known.pop("doc", now)
        for gone, here in (("gone", "here"), ("with", "back")):
            if gone in known:
                known[here] = after(stamp, known[gone])
    elif table in _FIXED:
        return None
    cells = dict(known.get("at", {}))
    cells.update(_changed(table, before, now, cells, stamp))
    if cells:
        known["at"] = cells
    return known if known != marks and known.keys() != {KEY} else None


def present_since(table: str, doc: Mapping[str, Any] | None, marks: Mapping[str, Any]) -> str:
    """The stamp of when a record came back, or was made anew, last; "" where nothing says so."""
    here = str(marks.get("here", ""))
    if table in LATER_HOLDS and "into" not in marks and doc is not None:
        return max(here, str(marks.get("base") or doc.get(BORN[table], "")))
    return here


def removed(table: str, doc: Mapping[str, Any] | None, marks: Mapping[str, Any]) -> str:
    """The stamp of a record's own removal, if nothing brought it back since; else ""."""
    gone = str(marks.get("gone", ""))
    return gone if gone and gone >= present_since(table, doc, marks) else ""


def gone_along(table: str, doc: Mapping[str, Any] | None, marks: Mapping[str, Any]) -> str:
    """The stamp of a record's going along with its person, if nothing brought it back; else ""."""
    gone = str(marks.get("with", ""))
    here = max(present_since(table, doc, marks), str(marks.get("back", "")))
    return gone if gone and gone >= here else ""


def _changed(
    table: str,
    before: Mapping[str, Any],
    now: Mapping[str, Any],
    cells: Mapping[str, str],
    stamp: str,
) -> Iterator[tuple[str, str]]:
    for field, value in now.items():
        was = before.get(field)
        if was == value:
            continue
        old, new = parts(table, field, was), parts(table, field, value)
        if old is None or new is None:
            yield field, after(stamp, cells.get(field))
            continue
        for name in old.keys() - new.keys():
            cell = f"{field}/{name}"
            yield cell, after(stamp, cells.get(cell)) + "-"
        added = [name for name in new if name not in old]
        for place, name in enumerate(added):
            cell = f"{field}/{name}"
            if field not in HISTORIES or cell in cells:
                yield cell, f"{after(stamp, cells.get(cell))}+{place:03}"

"""Taking a change back, and where that would destroy what was decided since."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from engage.domain.changes import By, Change, Put, change
from engage.domain.codec import Doc, moment_text, to_doc
from engage.domain.parts import parts, patched
from engage.domain.records import Amendment

#: The document of a table with an id as it is now, or None.
Current = Callable[[str, str], Mapping[str, Any] | None]

#: What a refresh keeps up by itself: nothing that the writer decided.
_REFRESHED: Mapping[str, frozenset[str]] = {
    "feeds": frozenset({"url", "title", "site", "author", "wanted"}),
    "week_lines": frozenset({"at"}),
}

#: What the writer says of a record that there is already, by its table.
_SAID: Mapping[str, tuple[str, ...]] = {
    "people": ("name", "circles", "cadences", "leaves", "friend", "next", "notes"),
    "feeds": ("paused",),
    "written_days": ("note",),
    "week_lines": ("text",),
}


def nothing(_table: str, _id: str) -> None:
    """Where nothing that was removed is known any more."""


def inverse(done: Change, current: Current, at: datetime, removed: Current = nothing) -> Change:
    """The change that takes another back, last put first.

    ``removed``: a removed record's document as it would be now: what another machine decided about
    it meanwhile comes back with it.

    A touch is never removed: an amendment voids it. A decision is marked as undone. What a merge
    brought is taken out again, as if it had not come: it is the other machine's, and stays there.
    """
    take_back = _unmerged if done.by == "merge" else _inverse_put
    puts = [item for each in reversed(done.puts) if (item := take_back(each, current, at, done))]
    puts = [_as_it_would_be(item, removed) for item in puts]
    by: By = "sync" if done.by == "merge" else "undo"
    return change(f"undo: {done.label}", puts, at, by=by, undoes=done.id)


def overtaken(done: Change, current: Current) -> Put | None:
    """The first of a change's puts on which something was decided since that taking it back would
    destroy: what the writer's own later changes leave behind once they are taken back is none."""
    for put in done.puts if done.by != "merge" else ():
        now = current(put.table, put.id)
        if now is None or put.after is None:
            continue
        fields = _SAID.get(put.table, ()) if put.before is None else tuple(put.after)
        for field in fields:
            if put.before is not None and put.before.get(field, ...) == put.after.get(field):
                continue
            if field not in _REFRESHED.get(put.table, ()) and _differs(put, field, now):
                return put
    return None


def _differs(put: Put, field: str, now: Mapping[str, Any]) -> bool:
    after = put.after or {}
    if now.get(field) == after.get(field):
        return False
    # Of what comes and goes by itself an undo takes out only what the change put in.
    return put.before is None or parts(put.table, field, now.get(field)) is None


def _inverse_put(put: Put, current: Current, at: datetime, done: Change) -> Put | None:
    now = current(put.table, put.id)
    if put.table == "touches" and put.before is None:
        amendment = Amendment(
            id=f"void-{done.id}-{put.id}", touch=put.id, at=at, fields={"void": True}
        )
        return Put("amendments", amendment.id, None, to_doc(amendment))
    if now is None:
        return None if put.before is None else Put(put.table, put.id, None, put.before)
    if put.table == "decisions" and put.before is None:
        return Put(put.table, put.id, now, {**now, "undone": moment_text(at)})
    if put.before is None:
        return Put(put.table, put.id, now, None)
    if put.after is None:
        return None if _same_record(put.before, now) else _with_removed(put, now)
    return Put(put.table, put.id, now, {**now, **_back(put, now)})


def _as_it_would_be(put: Put, removed: Current) -> Put:
    if put.before is not None or put.after is None:
        return put
    kept = removed(put.table, put.id)
    if kept is None or not _same_record(put.after, kept):
        return put
    return Put(put.table, put.id, None, {**put.after, **kept})


def _with_removed(put: Put, now: Mapping[str, Any]) -> Put:
    """A record made anew, with what the one removed before it had and it has not."""
    missing = {
        key: patched(put.table, key, now.get(key), None, value)
        for key, value in (put.before or {}).items()
        if not now.get(key) or parts(put.table, key, value) is not None
    }
    return Put(put.table, put.id, now, {**now, **missing})


def _same_record(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether a document is that of the very record, back with what another machine decided since,
    and not of one made anew under its id."""
    return bool(one.get("added", ...) == other.get("added"))


def _unmerged(put: Put, current: Current, _at: datetime, _done: Change) -> Put | None:
    now = current(put.table, put.id)
    if now is None:
        return None if put.before is None else Put(put.table, put.id, None, put.before)
    if put.before is None:
        return Put(put.table, put.id, now, None)
    if now == put.after:
        return Put(put.table, put.id, now, put.before)
    return Put(put.table, put.id, now, {**now, **_back(put, now)})


def _back(put: Put, now: Mapping[str, Any]) -> Doc:
    """The fields as they were before a put; what others made of them since stays."""
    before, after = put.before or {}, put.after or {}
    refreshed = _REFRESHED.get(put.table, ())
    return {
        key: patched(put.table, key, now.get(key), after.get(key), value)
        for key, value in before.items()
        if after.get(key, ...) != value
        and not (key in refreshed and key in after and now.get(key) != after[key])
    }
